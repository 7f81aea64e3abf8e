/** What the Electron preload gives the page; the loopback host has none of it. */
export type HostBridge = {
  /** Resolves when the backend can take a page, then a `HostMessage` with kind `deskmate.port` arrives on the window with the port. */
  connect(): Promise<void>;
  /** The system's own file dialog; full paths, none when the rep cancels. */
  pickFiles(): Promise<string[]>;
  /** The full path of a file the rep dropped on the page. */
  pathForFile(file: File): string;
};

/** Posted to the page's own window by the preload. */
export type HostMessage = { kind: 'deskmate.port' } | { kind: 'deskmate.lost' };

/** The first message on a page's port; frames follow. */
export type BackendHello = { kind: 'deskmate.hello' };
