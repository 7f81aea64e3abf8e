import { ORPCError } from '@orpc/server';
import { POLICY, guardedActionSchema, repSchema, type AuditLine, type Entry, type Rep, type Session } from '../../shared/contract/access.contract.ts';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { FirstRun } from '../../shared/contract/first-run.contract.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

/** Reps of the fake backend and who of them is at the desk. Every PIN is `2468`, the passphrase `correct horse`. */
export type FakeAccess = { state: Session['state']; repId: string; reps: Rep[]; canUsePassphrase: boolean; retryAt: number | null; audit: AuditLine[]; firstRun: FirstRun };

const PIN = '2468';

export function sampleRep(number: number, change: Partial<Rep> = {}): Rep {
  return repSchema.parse({ id: sampleId('W', number), name: ['小同', '小周', 'Amy Chen'][number] ?? `客服 ${number}`, role: number === 0 ? 'admin' : 'rep', certificateLevel: number === 0 ? 'senior' : 'junior', colour: (['teal', 'plum', 'blue'] as const)[number % 3], initials: '', isActive: true, hasPin: false, createdAt: SAMPLE_NOW - 1000 + number, ...change });
}

export function createFakeAccess(change: Partial<FakeAccess> = {}): FakeAccess {
  const rep = sampleRep(0);
  const audit = (['session.signed_in', 'reply.queued', 'rep.added', 'customer.erase', 'some.new_action'] as const).map((action, index) => ({ seq: 5 - index, at: SAMPLE_NOW - index * 3_600_000, repId: rep.id, repName: rep.name, action, entity: action.split('.')[0] ?? '', entityId: sampleId('E', index) }));
  return { state: 'open', repId: rep.id, reps: [rep], canUsePassphrase: false, retryAt: null, audit, firstRun: { isDue: false, step: 'done', start: null }, ...change };
}

export function fakeSession(access: FakeAccess): Session {
  const rep = access.state === 'signed_out' ? null : (access.reps.find(({ id }) => id === access.repId) ?? null);
  return { state: access.state, rep, reps: access.reps.filter(({ isActive }) => isActive), allowed: rep === null || access.state !== 'open' ? [] : guardedActionSchema.options.filter((action) => POLICY[action].includes(rep.role)), canUsePassphrase: access.canUsePassphrase };
}

/** `session`, `rep`, `audit` and `firstRun` of the contract, over reps in memory. */
export function fakeAccessHandlers(os: FakeOs, access: FakeAccess, emit: (event: AppEvent) => void) {
  const become = (change: Partial<FakeAccess>): Session => {
    Object.assign(access, change);
    const session = fakeSession(access);
    emit({ type: 'session.changed', session });
    return session;
  };
  const entry = (isRight: boolean, change: Partial<FakeAccess>): Entry => {
    if (access.retryAt !== null) return { outcome: 'wait', retryAt: access.retryAt, session: fakeSession(access) };
    return isRight ? { outcome: 'open', retryAt: null, session: become({ ...change, state: 'open' }) } : { outcome: 'wrong', retryAt: null, session: fakeSession(access) };
  };
  const repOf = (id: string): Rep => {
    const rep = access.reps.find((one) => one.id === id);
    if (rep === undefined) throw new ORPCError('not_found', { message: 'There is no such rep.' });
    return rep;
  };
  const replace = (rep: Rep): Rep => {
    become({ reps: access.reps.some(({ id }) => id === rep.id) ? access.reps.map((one) => (one.id === rep.id ? rep : one)) : [...access.reps, rep] });
    return rep;
  };
  const isRightSecret = (rep: Rep, pin: string | null, passphrase: string | null): boolean => {
    if (passphrase !== null) return access.canUsePassphrase && passphrase === 'correct horse';
    return rep.hasPin ? pin === PIN : !access.canUsePassphrase;
  };
  return {
    session: {
      get: os.session.get.handler(() => fakeSession(access)),
      signIn: os.session.signIn.handler(({ input }) => entry(!repOf(input.repId).hasPin || input.pin === PIN, { repId: input.repId })),
      signOut: os.session.signOut.handler(() => become({ state: 'signed_out' })),
      lock: os.session.lock.handler(() => become({ state: 'locked' })),
      unlock: os.session.unlock.handler(({ input }) => entry(isRightSecret(repOf(access.repId), input.pin, input.passphrase), {})),
      active: os.session.active.handler(() => ({})),
    },
    rep: {
      list: os.rep.list.handler(() => access.reps),
      save: os.rep.save.handler(({ input: { id, ...fields } }) => {
        if (access.reps.some((rep) => rep.id !== id && rep.name === fields.name)) throw new ORPCError('conflict', { message: `There is a rep named ${fields.name} already.` });
        return replace({ ...(id === undefined ? sampleRep(access.reps.length) : repOf(id)), ...fields });
      }),
      setPin: os.rep.setPin.handler(({ input }) => {
        const rep = repOf(input.repId);
        if (rep.id === access.repId && rep.hasPin && input.currentPin !== PIN) return { outcome: 'wrong' as const, retryAt: null };
        replace({ ...rep, hasPin: input.pin !== null });
        return { outcome: 'done' as const, retryAt: null };
      }),
    },
    ...noteHandlers(os, access),
  };
}

function noteHandlers(os: FakeOs, access: FakeAccess) {
  return {
    audit: {
      list: os.audit.list.handler(({ input }) => {
        const lines = access.audit.filter((line) => (input.repId === undefined || line.repId === input.repId) && (input.action === undefined || line.action === input.action) && line.at >= (input.fromAt ?? 0) && line.at < (input.toAt ?? Infinity) && line.seq < (input.before ?? Infinity));
        return { lines: lines.slice(0, input.limit), hasMore: lines.length > input.limit };
      }),
      actions: os.audit.actions.handler(() => [...new Set(access.audit.map(({ action }) => action))].toSorted()),
      exportCsv: os.audit.exportCsv.handler(() => ({ fileName: 'audit.csv', text: 'time_utc\r\n', lineCount: access.audit.length })),
    },
    firstRun: {
      get: os.firstRun.get.handler(() => access.firstRun),
      save: os.firstRun.save.handler(({ input }) => (access.firstRun = { isDue: true, ...input })),
      finish: os.firstRun.finish.handler(() => (access.firstRun = { isDue: false, step: 'done', start: null })),
    },
  };
}
