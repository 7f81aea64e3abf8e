import type { Disposition } from '../../shared/contract/work.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';

type DispositionRow = { code: string; title_zh: string | null; title_en: string | null; is_active: number };

const MAX_DISPOSITIONS = 60;

function rowToDisposition(row: DispositionRow): Disposition {
  return { code: row.code, titleZh: row.title_zh, titleEn: row.title_en, isActive: row.is_active === 1 };
}

/** In the order of the list, those out of use too: old conversations still name them. */
export function listDispositions(db: ReadableDb): Disposition[] {
  return prepared<DispositionRow>(db, 'SELECT code, title_zh, title_en, is_active FROM dispositions ORDER BY ord, code').all().map(rowToDisposition);
}

/** A code of null adds a reason at the end, which then needs both titles. @throws DeskmateError not_found, bad_request, or conflict at 60 reasons. */
export function saveDisposition(db: WritableDb, ctx: WriteContext, disposition: Omit<Disposition, 'code'> & { code: string | null }): void {
  const { code, titleZh, titleEn, isActive } = disposition;
  if (code !== null) {
    const { changes } = prepared(db, 'UPDATE dispositions SET title_zh = ?, title_en = ?, is_active = ? WHERE code = ?').run(titleZh, titleEn, isActive ? 1 : 0, code);
    if (changes === 0) throw new DeskmateError('not_found', 'There is no such reason.');
    return;
  }
  if (titleZh === null || titleEn === null) throw new DeskmateError('bad_request', 'A new reason needs a Chinese and an English title.');
  const { count } = prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM dispositions').get() ?? { count: 0 };
  if (count >= MAX_DISPOSITIONS) throw new DeskmateError('conflict', `There are ${MAX_DISPOSITIONS} reasons already; put one out of use first.`);
  prepared(db, 'INSERT INTO dispositions (code, title_zh, title_en, ord, is_active) VALUES (?, ?, ?, ?, ?)').run(`own.${ctx.newId()}`, titleZh, titleEn, count, isActive ? 1 : 0);
}

/** Whether a conversation may be closed with it. */
export function isDisposition(db: ReadableDb, code: string): boolean {
  return prepared(db, 'SELECT 1 FROM dispositions WHERE code = ?').get(code) !== undefined;
}
