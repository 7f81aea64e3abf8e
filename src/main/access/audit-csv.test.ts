import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { insertAudit } from './audit.repository.ts';
import { auditCsv, csvCell } from './audit-csv.ts';
import { listAuditActions, listAuditLines } from './audit-list.repository.ts';
import { ensureDefaultRep } from './rep.repository.ts';

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    [' @SUM(A1)', "' @SUM(A1)"],
    ['＝cmd', "'＝cmd"],
    ['-2', "'-2"],
    ['a,"b"', '"a,""b"""'],
    ['小周', '小周'],
  ])('%j becomes %j', (value, expected) => expect(csvCell(value)).toBe(expected));

  test('is never a formula and always reads back', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: fc.constantFrom('=', '+', ' ', '"', ',', '\n', '-', '@', '甲'), maxLength: 6 })), (value) => {
      const cell = csvCell(value);
      const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect(read.replace(/^'/, '')).toBe(value.replace(/^'/, ''));
      expect(read).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
    }));
  });
});

test('lines are filtered by rep, action and time, paged, named, and exported', () => {
  const { db, ctx } = openTestStore();
  const rep = ensureDefaultRep(db, ctx, '=小周');
  const at = (ms: number) => ({ ...ctx, nowMs: ms });
  insertAudit(db, at(1000), { repId: rep.id, action: 'reply.queued', entity: 'outbox', entityId: 'o1' });
  insertAudit(db, at(2000), { repId: 'gone', action: 'customer.erase', entity: 'customer', entityId: 'c1', after: { name: 'secret' } });
  insertAudit(db, at(3000), { repId: rep.id, action: 'reply.queued', entity: 'outbox', entityId: 'o2' });
  const seqs = (filter: Parameters<typeof listAuditLines>[1]) => listAuditLines(db, filter).map(({ seq }) => seq);
  expect([seqs({ limit: 10 }), seqs({ limit: 1 }), seqs({ limit: 10, before: 3 }), seqs({ limit: 10, repId: rep.id }), seqs({ limit: 10, action: 'customer.erase' }), seqs({ limit: 10, fromAt: 2000, toAt: 3000 })])
    .toEqual([[3, 2, 1], [3], [2, 1], [3, 1], [2], [2]]);
  expect(listAuditActions(db)).toEqual(['customer.erase', 'reply.queued']);
  expect(auditCsv(listAuditLines(db, { limit: 2 }))).toBe(
    `\ufefftime_utc,rep,rep_id,action,entity,entity_id\r\n1970-01-01T00:00:03.000Z,'=小周,${rep.id},reply.queued,outbox,o2\r\n1970-01-01T00:00:02.000Z,,gone,customer.erase,customer,c1\r\n`);
});
