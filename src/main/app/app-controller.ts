import type { AppEvent, AppStatus, EngineStatus, KeyProtection } from '../../shared/contract/app.contract.ts';
import { canUndoRestore, type BackupResult } from '../db/backup.ts';
import { readProtection } from '../db/key-store.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import { storePaths, type StorePaths } from '../platform/paths.ts';
import { createRowCounts, ENGINE_NOT_STARTED, NO_ROWS } from './app-state.ts';
import type { AppOptions } from './app.types.ts';
import { assertCallAllowed } from './call-policy.ts';
import { repeatWhileBusy } from './repeat-while-busy.ts';
import { openServices, type Services } from './services.ts';
import { assertRestorable, previewRestore, putBackupInPlace, putFormerInPlace } from './store-swap.ts';
import { backupOpenStore, changePassphrase, moveKeyToKeychain, openStore, type OpenedStore, type UnlockSecret } from './store-access.ts';

type Ready = { kind: 'ready'; store: OpenedStore; services: Services; recovery: AppStatus['recovery']; counts: () => AppStatus['counts'] };
type Phase = { kind: 'starting' } | { kind: 'locked' } | Ready | { kind: 'failed'; error: DeskmateError };

/** `isRestored`: since this start, so that what was replaced can still be brought back. */
type Controlled = { options: AppOptions; paths: StorePaths; emit: (event: AppEvent) => void; phase: Phase; engine: EngineStatus; tellTimer: NodeJS.Timeout | undefined; isRestored: boolean };

export type AppController = ReturnType<typeof createAppController>;

const NO_RECOVERY: AppStatus['recovery'] = { wasUnclean: false, unknownReplyCount: 0, interruptedJobCount: 0 };
const TOLD_ALWAYS: ReadonlySet<AppEvent['type']> = new Set(['app.changed', 'session.changed', 'settings.changed']);
/** Status is pushed at most this often while the engine reports progress. */
const TELL_EVERY_MS = 250;

/** Opens, locks and closes the store; everything else waits for it. */
export function createAppController(options: AppOptions, emit: (event: AppEvent) => void) {
  const app: Controlled = { options, paths: storePaths(options.storeDir), emit, phase: { kind: 'starting' }, engine: ENGINE_NOT_STARTED, tellTimer: undefined, isRestored: false };
  const opening = repeatWhileBusy(() => tryOpening(app));
  return {
    status: () => statusOf(app),
    services: (): Services => readyOf(app).services,
    /** Nothing to ask while the store is not open: the call itself is then refused. @throws DeskmateError locked, forbidden */
    assertAllowed(name: string, input: unknown): void {
      if (app.phase.kind === 'ready') assertCallAllowed(name, input, app.phase.services);
    },
    /** Behind the lock a page hears nothing of customers; it reads everything again when it is opened. */
    mayTell: (event: AppEvent): boolean => TOLD_ALWAYS.has(event.type) || (app.phase.kind === 'ready' && app.phase.services.session.isOpen()),
    /** First opening, without asking anybody; a store behind a passphrase stays locked, one that another app has is opened when that lets go. */
    start: opening.begin,
    async unlock(secret: UnlockSecret): Promise<AppStatus> {
      if (app.phase.kind !== 'locked') throw new DeskmateError('conflict', 'The store is not locked.');
      return open(app, secret);
    },
    async setPassphrase(current: string | null, next: string): Promise<{ recoveryCode: string }> {
      readyOf(app);
      const { recoveryCode } = await changePassphrase(options, app.paths, { current, next });
      tell(app);
      return { recoveryCode };
    },
    async useKeychain(passphrase: string | null): Promise<AppStatus> {
      readyOf(app);
      await moveKeyToKeychain(options, app.paths, passphrase);
      return tell(app);
    },
    lock: () => lock(app),
    backup: (target: string | null): BackupResult => backupOpenStore(app.paths, readyOf(app).store, target, options.clock.nowMs()),
    restorePreview: (file: string, passphrase: string | null) => previewRestore(options, app.paths, readyOf(app).store.key, file, passphrase),
    canUndoRestore: (): boolean => app.isRestored && canUndoRestore(app.paths),
    /** @throws DeskmateError before anything is closed when the backup cannot be opened. */
    async restore(file: string, passphrase: string | null): Promise<void> {
      await assertRestorable(options, app.paths, readyOf(app).store.key, file, passphrase);
      await swapStore(app, passphrase, () => putBackupInPlace(options, app.paths, file, passphrase));
      app.isRestored = true;
      noteSwap(app, 'store.restored');
    },
    /** @throws DeskmateError not_found when nothing was restored since the start. */
    async undoRestore(passphrase: string | null): Promise<void> {
      if (!app.isRestored || !canUndoRestore(app.paths)) throw new DeskmateError('not_found', 'There is no replaced store to go back to.');
      await swapStore(app, passphrase, () => putFormerInPlace(options, app.paths));
      noteSwap(app, 'store.restore_undone');
    },
    async close(): Promise<void> {
      await opening.end();
      await shut(app);
      clearTimeout(app.tellTimer);
    },
  };
}

