/** A two-way message pipe between processes; values are structured-cloned. */
export type Port = {
  postMessage(value: unknown): void;
  /** Returns the unsubscribe function. */
  onMessage(listener: (value: unknown) => void): () => void;
  onClose(listener: () => void): () => void;
  close(): void;
};

/** Which built entry a child process runs (`out/main/<entry>.js`). */
export type ProcessEntry = 'engine' | 'parser' | 'adapter' | 'measure';

export type ForkedProcess = {
  pid: number | undefined;
  port: Port;
  /** Called once with the exit code, or null when a signal ended it. */
  onExit(listener: (code: number | null) => void): () => void;
  kill(): void;
};

export type ForkOptions = { args?: readonly string[]; execArgv?: readonly string[]; env?: Readonly<Record<string, string>> };

/** What a host supplies: Electron forks utility processes, the loopback host forks Node. */
export type Fork = (entry: ProcessEntry, options?: ForkOptions) => ForkedProcess;
