import type { Suggestion } from '../../shared/contract/suggestion.contract.ts';
import { isVisibleMacro } from '../knowledge/macro.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

/** Whose desk it is and when: a personal macro is its rep's only, an article holds between two dates. `nowMs` null: dates do not matter. */
export type SourceView = { repId: string | null; nowMs: number | null };

/** Whether an article with these dates holds at `nowMs`; `validTo` is the first moment it no longer does. */
export function isValidAt({ validFrom, validTo }: { validFrom: number | null; validTo: number | null }, nowMs: number | null): boolean {
  return nowMs === null || ((validFrom === null || validFrom <= nowMs) && (validTo === null || validTo > nowMs));
}

/** Whether what a stored suggestion was made of may still be offered here: reps change at one desk, articles expire, macros are deleted, customers erased. */
export function isStillOffered(db: ReadableDb, { sources }: Pick<Suggestion, 'sources'>, view: SourceView): boolean {
  return sources.every(({ kind, id }) => {
    if (kind === 'macro') {
      const macro = prepared<{ scope: string; repId: string | null }>(db, 'SELECT scope, rep_id AS repId FROM macros WHERE id = ? AND deleted_at IS NULL').get(id);
      return macro !== undefined && isVisibleMacro(macro, view.repId);
    }
    if (kind === 'message') return prepared(db, 'SELECT 1 FROM messages WHERE id = ?').get(id) !== undefined;
    const article = prepared<{ validFrom: number | null; validTo: number | null }>(db, 'SELECT a.valid_from AS validFrom, a.valid_to AS validTo FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.id = ? AND a.deleted_at IS NULL').get(id);
    return article !== undefined && isValidAt(article, view.nowMs);
  });
}
