import type { Rep, RepChange } from '../../shared/contract/access.contract.ts';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { WritableDb } from '../db/database.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { insertAudit } from './audit.repository.ts';
import { assertAllowed } from './policy.ts';
import { hashPin, PIN_COST, setPinHash, tryPin } from './rep-pin.ts';
import { getRep, insertRep, listReps, updateRep, updateRepName } from './rep.repository.ts';

export type RepService = ReturnType<typeof createRepService>;
export type RepDeps = { db: WritableDb; context: () => WriteContext; repId: () => RepId; onChanged: () => void; pinCost?: number };
type PinChange = { repId: RepId; currentPin: string | null; pin: string | null };

/** The profiles of the shop's reps. Who may change them is asked at the door and, for PINs, here. */
export function createRepService(deps: RepDeps) {
  const { db, context, repId, onChanged } = deps;
  return {
    list: (): Rep[] => listReps(db),
    /** Adds or changes a rep. @throws DeskmateError not_found; conflict for a second rep of that name, or when nobody could manage reps any more. */
    save(change: RepChange): Rep {
      const saved = db.transaction(() => saveRep(db, context(), repId(), change))();
      onChanged();
      return saved;
    },
    /** Removes a forgotten PIN without asking: for the command line, whose caller brought the store's key. */
    resetPin(id: RepId): void {
      db.transaction(() => {
        setPinHash(db, getRep(db, id).id, null);
        insertAudit(db, context(), { repId: repId(), action: 'rep.pin_removed', entity: 'rep', entityId: id });
      })();
    },
    /** The acting rep's own name. */
    rename(name: string): void {
      db.transaction(() => {
        const before = getRep(db, repId());
        if (before.name === name) return;
        updateRepName(db, before.id, name);
        insertAudit(db, context(), { repId: before.id, action: 'rep.renamed', entity: 'rep', entityId: before.id, before: { name: before.name }, after: { name } });
      })();
      onChanged();
    },
    /** @throws DeskmateError not_found, or forbidden for another rep's PIN without the right to manage reps. */
    async setPin(change: PinChange): Promise<{ outcome: 'done' | 'wrong' | 'wait'; retryAt: number | null }> {
      const rep = getRep(db, change.repId);
      const acting = getRep(db, repId());
      if (rep.id !== acting.id) assertAllowed(acting.role, 'reps.manage');
      else if (rep.hasPin) {
        const tried = await tryPin(db, rep.id, change.currentPin ?? '', context().nowMs);
        if (tried.outcome !== 'right') return { outcome: tried.outcome, retryAt: tried.retryAt };
      }
      const hash = change.pin === null ? null : await hashPin(change.pin, deps.pinCost ?? PIN_COST);
      db.transaction(() => {
        setPinHash(db, rep.id, hash);
        insertAudit(db, context(), { repId: acting.id, action: hash === null ? 'rep.pin_removed' : 'rep.pin_set', entity: 'rep', entityId: rep.id });
      })();
      onChanged();
      return { outcome: 'done', retryAt: null };
    },
  };
}

function saveRep(db: WritableDb, ctx: WriteContext, actingId: RepId, { id, ...fields }: RepChange): Rep {
  const others = listReps(db).filter((rep) => rep.id !== id);
  if (others.some(({ name }) => name === fields.name)) throw new DeskmateError('conflict', `There is a rep named ${fields.name} already.`);
  const before = id === undefined ? undefined : getRep(db, id);
  if (id === actingId && !fields.isActive) throw new DeskmateError('conflict', 'Nobody can make themselves inactive.');
  if (![...others, { ...fields }].some((rep) => rep.isActive && rep.role === 'admin')) throw new DeskmateError('conflict', 'One active admin must stay, or nobody could manage reps any more.');
  const after = id === undefined ? insertRep(db, ctx, fields) : updateRep(db, id, fields);
  insertAudit(db, ctx, { repId: actingId, action: before === undefined ? 'rep.added' : 'rep.changed', entity: 'rep', entityId: after.id, ...(before === undefined ? {} : { before: profileOf(before) }), after: profileOf(after) });
  return after;
}

function profileOf({ name, role, certificateLevel, isActive }: Rep): Record<string, unknown> {
  return { name, role, certificateLevel, isActive };
}
