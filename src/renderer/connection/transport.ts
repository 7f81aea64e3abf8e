import type { ClientContext, ClientLink } from '@orpc/client';

/** One live line to the backend. */
export type Line = {
  link: ClientLink<ClientContext>;
  /** Called once, when the line is lost or closed. */
  onClose(listener: () => void): void;
  close(): void;
};

/** What differs between the two hosts, seen from the page. */
export type Transport = {
  /** Rejects when no line could be had; the connection then tries again. */
  open(): Promise<Line>;
  /** Shows a file dialog; paths the backend can read, none when the rep cancels. */
  chooseFiles(): Promise<string[]>;
  /** A path the backend can read for a file the rep dropped on the page. */
  pathOf(file: File): Promise<string>;
  /** Gives back a path that is no longer needed; a file of the rep's own is never touched. */
  release(path: string): Promise<void>;
};
