import type { Language } from '../../shared/contract/ids.contract.ts';
import type { Macro } from '../../shared/contract/knowledge.contract.ts';
import { contentHash, type UpsertOutcome } from '../db/content-hash.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexText, unindexText } from '../search/index-writer.ts';
import { searchableText } from '../search/searchable-text.ts';

/** `text` is a Liquid template; `code` is unique in the shop. */
export type NewMacro = { code: string; title: string; text: string; language: Language; intent?: string | null; scope?: 'team' | 'personal'; repId?: string | null };
export type FoundMacro = Macro & { seq: number; intent: string | null };

type HashedRow = { id: string; seq: number; content_hash: string };

const SELECT_MACRO = 'SELECT seq, id, code, title, text, language, intent, use_count AS useCount, updated_at AS updatedAt FROM macros';
const LIQUID_TAG = /\{\{.*?\}\}|\{%.*?%\}/gsu;

/** The words of a macro without its Liquid tags, whose variable names nobody asks for. */
function wordsOf({ title, text }: NewMacro): string {
  return searchableText(title, text.replace(LIQUID_TAG, ' '));
}

function columnsOf(macro: NewMacro): unknown[] {
  return [macro.code, macro.title, macro.text, macro.language, macro.intent ?? null, macro.scope ?? 'team', macro.repId ?? null];
}

/** One macro by its code; the caller owns the transaction. How often it was used stays. */
export function upsertMacro(db: WritableDb, ctx: WriteContext, macro: NewMacro): UpsertOutcome {
  const existing = prepared<HashedRow>(db, 'SELECT id, seq, content_hash FROM macros WHERE shop_id = ? AND code = ?').get(ctx.shopId, macro.code);
  if (existing !== undefined) return replaceMacro(db, existing, macro, ctx.nowMs);
  const columns = columnsOf(macro);
  const { lastInsertRowid } = prepared(
    db,
    'INSERT INTO macros (id, shop_id, code, title, text, language, intent, scope, rep_id, content_hash, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(ctx.newId(), ctx.shopId, ...columns, contentHash(columns), ctx.nowMs);
  indexText(db, 'macro', Number(lastInsertRowid), wordsOf(macro));
  return 'added';
}

/** Changes one macro, its code too. @throws DeskmateError not_found, or conflict when another macro has this code. */
export function updateMacro(db: WritableDb, ctx: WriteContext, id: string, macro: NewMacro): UpsertOutcome {
  const existing = prepared<HashedRow>(db, 'SELECT id, seq, content_hash FROM macros WHERE id = ?').get(id);
  if (existing === undefined) throw notFound();
  const holder = findMacroByCode(db, macro.code);
  if (holder !== undefined && holder.id !== id) throw new DeskmateError('conflict', `Another macro has the code ${macro.code}.`);
  return replaceMacro(db, existing, macro, ctx.nowMs);
}

function replaceMacro(db: WritableDb, existing: HashedRow, macro: NewMacro, nowMs: number): UpsertOutcome {
  const columns = columnsOf(macro);
  const hash = contentHash(columns);
  if (existing.content_hash === hash) return 'unchanged';
  prepared(db, 'UPDATE macros SET code = ?, title = ?, text = ?, language = ?, intent = ?, scope = ?, rep_id = ?, content_hash = ?, updated_at = ? WHERE id = ?')
    .run(...columns, hash, nowMs, existing.id);
  unindexText(db, 'macro', existing.seq);
  indexText(db, 'macro', existing.seq, wordsOf(macro));
  return 'updated';
}

function notFound(): DeskmateError {
  return new DeskmateError('not_found', 'There is no such macro.');
}

/** Returns the seq that left the index. @throws DeskmateError not_found */
export function deleteMacro(db: WritableDb, id: string): number {
  return db.transaction(() => {
    const row = prepared<{ seq: number }>(db, 'DELETE FROM macros WHERE id = ? RETURNING seq').get(id);
    if (row === undefined) throw notFound();
    unindexText(db, 'macro', row.seq);
    return row.seq;
  })();
}

/** By code. */
export function listMacros(db: ReadableDb): FoundMacro[] {
  return prepared<FoundMacro>(db, `${SELECT_MACRO} ORDER BY code`).all();
}

export function findMacroByCode(db: ReadableDb, code: string): FoundMacro | undefined {
  return prepared<FoundMacro>(db, `${SELECT_MACRO} WHERE code = ?`).get(code);
}

/** @throws DeskmateError not_found */
export function getMacro(db: ReadableDb, id: string): FoundMacro {
  const macro = prepared<FoundMacro>(db, `${SELECT_MACRO} WHERE id = ?`).get(id);
  if (macro === undefined) throw notFound();
  return macro;
}

/** In the order of the seqs; those that are gone are left out. */
export function getMacrosBySeq(db: ReadableDb, seqs: readonly number[]): FoundMacro[] {
  const statement = prepared<FoundMacro>(db, `${SELECT_MACRO} WHERE seq = ?`);
  return seqs.flatMap((seq) => statement.get(seq) ?? []);
}

/** One more use; says nothing when the macro is gone. */
export function countMacroUse(db: WritableDb, id: string): void {
  prepared(db, 'UPDATE macros SET use_count = use_count + 1 WHERE id = ?').run(id);
}
