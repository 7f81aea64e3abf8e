import type { AppEvent, AppStatus, EngineStatus } from '../../shared/contract/app.contract.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import { storePaths } from '../platform/paths.ts';
import { countRows, ENGINE_NOT_STARTED, NO_ROWS } from './app-state.ts';
import type { AppOptions } from './app.types.ts';
import { openServices, type Services } from './services.ts';
import { backupOpenStore, changePassphrase, moveKeyToKeychain, openStore, type OpenedStore, type UnlockSecret } from './store-access.ts';

export type AppController = ReturnType<typeof createAppController>;

type Phase =
  | { kind: 'starting' }
  | { kind: 'locked' }
  | { kind: 'ready'; store: OpenedStore; services: Services; recovery: AppStatus['recovery'] }
  | { kind: 'failed'; error: DeskmateError };

const NO_RECOVERY: AppStatus['recovery'] = { wasUnclean: false, unknownReplyCount: 0, interruptedJobCount: 0 };
/** Status is pushed at most this often while the engine reports progress. */
const TELL_EVERY_MS = 250;

/** Opens, locks and closes the store; everything else waits for it. */
export function createAppController(options: AppOptions, emit: (event: AppEvent) => void) {
  const paths = storePaths(options.storeDir);
  let phase: Phase = { kind: 'starting' };
  let engine: EngineStatus = ENGINE_NOT_STARTED;
  let tellTimer: NodeJS.Timeout | undefined;

  const status = (): AppStatus => ({
    state: phase.kind,
    problem: phase.kind === 'failed' ? phase.error.message : null,
    host: options.host,
    version: options.version,
    storeDir: paths.dir,
    keyProtection: phase.kind === 'ready' ? phase.store.protection() : phase.kind === 'locked' ? 'passphrase' : null,
    isKeychainAvailable: options.secretBox !== null,
    engine,
    counts: phase.kind === 'ready' ? countRows(phase.store.db) : NO_ROWS,
    recovery: phase.kind === 'ready' ? phase.recovery : NO_RECOVERY,
  });
  const tell = () => emit({ type: 'app.changed', status: status() });
  const tellSoon = () => {
    tellTimer ??= setTimeout(() => {
      tellTimer = undefined;
      tell();
    }, TELL_EVERY_MS);
  };
  const ready = (): Extract<Phase, { kind: 'ready' }> => {
    if (phase.kind === 'ready') return phase;
    if (phase.kind === 'failed') throw phase.error;
    throw new DeskmateError('locked', 'The store is locked. Unlock it first.', { retryable: true });
  };
  const begin = (store: OpenedStore) => {
    const onEngine = (next: EngineStatus) => {
      engine = next;
      tellSoon();
    };
    const services = openServices({ options, db: store.db, key: store.key, paths, emit, onEngine });
    phase = { kind: 'ready', store, services, recovery: store.recovery };
    tell();
  };
  const open = async (secret: UnlockSecret | null): Promise<AppStatus> => {
    const store = await openStore(options, paths, secret);
    if (store === 'locked') phase = { kind: 'locked' };
    else begin(store);
    return status();
  };
  const shut = async () => {
    if (phase.kind !== 'ready') return;
    const { store, services } = phase;
    phase = { kind: 'starting' };
    await services.close();
    store.close();
    engine = ENGINE_NOT_STARTED;
  };
  return {
    status,
    services: (): Services => ready().services,
    /** First opening, without asking anybody; a store behind a passphrase stays locked. */
    async start(): Promise<void> {
      try {
        await open(null);
      } catch (error) {
        options.log.error('store.open_failed', { message: messageOf(error) });
        phase = { kind: 'failed', error: error instanceof DeskmateError ? error : new DeskmateError('store_damaged', messageOf(error), { cause: error }) };
      }
      tell();
    },
    async unlock(secret: UnlockSecret): Promise<AppStatus> {
      if (phase.kind !== 'locked') throw new DeskmateError('conflict', 'The store is not locked.');
      return open(secret);
    },
    async setPassphrase(current: string | null, next: string): Promise<{ recoveryCode: string }> {
      ready();
      const { recoveryCode } = await changePassphrase(options, paths, { current, next });
      tell();
      return { recoveryCode };
    },
    async useKeychain(passphrase: string | null): Promise<AppStatus> {
      ready();
      await moveKeyToKeychain(options, paths, passphrase);
      tell();
      return status();
    },
    async lock(): Promise<AppStatus> {
      if (ready().store.protection() !== 'passphrase') throw new DeskmateError('conflict', 'Without a passphrase there is nothing to lock with. Set one first.');
      await shut();
      phase = { kind: 'locked' };
      tell();
      return status();
    },
    backup: (target: string | null) => backupOpenStore(paths, ready().store, target, options.clock.nowMs()),
    async close(): Promise<void> {
      clearTimeout(tellTimer);
      await shut();
    },
  };
}