function statusOf({ options, paths, phase, engine }: Controlled): AppStatus {
  return {
    state: phase.kind,
    problem: phase.kind === 'failed' ? phase.error.message : null,
    ...(phase.kind === 'failed' ? { problemCode: phase.error.code } : {}),
    host: options.host,
    version: options.version,
    storeDir: paths.dir,
    keyProtection: protectionOf(paths, phase),
    isKeychainAvailable: options.secretBox !== null,
    engine,
    counts: phase.kind === 'ready' ? phase.counts() : NO_ROWS,
    recovery: phase.kind === 'ready' ? phase.recovery : NO_RECOVERY,
  };
}

function protectionOf(paths: StorePaths, phase: Phase): KeyProtection | null {
  return phase.kind === 'ready' || phase.kind === 'locked' ? (readProtection(paths.key)?.protection ?? null) : null;
}

function readyOf({ phase }: Controlled): Ready {
  if (phase.kind === 'ready') return phase;
  if (phase.kind === 'failed') throw phase.error;
  const sentence = phase.kind === 'locked' ? 'The store is locked. Unlock it first.' : 'The store is being opened. Try again in a moment.';
  throw new DeskmateError('locked', sentence, { retryable: true });
}

function tell(app: Controlled): AppStatus {
  const status = statusOf(app);
  app.emit({ type: 'app.changed', status });
  return status;
}

async function open(app: Controlled, secret: UnlockSecret | null): Promise<AppStatus> {
  const store = await openStore(app.options, app.paths, secret);
  if (store === 'locked') app.phase = { kind: 'locked' };
  else begin(app, store);
  return tell(app);
}

/** True when another process has the store and a desk waits for it; a command is told at once. */
async function tryOpening(app: Controlled): Promise<boolean> {
  const { problem } = statusOf(app);
  try {
    await open(app, null);
    return false;
  } catch (error) {
    const failure = error instanceof DeskmateError ? error : new DeskmateError('store_damaged', messageOf(error), { cause: error });
    app.phase = { kind: 'failed', error: failure };
    if (failure.message !== problem) {
      app.options.log.error('store.open_failed', { message: failure.message });
      tell(app);
    }
    return failure.code === 'store_busy' && app.options.host !== 'cli';
  }
}

function begin(app: Controlled, store: OpenedStore): void {
  const onEngine = (engine: EngineStatus) => {
    app.engine = engine;
    app.tellTimer ??= setTimeout(() => {
      app.tellTimer = undefined;
      tell(app);
    }, TELL_EVERY_MS);
  };
  const counts = createRowCounts(store.db, app.options.clock);
  const emit = (event: AppEvent) => {
    if (event.type === 'data.changed') counts.forget();
    app.emit(event);
  };
  const services = servicesOver({ ...app, emit }, store, onEngine);
  app.phase = { kind: 'ready', store, services, recovery: store.recovery, counts: counts.read };
}

/** A store that cannot be served is given back, or nobody could open it until this process ends. */
function servicesOver({ options, paths, emit }: Controlled, store: OpenedStore, onEngine: (status: EngineStatus) => void): Services {
  try {
    return openServices({ options, db: store.db, key: store.key, paths, emit, onEngine });
  } catch (error) {
    store.close();
    throw error;
  }
}

async function lock(app: Controlled): Promise<AppStatus> {
  if (readyOf(app).store.protection() !== 'passphrase') throw new DeskmateError('conflict', 'Without a passphrase there is nothing to lock with. Set one first.');
  await shut(app);
  app.phase = { kind: 'locked' };
  return tell(app);
}

/** Closes the store, puts another in its place and opens that; when it opens only by a passphrase nobody brought, the screen asks for it. */
async function swapStore(app: Controlled, passphrase: string | null, swap: () => Promise<void>): Promise<void> {
  readyOf(app);
  await shut(app);
  tell(app);
  try {
    await swap();
  } finally {
    await reopen(app, passphrase);
  }
}

async function reopen(app: Controlled, passphrase: string | null): Promise<void> {
  try {
    await open(app, passphrase === null ? null : { kind: 'passphrase', passphrase });
  } catch {
    await tryOpening(app);
  }
}

function noteSwap({ phase }: Controlled, action: 'store.restored' | 'store.restore_undone'): void {
  if (phase.kind === 'ready') phase.services.noteStore(action);
}

async function shut(app: Controlled): Promise<void> {
  if (app.phase.kind !== 'ready') return;
  const { store, services } = app.phase;
  app.phase = { kind: 'starting' };
  try {
    await services.close();
  } finally {
    store.close();
    app.engine = ENGINE_NOT_STARTED;
  }
}
