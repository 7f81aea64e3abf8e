import { describe, expect, test } from 'vitest';
import type { RepChange } from '../../shared/contract/access.contract.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { listAudit } from './audit.repository.ts';
import { createRepService } from './rep.service.ts';
import { ensureDefaultRep } from './rep.repository.ts';

const ZHOU: RepChange = { name: '小周', role: 'rep', certificateLevel: 'trainee', colour: 'plum', initials: '', isActive: true };

function openReps() {
  const { db, ctx } = openTestStore();
  const admin = ensureDefaultRep(db, ctx, '店长');
  const acting = { id: admin.id };
  let changeCount = 0;
  const reps = createRepService({ db, context: () => ctx, repId: () => acting.id, onChanged: () => changeCount++, pinCost: 16 });
  return { db, reps, admin, acting, changes: () => changeCount };
}

describe('profiles', () => {
  test('are added and changed, each with an audit line that names who did it', () => {
    const { db, reps, admin, changes } = openReps();
    const zhou = reps.save(ZHOU);
    const lead = reps.save({ ...ZHOU, id: zhou.id, role: 'lead', name: '周主管' });
    expect([lead, reps.list()]).toEqual([{ ...zhou, role: 'lead', name: '周主管' }, [admin, lead]]);
    const profile = { name: '小周', role: 'rep', certificateLevel: 'trainee', isActive: true };
    expect(listAudit(db).map(({ repId, action, entityId, before, after }) => ({ repId, action, entityId, before, after }))).toEqual([
      { repId: admin.id, action: 'rep.changed', entityId: zhou.id, before: profile, after: { ...profile, role: 'lead', name: '周主管' } },
      { repId: admin.id, action: 'rep.added', entityId: zhou.id, before: null, after: profile },
    ]);
    expect(changes()).toBe(2);
  });

  test('one admin always stays, nobody shuts themselves out, names are told apart', () => {
    const { reps, admin } = openReps();
    const mine = { id: admin.id, name: '店长', certificateLevel: 'senior', colour: 'teal', initials: '' } as const;
    expect(() => reps.save({ ...mine, role: 'lead', isActive: true })).toThrow(expect.objectContaining({ code: 'conflict' }));
    reps.save({ ...ZHOU, role: 'admin' });
    expect(() => reps.save({ ...mine, role: 'admin', isActive: false })).toThrow('themselves');
    expect(() => reps.save({ ...ZHOU, name: '店长' })).toThrow('a rep named 店长');
    expect(reps.save({ ...mine, role: 'lead', isActive: true }).role).toBe('lead');
  });

  test('a rep sets their own PIN with the old one, an admin resets another, nobody else does', async () => {
    const { db, reps, admin, acting } = openReps();
    const zhou = reps.save(ZHOU);
    acting.id = zhou.id;
    expect(await reps.setPin({ repId: zhou.id, currentPin: null, pin: '1234' })).toEqual({ outcome: 'done', retryAt: null });
    expect(await reps.setPin({ repId: zhou.id, currentPin: '9999', pin: '5678' })).toEqual({ outcome: 'wrong', retryAt: null });
    expect(await reps.setPin({ repId: zhou.id, currentPin: '1234', pin: '5678' })).toEqual({ outcome: 'done', retryAt: null });
    await expect(reps.setPin({ repId: admin.id, currentPin: null, pin: null })).rejects.toMatchObject({ code: 'forbidden' });
    acting.id = admin.id;
    await reps.setPin({ repId: zhou.id, currentPin: null, pin: null });
    expect(reps.list().map(({ hasPin }) => hasPin)).toEqual([false, false]);
    const lines = listAudit(db).slice(0, 3);
    expect(lines.map(({ action, repId }) => [action, repId])).toEqual([['rep.pin_removed', admin.id], ['rep.pin_set', zhou.id], ['rep.pin_set', zhou.id]]);
    expect(JSON.stringify(lines)).not.toMatch(/1234|5678/);
  });

  test('a forgotten PIN goes without asking where the store\'s key was brought', async () => {
    const { db, reps, admin } = openReps();
    await reps.setPin({ repId: admin.id, currentPin: null, pin: '2468' });
    reps.resetPin(admin.id);
    expect([reps.list()[0]?.hasPin, listAudit(db).map(({ action }) => action)]).toEqual([false, ['rep.pin_removed', 'rep.pin_set']]);
    expect(() => reps.resetPin('nobody' as never)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('a rep\'s own name is changed and audited once', () => {
    const { db, reps, admin } = openReps();
    reps.rename('林店长');
    reps.rename('林店长');
    expect([reps.list()[0]?.name, listAudit(db).map(({ action, repId, before }) => [action, repId, before])]).toEqual(['林店长', [['rep.renamed', admin.id, { name: '店长' }]]]);
  });
});
