import { describe, expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { clearAuditContent, insertAudit, listAudit } from './audit.repository.ts';
import { ensureDefaultRep, listReps, updateRepName } from './rep.repository.ts';

describe('reps', () => {
  test('a store has one from the start', () => {
    const { db, ctx } = openTestStore();
    const rep = ensureDefaultRep(db, ctx);
    updateRepName(db, rep.id, '小周');
    expect(ensureDefaultRep(db, ctx, 'other')).toEqual({ id: rep.id, name: '小周', role: 'admin', certificateLevel: 'senior', colour: 'teal', initials: '', isActive: true, hasPin: false, createdAt: ctx.nowMs });
    expect(listReps(db)).toHaveLength(1);
  });
});

describe('audit', () => {
  test('tells who did what, newest first, and can forget what it said', () => {
    const { db, ctx } = openTestStore();
    insertAudit(db, ctx, { repId: 'r', action: 'macro.save', entity: 'macro', entityId: 'm1', before: { text: 'a "quoted" name' }, after: { text: 'b' } });
    insertAudit(db, ctx, { repId: 'r', action: 'import', entity: 'file', entityId: 'f1' });
    insertAudit(db, ctx, { repId: 'r', action: 'macro.save', entity: 'macro', entityId: 'm2', after: ['kept'] });
    const entry = { id: expect.any(String) as string, at: ctx.nowMs };
    expect(listAudit(db)).toEqual([
      { ...entry, seq: 3, repId: 'r', action: 'macro.save', entity: 'macro', entityId: 'm2', before: null, after: ['kept'] },
      { ...entry, seq: 2, repId: 'r', action: 'import', entity: 'file', entityId: 'f1', before: null, after: null },
      { ...entry, seq: 1, repId: 'r', action: 'macro.save', entity: 'macro', entityId: 'm1', before: { text: 'a "quoted" name' }, after: { text: 'b' } },
    ]);
    expect(clearAuditContent(db, ['f1', 'x'], ['a "quoted"'])).toBe(1);
    expect(listAudit(db).map(({ before, after }) => [before, after])).toEqual([[null, ['kept']], [null, null], [null, null]]);
  });
});
