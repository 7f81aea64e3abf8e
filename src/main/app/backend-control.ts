import type { HostKind } from './app.types.ts';
import type { ForkOptions, ProcessEntry } from '../platform/port.ts';

/** What a host tells a fresh backend; everything in it can be structured-cloned. */
export type BackendStart = {
  host: Exclude<HostKind, 'cli'>;
  version: string;
  storeDir: string;
  modelsDir: string;
  resourcesDir: string;
  /** Folder of the built entries (`engine.js`, `parser.js`). */
  outDir: string;
  hasSecretBox: boolean;
  /** True in Electron: only its main process can fork utility processes. */
  forksInHost: boolean;
};

/** Text, or bytes when an oRPC body is binary. */
export type PageFrame = string | Uint8Array;

/** Host → backend. Where Electron hands a port over, `page.open` and `fork.joined` carry it and frames never pass the host. */
export type HostFrame =
  | { kind: 'start'; start: BackendStart }
  | { kind: 'stop' }
  | { kind: 'page.open'; pageId: number }
  | { kind: 'page.frame'; pageId: number; frame: PageFrame }
  | { kind: 'page.close'; pageId: number }
  | { kind: 'fork.joined'; forkId: number }
  | { kind: 'fork.exited'; forkId: number; code: number | null };

/** Backend → host. */
export type BackendFrame =
  | { kind: 'ready' }
  | { kind: 'page.frame'; pageId: number; frame: PageFrame }
  | { kind: 'page.close'; pageId: number }
  | { kind: 'fork'; forkId: number; entry: ProcessEntry; options: ForkOptions }
  | { kind: 'fork.kill'; forkId: number };

/** Calls the backend makes to its host, as `port-call.ts` frames on the same port. */
export type HostCalls = {
  encryptSecret: (plain: Uint8Array) => Promise<Uint8Array>;
  decryptSecret: (sealed: Uint8Array) => Promise<Uint8Array>;
};
