import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RepChange, Session } from '../../shared/contract/access.contract.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { listAudit } from './audit.repository.ts';
import { hashPin, setPinHash } from './rep-pin.ts';
import { ensureDefaultRep, insertRep, type Rep } from './rep.repository.ts';
import { createSession, type SessionDeps } from './session.service.ts';

const PIN_COST = 16;
const REP: Omit<RepChange, 'id'> = { name: '小周', role: 'rep', certificateLevel: 'junior', colour: 'plum', initials: '周', isActive: true };

async function openDesk(options: { pin?: string; second?: { pin?: string }; passphrase?: string; idleMinutes?: number; isUnattended?: boolean } = {}) {
  const store = openTestStore();
  const time = { nowMs: store.ctx.nowMs };
  const context = () => ({ ...store.ctx, nowMs: time.nowMs });
  const lead = ensureDefaultRep(store.db, context(), '林主管');
  if (options.pin !== undefined) setPinHash(store.db, lead.id, await hashPin(options.pin, PIN_COST));
  const second: Rep | undefined = options.second && insertRep(store.db, { ...context(), nowMs: time.nowMs + 1 }, REP);
  if (second !== undefined && options.second?.pin !== undefined) setPinHash(store.db, second.id, await hashPin(options.second.pin, PIN_COST));
  const told: Session['state'][] = [];
  const deps: SessionDeps = {
    db: store.db, context, isUnattended: options.isUnattended ?? false,
    hasPassphrase: () => options.passphrase !== undefined, isPassphrase: async (given) => given === options.passphrase,
    idleLockMinutes: () => options.idleMinutes ?? 0, onChanged: (session) => told.push(session.state),
  };
  const session = createSession(deps);
  onTestFinished(session.stop);
  const actions = () => listAudit(store.db).toReversed().map(({ action, repId }) => [action, repId === lead.id ? 'lead' : repId === second?.id ? 'second' : repId]);
  return { session, lead, second, told, time, store, actions };
}

describe('sign-in', () => {
  test('one rep without a PIN is there without being asked', async () => {
    const { session, lead } = await openDesk();
    expect(session.view()).toEqual({ state: 'open', rep: lead, reps: [lead], allowed: expect.arrayContaining(['reps.manage']) as string[], canUsePassphrase: false });
  });

  test('a PIN or a second rep asks who is there; the rep who signs in is the one who acts', async () => {
    expect((await openDesk({ pin: '2468' })).session.view().state).toBe('signed_out');
    const { session, second, told, actions } = await openDesk({ second: { pin: '1357' } });
    expect([session.view().state, session.view().rep, session.view().allowed]).toEqual(['signed_out', null, []]);
    expect(await session.signIn(second!.id, '0000')).toMatchObject({ outcome: 'wrong', session: { state: 'signed_out' } });
    const entry = await session.signIn(second!.id, '1357');
    expect([entry.outcome, entry.session.rep?.name, entry.session.allowed, session.repId()]).toEqual(['open', '小周', [], second!.id]);
    await expect(session.signIn(second!.id, '1357')).rejects.toMatchObject({ code: 'conflict' });
    session.signOut();
    // two pages at once: the first right PIN is who is at the desk
    const both = await Promise.allSettled([session.signIn(second!.id, '1357'), session.signIn(second!.id, '1357')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    session.signOut();
    expect([session.repId(), session.isOpen(), told]).toEqual([second!.id, false, ['open', 'signed_out', 'open', 'signed_out']]);
    expect(actions().slice(0, 3)).toEqual([['session.refused', 'second'], ['session.signed_in', 'second'], ['session.signed_out', 'second']]);
  });

  test('an inactive rep stays out, and the command line is never asked', async () => {
    const { session, second, store } = await openDesk({ second: {} });
    store.db.prepare('UPDATE reps SET is_active = 0 WHERE id = ?').run(second!.id);
    await expect(session.signIn(second!.id, null)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await openDesk({ pin: '2468', isUnattended: true })).session.isOpen()).toBe(true);
  });
});

describe('the lock', () => {
  test('opens by the PIN, not by a wrong one', async () => {
    const { session, lead, actions } = await openDesk({ pin: '2468' });
    await session.signIn(lead.id, '2468');
    expect([session.lock().state, session.view().rep?.id, session.view().allowed]).toEqual(['locked', lead.id, []]);
    expect((await session.unlock({ pin: null, passphrase: null })).outcome).toBe('wrong');
    expect((await session.unlock({ pin: '1111', passphrase: null })).outcome).toBe('wrong');
    expect((await session.unlock({ pin: '2468', passphrase: null })).outcome).toBe('open');
    await expect(session.unlock({ pin: '2468', passphrase: null })).rejects.toMatchObject({ code: 'conflict' });
    expect(actions().map(([action]) => action)).toEqual(['session.signed_in', 'session.locked', 'session.refused', 'session.refused', 'session.unlocked']);
  });

  test('opens by the store\'s passphrase; without PIN and passphrase it only covers the screen', async () => {
    const guarded = (await openDesk({ passphrase: 'correct horse' })).session;
    guarded.lock();
    expect((await guarded.unlock({ pin: null, passphrase: null })).outcome).toBe('wrong');
    expect((await guarded.unlock({ pin: null, passphrase: 'nonsense' })).outcome).toBe('wrong');
    expect((await guarded.unlock({ pin: null, passphrase: 'correct horse' })).outcome).toBe('open');
    const bare = (await openDesk()).session;
    bare.lock();
    expect((await bare.unlock({ pin: null, passphrase: null })).outcome).toBe('open');
  });

  test('comes by itself after the idle time and is put off by activity', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { session, time, told } = await openDesk({ idleMinutes: 5 });
    const pass = (minutes: number) => {
      time.nowMs += minutes * 60_000;
      vi.advanceTimersByTime(5000);
    };
    pass(4);
    session.active();
    pass(4);
    expect(session.isOpen()).toBe(true);
    pass(1);
    expect([session.view().state, told]).toEqual(['locked', ['locked']]);
    session.active();
    expect(session.view().state).toBe('locked');
  });
});
