import type { Language } from '../../shared/contract/ids.contract.ts';
import { contentHash, type UpsertOutcome } from '../db/content-hash.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexText, unindexText } from '../search/index-writer.ts';
import { searchableText } from '../search/searchable-text.ts';

/** `text` is a Liquid template; `code` is unique in the team, and for each rep among their own. `repId` owns a personal macro. */
export type NewMacro = { code: string; title: string; text: string; language: Language; intent?: string | null; scope?: 'team' | 'personal'; repId?: string | null };
export type FoundMacro = {
  seq: number; id: string; code: string; title: string; text: string; language: Language; intent: string | null;
  scope: 'team' | 'personal'; repId: string | null; proposedAt: number | null; useCount: number; updatedAt: number;
};

type HashedRow = { id: string; seq: number; content_hash: string; deleted_at: number | null };

const COLUMNS = 'seq, id, code, title, text, language, intent, scope, rep_id AS repId, proposed_at AS proposedAt, use_count AS useCount, updated_at AS updatedAt';
const SELECT_MACRO = `SELECT ${COLUMNS} FROM macros WHERE deleted_at IS NULL`;
const SELECT_HASHED = 'SELECT id, seq, content_hash, deleted_at FROM macros';
const LIQUID_TAG = /\{\{.*?\}\}|\{%.*?%\}/gsu;
/** A deleted macro can be brought back for this long; then it goes for good, the next time one is deleted. */
const KEEP_DELETED_MS = 30 * 86_400_000;

/** The words of a macro without its Liquid tags, whose variable names nobody asks for. */
function wordsOf({ title, text }: Pick<NewMacro, 'title' | 'text'>): string {
  return searchableText(title, text.replace(LIQUID_TAG, ' '));
}

function columnsOf(macro: NewMacro): unknown[] {
  return [macro.code, macro.title, macro.text, macro.language, macro.intent ?? null, macro.scope ?? 'team', macro.scope === 'personal' ? (macro.repId ?? null) : null];
}

/** Whether this rep may be shown a macro: the team's, and their own. */
export function isVisibleMacro(macro: { scope: string; repId: string | null }, repId: string | null): boolean {
  return macro.scope !== 'personal' || (repId !== null && macro.repId === repId);
}

/** One macro by its code and owner; the caller owns the transaction. How often it was used stays; a deleted one comes back. */
export function upsertMacro(db: WritableDb, ctx: WriteContext, macro: NewMacro): UpsertOutcome {
  const owner = macro.scope === 'personal' ? (macro.repId ?? null) : null;
  const existing = prepared<HashedRow>(db, `${SELECT_HASHED} WHERE shop_id = ? AND code = ? AND scope = ? AND rep_id IS ? ORDER BY deleted_at IS NOT NULL, deleted_at DESC LIMIT 1`)
    .get(ctx.shopId, macro.code, macro.scope ?? 'team', owner);
  if (existing === undefined) {
    insertMacro(db, ctx, macro);
    return 'added';
  }
  if (existing.deleted_at !== null) restoreMacro(db, existing.id);
  const outcome = replaceMacro(db, existing, macro, ctx.nowMs);
  return existing.deleted_at === null ? outcome : 'updated';
}

