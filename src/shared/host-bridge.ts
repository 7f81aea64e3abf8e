import type { DesktopCallName } from './desktop-bridge.ts';

/** What the Electron preload gives the page; the loopback host has none of it. */
export type HostBridge = {
  /** Resolves when the backend can take a page, then a `HostMessage` with kind `deskmate.port` arrives on the window with the port. */
  connect(): Promise<void>;
  /** The system's own file dialog; full paths, none when the rep cancels. */
  pickFiles(): Promise<string[]>;
  /** One call of `desktop-bridge.ts`; both ends parse what they get. */
  desktop(call: DesktopCallName, input: unknown): Promise<unknown>;
  /** The full path of a file the rep dropped on the page. */
  pathForFile(file: File): string;
};

/** Posted to the page's own window by the preload. */
export type HostMessage = { kind: 'deskmate.port' } | { kind: 'deskmate.lost' } | { kind: 'deskmate.desktop'; /** Parsed by the page as a `DesktopEvent`. */ event: unknown };

/** The first message on a page's port; frames follow. */
export type BackendHello = { kind: 'deskmate.hello' };
