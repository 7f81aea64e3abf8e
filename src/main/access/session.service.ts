import type { Entry, Rep, Session } from '../../shared/contract/access.contract.ts';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { WritableDb } from '../db/database.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { insertAudit } from './audit.repository.ts';
import { allowedActions } from './policy.ts';
import { tryPin, type PinOutcome } from './rep-pin.ts';
import { ensureDefaultRep, findRep, getRep, listReps } from './rep.repository.ts';

export type SessionDeps = {
  db: WritableDb;
  context: () => WriteContext;
  /** Whether the store opens by a passphrase, and whether this is it. */
  hasPassphrase: () => boolean;
  isPassphrase: (passphrase: string) => Promise<boolean>;
  /** 0: never locks by itself. */
  idleLockMinutes: () => number;
  onChanged: (session: Session) => void;
  /** True where nobody signs in: the command line acts as the store's first rep. */
  isUnattended: boolean;
};
export type SessionService = ReturnType<typeof createSession>;

type Desk = { state: Session['state']; repId: RepId; lastActiveMs: number };

const MINUTE_MS = 60_000;
/** How often idleness is looked at; the lock comes at most this late. */
const WATCH_EVERY_MS = 5000;

/** Who is at this desk. Held in memory: a restarted backend asks again where there is anything to ask. */
export function createSession(deps: SessionDeps) {
  const { db, context } = deps;
  const first = ensureDefaultRep(db, context());
  const desk: Desk = { state: 'open', repId: first.id, lastActiveMs: context().nowMs };
  if (!deps.isUnattended && asksWho(db)) desk.state = 'signed_out';
  const become = (state: Session['state']): Session => {
    desk.state = state;
    desk.lastActiveMs = context().nowMs;
    const session = viewOf(deps, desk);
    deps.onChanged(session);
    return session;
  };
  let onEntered = (): void => {};
  const audit = (repId: RepId, action: string): void => noteSession(deps, repId, action);
  const lock = (): Session => {
    if (desk.state !== 'open') return viewOf(deps, desk);
    audit(desk.repId, 'session.locked');
    return become('locked');
  };
  const entered = (repId: RepId, action: string): Entry => {
    desk.repId = repId;
    audit(repId, action);
    const session = become('open');
    onEntered();
    return { outcome: 'open', retryAt: null, session };
  };
  const stopWatching = watchIdle(deps, desk, lock);
  return {
    /** The rep who acts. While nobody is at the desk: the last one, whom background work is put down to. */
    repId: (): RepId => desk.repId,
    isOpen: (): boolean => desk.state === 'open',
    view: (): Session => viewOf(deps, desk),
    /** Tells the page what has changed in the profiles. */
    refresh: (): void => deps.onChanged(viewOf(deps, desk)),
    ...doorsOf(deps, desk, entered),
    signOut(): Session {
      if (desk.state === 'signed_out') return viewOf(deps, desk);
      audit(desk.repId, 'session.signed_out');
      return become('signed_out');
    },
    lock,
    /** One listener, called after a rep came to the desk or back to it. */
    whenEntered(listener: () => void): void {
      onEntered = listener;
    },
    /** Puts idleness off. */
    active(): void {
      if (desk.state === 'open') desk.lastActiveMs = context().nowMs;
    },
    stop: stopWatching,
  };
}

/** The two ways in. `entered` is what follows the right PIN. */
function doorsOf(deps: SessionDeps, desk: Desk, entered: (repId: RepId, action: string) => Entry) {
  const { db, context } = deps;
  return {
    async signIn(repId: RepId, pin: string | null): Promise<Entry> {
      if (desk.state !== 'signed_out') throw new DeskmateError('conflict', 'Somebody is signed in. Sign out first.');
      const rep = getRep(db, repId);
      if (!rep.isActive) throw new DeskmateError('forbidden', 'This rep is not active any more.');
      const tried = await tryPinOf(db, rep, pin, context().nowMs);
      // somebody may have signed in from another page while the PIN was being tried
      if (desk.state !== 'signed_out') throw new DeskmateError('conflict', 'Somebody is signed in. Sign out first.');
      return tried.outcome === 'right' ? entered(repId, 'session.signed_in') : refusal(deps, desk, repId, tried);
    },
    /** By the rep's PIN or the store's passphrase; by nothing when there is neither. */
    async unlock(secret: { pin: string | null; passphrase: string | null }): Promise<Entry> {
      if (desk.state !== 'locked') throw new DeskmateError('conflict', 'The screen is not locked.');
      const rep = getRep(db, desk.repId);
      const tried = await tryUnlock(deps, rep, secret);
      // another page may have signed out meanwhile
      if (desk.state !== 'locked' || desk.repId !== rep.id) throw new DeskmateError('conflict', 'The screen is not locked any more.');
      return tried.outcome === 'right' ? entered(rep.id, 'session.unlocked') : refusal(deps, desk, rep.id, tried);
    },
  };
}

function noteSession({ db, context }: SessionDeps, repId: RepId, action: string): void {
  insertAudit(db, context(), { repId, action, entity: 'rep', entityId: repId });
}

function refusal(deps: SessionDeps, desk: Desk, repId: RepId, { outcome, retryAt }: PinOutcome): Entry {
  if (outcome === 'wrong') noteSession(deps, repId, 'session.refused');
  return { outcome: outcome === 'wait' ? 'wait' : 'wrong', retryAt, session: viewOf(deps, desk) };
}

function watchIdle(deps: SessionDeps, desk: Desk, lock: () => void): () => void {
  const watch = setInterval(() => {
    if (isIdle(deps, desk)) lock();
  }, WATCH_EVERY_MS);
  watch.unref();
  return () => clearInterval(watch);
}

/** One rep without a PIN is simply there. */
function asksWho(db: WritableDb): boolean {
  const active = listReps(db).filter((rep) => rep.isActive);
  return active.length > 1 || active.some((rep) => rep.hasPin);
}

function isIdle(deps: SessionDeps, desk: Desk): boolean {
  const minutes = deps.idleLockMinutes();
  return !deps.isUnattended && minutes > 0 && desk.state === 'open' && deps.context().nowMs - desk.lastActiveMs >= minutes * MINUTE_MS;
}

function viewOf(deps: SessionDeps, desk: Desk): Session {
  const rep = desk.state === 'signed_out' ? null : (findRep(deps.db, desk.repId) ?? null);
  return {
    state: desk.state, rep, reps: listReps(deps.db).filter((one) => one.isActive),
    allowed: rep === null || desk.state !== 'open' ? [] : allowedActions(rep.role), canUsePassphrase: deps.hasPassphrase(),
  };
}

async function tryPinOf(db: WritableDb, rep: Rep, pin: string | null, nowMs: number): Promise<PinOutcome> {
  return rep.hasPin ? await tryPin(db, rep.id, pin ?? '', nowMs) : { outcome: 'right', retryAt: null };
}

async function tryUnlock(deps: SessionDeps, rep: Rep, { pin, passphrase }: { pin: string | null; passphrase: string | null }): Promise<PinOutcome> {
  if (passphrase !== null && deps.hasPassphrase()) return { outcome: (await deps.isPassphrase(passphrase)) ? 'right' : 'wrong', retryAt: null };
  if (!rep.hasPin && deps.hasPassphrase()) return { outcome: 'wrong', retryAt: null };
  return tryPinOf(deps.db, rep, pin, deps.context().nowMs);
}