/** A new macro, whatever else there is; answers its id. @throws DeskmateError conflict when the code is taken */
export function insertMacro(db: WritableDb, ctx: WriteContext, macro: NewMacro): string {
  refuseTakenCode(db, macro, null);
  const columns = columnsOf(macro);
  const id = ctx.newId();
  const { lastInsertRowid } = prepared(
    db,
    'INSERT INTO macros (id, shop_id, code, title, text, language, intent, scope, rep_id, content_hash, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(id, ctx.shopId, ...columns, contentHash(columns), ctx.nowMs);
  indexText(db, 'macro', Number(lastInsertRowid), wordsOf(macro));
  return id;
}

/** Changes one macro, its code and owner too. @throws DeskmateError not_found, or conflict when another macro has this code. */
export function updateMacro(db: WritableDb, ctx: WriteContext, id: string, macro: NewMacro): UpsertOutcome {
  const existing = prepared<HashedRow>(db, `${SELECT_HASHED} WHERE id = ? AND deleted_at IS NULL`).get(id);
  if (existing === undefined) throw notFound();
  refuseTakenCode(db, macro, id);
  return replaceMacro(db, existing, macro, ctx.nowMs);
}

function refuseTakenCode(db: ReadableDb, macro: NewMacro, ownId: string | null): void {
  const holder = findMacroByCode(db, macro.code, macro.scope === 'personal' ? (macro.repId ?? null) : null);
  if (holder !== undefined && holder.id !== ownId) throw new DeskmateError('conflict', `Another macro has the code ${macro.code}.`);
}

function replaceMacro(db: WritableDb, existing: Pick<HashedRow, 'id' | 'seq' | 'content_hash'>, macro: NewMacro, nowMs: number): UpsertOutcome {
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

/** Hides a macro from lists, search and suggestions but keeps it for a month; answers the seq that left the index. @throws DeskmateError not_found */
export function deleteMacro(db: WritableDb, id: string, nowMs: number): number {
  return db.transaction(() => {
    const row = prepared<{ seq: number }>(db, 'UPDATE macros SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL RETURNING seq').get(nowMs, id);
    if (row === undefined) throw notFound();
    unindexText(db, 'macro', row.seq);
    purgeDeleted(db, nowMs - KEEP_DELETED_MS);
    return row.seq;
  })();
}

function purgeDeleted(db: WritableDb, before: number): void {
  for (const { id } of prepared<{ id: string }>(db, 'DELETE FROM macros WHERE deleted_at < ? RETURNING id').all(before)) {
    prepared(db, 'DELETE FROM macro_marks WHERE macro_id = ?').run(id);
  }
}

/** Brings a deleted macro back; nothing happens to one that is not deleted. @throws DeskmateError not_found, or conflict when its code was taken meanwhile */
export function restoreMacro(db: WritableDb, id: string): void {
  db.transaction(() => {
    const row = prepared<FoundMacro & { deletedAt: number | null }>(db, `SELECT ${COLUMNS}, deleted_at AS deletedAt FROM macros WHERE id = ?`).get(id);
    if (row === undefined) throw notFound();
    if (row.deletedAt === null) return;
    refuseTakenCode(db, row, id);
    prepared(db, 'UPDATE macros SET deleted_at = NULL WHERE id = ?').run(id);
    indexText(db, 'macro', row.seq, wordsOf(row));
  })();
}

/** By code. With `repId` the team's and that rep's own; without, everybody's. */
export function listMacros(db: ReadableDb, repId?: string): FoundMacro[] {
  const macros = prepared<FoundMacro>(db, `${SELECT_MACRO} ORDER BY code, scope DESC, id`).all();
  return repId === undefined ? macros : macros.filter((macro) => isVisibleMacro(macro, repId));
}

/** The team's macro of this code, or with `owner` that rep's own. */
export function findMacroByCode(db: ReadableDb, code: string, owner: string | null = null): FoundMacro | undefined {
  return prepared<FoundMacro>(db, `${SELECT_MACRO} AND code = ? AND scope = ? AND rep_id IS ?`).get(code, owner === null ? 'team' : 'personal', owner);
}

/** @throws DeskmateError not_found, also for a deleted one */
export function getMacro(db: ReadableDb, id: string): FoundMacro {
  const macro = prepared<FoundMacro>(db, `${SELECT_MACRO} AND id = ?`).get(id);
  if (macro === undefined) throw notFound();
  return macro;
}

/** In the order of the seqs; those that are gone are left out. */
export function getMacrosBySeq(db: ReadableDb, seqs: readonly number[]): FoundMacro[] {
  const statement = prepared<FoundMacro>(db, `${SELECT_MACRO} AND seq = ?`);
  return seqs.flatMap((seq) => statement.get(seq) ?? []);
}

/** When its rep offered it to the team; null takes the offer back. */
export function setProposed(db: WritableDb, id: string, proposedAt: number | null): void {
  prepared(db, 'UPDATE macros SET proposed_at = ? WHERE id = ?').run(proposedAt, id);
}
