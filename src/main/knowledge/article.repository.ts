import type { Language } from '../../shared/contract/ids.contract.ts';
import type { ArticleSummary } from '../../shared/contract/knowledge.contract.ts';
import { contentHash, type UpsertOutcome } from '../db/content-hash.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexText, unindexText } from '../search/index-writer.ts';
import { searchablePassage } from '../search/searchable-text.ts';
import { insertVersion } from './article-version.repository.ts';

export type NewPassage = { heading: string; text: string; language: Language };
/** `source` names the article for good (a file's path in its folder, a page's address): the same source is the same article. */
export type NewArticle = { source: string; title: string; language: Language; passages: readonly NewPassage[]; intent?: string | null; validFrom?: number | null; validTo?: number | null };
/** `markdown` is null for an article as it was imported. */
export type StoredArticle = ArticleSummary & { passages: { id: string; heading: string; text: string }[]; markdown: string | null };
/** An article as a rep wrote it. */
export type WrittenArticle = Omit<NewArticle, 'source'> & { markdown: string | null; repId: string | null };
export type FoundPassage = { seq: number; id: string; articleId: string; articleTitle: string; source: string; heading: string; text: string; language: Language; updatedAt: number };

type PassageRow = { seq: number; id: string; heading: string; text: string; language: Language };
type ArticleRow = { id: string; title: string; content_hash: string; imported_hash: string | null; version: number; deleted_at: number | null };

const SELECT_ROW = 'SELECT id, title, content_hash, imported_hash, version, deleted_at FROM articles';

function columnsOf(article: Omit<NewArticle, 'source' | 'passages'>): (string | number | null)[] {
  return [article.title, article.language, article.intent, article.validFrom, article.validTo].map((value) => value ?? null);
}

function hashOf(article: Omit<NewArticle, 'source'>): string {
  return contentHash([columnsOf(article), article.passages.map(({ heading, text, language }) => [heading, text, language])]);
}

/**
 * One imported article by its source; the caller owns the transaction. A changed article gets version + 1; passages that stayed the same keep their
 * id, and unless the article is renamed their index entry and vector, wherever they moved. Importing a deleted article again brings it back ('updated'). What a rep changed stays while the
 * file says what it said; a file that says something new becomes the newest version.
 */
export function upsertArticle(db: WritableDb, ctx: WriteContext, article: NewArticle): UpsertOutcome {
  const hash = hashOf(article);
  const existing = prepared<ArticleRow>(db, `${SELECT_ROW} WHERE shop_id = ? AND source = ?`).get(ctx.shopId, article.source);
  const wasDeleted = existing !== undefined && existing.deleted_at !== null;
  if (wasDeleted) restoreArticle(db, existing.id);
  if (existing !== undefined && (existing.content_hash === hash || existing.imported_hash === hash)) return wasDeleted ? 'updated' : 'unchanged';
  if (existing !== undefined) {
    writeVersion(db, ctx, existing, { ...article, markdown: null, repId: null });
    prepared(db, 'UPDATE articles SET imported_hash = NULL WHERE id = ?').run(existing.id);
    return 'updated';
  }
  insertRow(db, ctx, article.source, { ...article, markdown: null, repId: null });
  return 'added';
}

/** A new article by a rep; answers its id. The caller owns the transaction. */
export function insertArticle(db: WritableDb, ctx: WriteContext, article: WrittenArticle): string {
  return insertRow(db, ctx, null, article);
}

/** A rep's change to an article: the former state is kept as a version. The caller owns the transaction. @throws DeskmateError not_found, or conflict when `baseVersion` is no longer the newest */
export function updateArticle(db: WritableDb, ctx: WriteContext, id: string, article: WrittenArticle, baseVersion?: number): UpsertOutcome {
  const existing = prepared<ArticleRow>(db, `${SELECT_ROW} WHERE id = ? AND deleted_at IS NULL`).get(id);
  if (existing === undefined) throw notFound();
  if (baseVersion !== undefined && baseVersion !== existing.version) throw new DeskmateError('conflict', `The article was changed meanwhile: it is at version ${existing.version}, not ${baseVersion}.`);
  const isSameText = (prepared<{ markdown: string | null }>(db, 'SELECT markdown FROM articles WHERE id = ?').get(id)?.markdown ?? null) === article.markdown;
  if (existing.content_hash === hashOf(article) && isSameText) return 'unchanged';
  writeVersion(db, ctx, existing, article);
  // what the file said last: as long as it says that, importing it again changes nothing
  prepared(db, "UPDATE articles SET imported_hash = ? WHERE id = ? AND imported_hash IS NULL AND source NOT LIKE 'desk/%'").run(existing.content_hash, id);
  return 'updated';
}

/** `source` null: written at the Desk, named by its id. */
function insertRow(db: WritableDb, ctx: WriteContext, source: string | null, article: WrittenArticle): string {
  const id = ctx.newId();
  prepared(db, 'INSERT INTO articles (id, shop_id, source, title, language, intent, valid_from, valid_to, version, content_hash, updated_at, markdown, rep_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)')
    .run(id, ctx.shopId, source ?? `desk/${id}`, ...columnsOf(article), hashOf(article), ctx.nowMs, article.markdown, article.repId);
  replacePassages(db, ctx, { id, title: article.title, isRenamed: false }, article.passages);
  return id;
}

function writeVersion(db: WritableDb, ctx: WriteContext, { id, title, version }: ArticleRow, article: WrittenArticle): void {
  insertVersion(db, id);
  prepared(db, 'UPDATE articles SET title = ?, language = ?, intent = ?, valid_from = ?, valid_to = ?, version = ?, content_hash = ?, updated_at = ?, markdown = ?, rep_id = ? WHERE id = ?')
    .run(...columnsOf(article), version + 1, hashOf(article), ctx.nowMs, article.markdown, article.repId, id);
  replacePassages(db, ctx, { id, title: article.title, isRenamed: title !== article.title }, article.passages);
}

