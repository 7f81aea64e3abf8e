import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Fork } from '../platform/port.ts';
import type { SecretBox } from '../platform/secret-box.ts';

export type HostKind = 'electron' | 'loopback' | 'cli';

/** Everything `createApp` takes from outside; it opens no window and no port. */
export type AppOptions = {
  host: HostKind;
  version: string;
  storeDir: string;
  /** Folder that holds `deskmate-embed-2/`, and the models of earlier versions. */
  modelsDir: string;
  /** Folder that holds `risk-examples/` and other shipped data. */
  resourcesDir: string;
  fork: Fork;
  /** Folder the parser may read its own code from; null where it runs without Node's permission model (Electron). */
  parserCodeDir: string | null;
  secretBox: SecretBox | null;
  clock: Clock;
  log: Log;
  /** Command line only: where the key or passphrase comes from when the store needs one. */
  keyFile?: string;
  passphrase?: string;
  /** For tests: how many steps the shop's words are learned in. */
  adaptSteps?: number;
};
