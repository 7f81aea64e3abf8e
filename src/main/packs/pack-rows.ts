import { ATTACHMENT_CHUNK_BYTES, type AttachmentId } from '../../shared/contract/attachment.contract.ts';
import { beginAttachment, finishAttachment } from '../conversations/attachment-store.ts';
import { insertChunk } from '../conversations/attachment.repository.ts';
import { contentHash } from '../db/content-hash.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { softDeleteArticle, upsertArticle } from '../knowledge/article.repository.ts';
import { setMacroMedia } from '../knowledge/macro-media.repository.ts';
import { findMacroByCode, insertMacro, updateMacro } from '../knowledge/macro.repository.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { unindexText } from '../search/index-writer.ts';
import type { ItemKind, ItemMeta } from './pack.repository.ts';
import type { PackArticleRow, PackMacroRow, PackMedia } from './pack.types.ts';

const DAY_MS = 86_400_000;

/** One row that a pack brings. `hash` is of what the pack says; `write` stores it as new (`id` undefined) or over the row of that id, and answers the row's id. */
export type PackUnit = {
  kind: ItemKind; key: string; name: string; hash: string; meta: ItemMeta;
  /** The id of a row that has its place already though this pack did not write it. */
  findStranger(db: ReadableDb): string | undefined;
  write(db: WritableDb, ctx: WriteContext, id: string | undefined): string;
};

/** `pack:demo-shop/articles/zh/returns.md`: an article says where it came from. */
function sourceOf(packName: string, key: string): string {
  return `pack:${packName}/${key}`;
}

export function articleUnit(packName: string, article: PackArticleRow, shiftDays: number): PackUnit {
  const source = sourceOf(packName, article.key);
  const shifted = (at: number | null): number | null => (at === null ? null : at + shiftDays * DAY_MS);
  const { title, language, intent, products } = article;
  const passages = article.passages.map((passage) => ({ ...passage, language }));
  const row = { source, title, language, intent, validFrom: shifted(article.validFrom), validTo: shifted(article.validTo), passages };
  const find = (db: ReadableDb, shopId?: string): string | undefined =>
    prepared<{ id: string }>(db, 'SELECT id FROM articles WHERE source = ? AND shop_id = coalesce(?, shop_id)').get(source, shopId ?? null)?.id;
  return {
    kind: 'article', key: article.key, name: `article ${article.key}`, hash: contentHash([row, products]), meta: { products },
    findStranger: (db) => find(db),
    write(db, ctx) {
      upsertArticle(db, ctx, row);
      return find(db, ctx.shopId) ?? '';
    },
  };
}

export function macroUnit(macro: PackMacroRow, media: PackMedia | undefined): PackUnit {
  const { code, title, text, language, intent, tags } = macro;
  const row = { code, title, text, language, intent };
  return {
    kind: 'macro', key: code, name: `macro ${code}`, hash: contentHash([row, tags, macro.media, media?.bytes.toString('base64')]), meta: { tags, media: macro.media },
    findStranger: (db) => findMacroByCode(db, code)?.id,
    write(db, ctx, id) {
      const written = id ?? insertMacro(db, ctx, row);
      if (id !== undefined) updateMacro(db, ctx, id, row);
      setMacroMedia(db, written, media === undefined ? null : storeMedia(db, ctx, media));
      return written;
    },
  };
}

/** A file of no conversation, as one that a rep gives to a macro. */
function storeMedia(db: WritableDb, ctx: WriteContext, { path, bytes }: PackMedia): AttachmentId {
  const id = beginAttachment(db, ctx, { conversationId: null, name: path.replace(/^media\//, ''), byteCount: bytes.length });
  for (let ord = 0; ord * ATTACHMENT_CHUNK_BYTES < bytes.length; ord++) insertChunk(db, id, ord, bytes.subarray(ord * ATTACHMENT_CHUNK_BYTES, (ord + 1) * ATTACHMENT_CHUNK_BYTES));
  return finishAttachment(db, id).id;
}

const FIND_ROW: Readonly<Record<ItemKind, string>> = {
  article: 'SELECT content_hash AS hash, deleted_at AS deletedAt FROM articles WHERE id = ?',
  macro: 'SELECT content_hash AS hash, deleted_at AS deletedAt FROM macros WHERE id = ?',
};

/** The row's hash now; null when a rep deleted it. */
export function rowHash(db: ReadableDb, kind: ItemKind, id: string): string | null {
  const row = prepared<{ hash: string; deletedAt: number | null }>(db, FIND_ROW[kind]).get(id);
  return row === undefined || row.deletedAt !== null ? null : row.hash;
}

/** Removes a row for good, deleted by a rep before or not; answers the seqs that left the index. */
export function removeRow(db: WritableDb, kind: ItemKind, id: string, nowMs: number): number[] {
  return kind === 'article' ? removeArticle(db, id, nowMs) : removeMacro(db, id);
}

function removeArticle(db: WritableDb, id: string, nowMs: number): number[] {
  const isThere = rowHash(db, 'article', id) !== null;
  const seqs = isThere ? softDeleteArticle(db, id, nowMs) : [];
  for (const passage of prepared<{ id: string }>(db, 'SELECT id FROM passages WHERE article_id = ?').all(id)) forgetOutcomes(db, 'passage', passage.id);
  prepared(db, 'DELETE FROM articles WHERE id = ?').run(id);
  return seqs;
}

function removeMacro(db: WritableDb, id: string): number[] {
  setMacroMedia(db, id, null);
  const row = prepared<{ seq: number }>(db, 'DELETE FROM macros WHERE id = ? RETURNING seq').get(id);
  if (row === undefined) return [];
  unindexText(db, 'macro', row.seq);
  prepared(db, 'DELETE FROM macro_marks WHERE macro_id = ?').run(id);
  forgetOutcomes(db, 'macro', id);
  return [row.seq];
}

function forgetOutcomes(db: WritableDb, kind: 'passage' | 'macro', id: string): void {
  prepared(db, 'DELETE FROM source_outcomes WHERE source_kind = ? AND source_id = ?').run(kind, id);
}