type Titled = { id: string; title: string; isRenamed: boolean };

function replacePassages(db: WritableDb, ctx: WriteContext, { id: articleId, title, isRenamed }: Titled, passages: readonly NewPassage[]): void {
  const keyOf = (passage: NewPassage) => JSON.stringify([passage.heading, passage.text, passage.language]);
  const kept = new Map<string, number[]>();
  for (const row of listPassageRows(db, articleId)) kept.set(keyOf(row), [...(kept.get(keyOf(row)) ?? []), row.seq]);
  // (article, ord) is unique: step aside first, then take the new places.
  prepared(db, 'UPDATE passages SET ord = -1 - ord WHERE article_id = ?').run(articleId);
  const move = prepared(db, 'UPDATE passages SET ord = ? WHERE seq = ?');
  const insert = prepared(db, 'INSERT INTO passages (id, article_id, ord, heading, text, language) VALUES (?, ?, ?, ?, ?, ?)');
  for (const [ord, passage] of passages.entries()) {
    const seq = kept.get(keyOf(passage))?.shift();
    if (seq !== undefined) {
      move.run(ord, seq);
      if (isRenamed) reindexPassage(db, seq, searchablePassage(title, passage));
    } else {
      const { lastInsertRowid } = insert.run(ctx.newId(), articleId, ord, passage.heading, passage.text, passage.language);
      indexText(db, 'passage', Number(lastInsertRowid), searchablePassage(title, passage));
    }
  }
  for (const seq of [...kept.values()].flat()) {
    unindexText(db, 'passage', seq);
    prepared(db, 'DELETE FROM passages WHERE seq = ?').run(seq);
  }
}

/** Under another title it is found by other words. */
function reindexPassage(db: WritableDb, seq: number, text: string): void {
  unindexText(db, 'passage', seq);
  indexText(db, 'passage', seq, text);
}

function listPassageRows(db: ReadableDb, articleId: string): PassageRow[] {
  return prepared<PassageRow>(db, 'SELECT seq, id, heading, text, language FROM passages WHERE article_id = ? ORDER BY ord').all(articleId);
}

/** The seqs its passages are indexed by, in order. */
export function listPassageSeqs(db: ReadableDb, articleId: string): number[] {
  return listPassageRows(db, articleId).map(({ seq }) => seq);
}

/** Hides an article from lists and search but keeps it; returns the passage seqs that left the index. @throws DeskmateError not_found */
export function softDeleteArticle(db: WritableDb, id: string, nowMs: number): number[] {
  return db.transaction(() => {
    const { changes } = prepared(db, 'UPDATE articles SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL').run(nowMs, id);
    if (changes === 0) throw notFound();
    const seqs = listPassageSeqs(db, id);
    for (const seq of seqs) unindexText(db, 'passage', seq);
    return seqs;
  })();
}

/** Brings a deleted article back into lists and search; does nothing to one that is not deleted. @throws DeskmateError not_found */
export function restoreArticle(db: WritableDb, id: string): void {
  db.transaction(() => {
    const article = prepared<{ title: string; deleted_at: number | null }>(db, 'SELECT title, deleted_at FROM articles WHERE id = ?').get(id);
    if (article === undefined) throw notFound();
    if (article.deleted_at === null) return;
    prepared(db, 'UPDATE articles SET deleted_at = NULL WHERE id = ?').run(id);
    for (const { seq, ...passage } of listPassageRows(db, id)) indexText(db, 'passage', seq, searchablePassage(article.title, passage));
  })();
}

function notFound(): DeskmateError {
  return new DeskmateError('not_found', 'There is no such article.');
}

const SELECT_SUMMARY = `SELECT id, title, source, language, intent, version, valid_from AS validFrom, valid_to AS validTo, updated_at AS updatedAt,
  (SELECT count(*) FROM passages p WHERE p.article_id = a.id) AS passageCount FROM articles a`;

/** Newest change first, without the deleted. */
export function listArticles(db: ReadableDb, page: { limit: number; offset: number }): { articles: ArticleSummary[]; total: number } {
  const articles = prepared<ArticleSummary>(db, `${SELECT_SUMMARY} WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT ? OFFSET ?`).all(page.limit, page.offset);
  const count = prepared<{ total: number }>(db, 'SELECT count(*) AS total FROM articles WHERE deleted_at IS NULL').get();
  return { articles, total: count?.total ?? 0 };
}

/** @throws DeskmateError not_found, also for a deleted one. */
export function getArticle(db: ReadableDb, id: string): StoredArticle {
  const summary = prepared<ArticleSummary>(db, `${SELECT_SUMMARY} WHERE id = ? AND deleted_at IS NULL`).get(id);
  if (summary === undefined) throw notFound();
  const markdown = prepared<{ markdown: string | null }>(db, 'SELECT markdown FROM articles WHERE id = ?').get(id)?.markdown ?? null;
  return { ...summary, markdown, passages: listPassageRows(db, id).map(({ id: passageId, heading, text }) => ({ id: passageId, heading, text })) };
}

/** In the order of the seqs; passages that are gone or belong to a deleted article are left out. */
export function getPassagesBySeq(db: ReadableDb, seqs: readonly number[]): FoundPassage[] {
  const statement = prepared<FoundPassage>(
    db,
    `SELECT p.seq, p.id, p.article_id AS articleId, a.title AS articleTitle, a.source, p.heading, p.text, p.language, a.updated_at AS updatedAt
     FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.seq = ? AND a.deleted_at IS NULL`,
  );
  return seqs.flatMap((seq) => statement.get(seq) ?? []);
}
