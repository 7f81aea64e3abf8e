import { z } from 'zod';
import { languageSchema, type Language } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

const versionPassagesSchema = z.array(z.object({ heading: z.string(), text: z.string(), language: languageSchema }));

/** One state of an article. `passages` are its exact cut; `markdown` is null where it came from a file. */
export type StoredVersion = {
  version: number; title: string; language: Language; intent: string | null; validFrom: number | null; validTo: number | null;
  markdown: string | null; passages: z.infer<typeof versionPassagesSchema>; repId: string | null; savedAt: number;
};

/** Former versions kept of one article; older ones go. */
const MOST_VERSIONS = 50;

const PASSAGES_JSON = "(SELECT json_group_array(json_object('heading', heading, 'text', text, 'language', language)) FROM (SELECT heading, text, language FROM passages WHERE article_id = a.id ORDER BY ord))";

/** Keeps the article as it stands now; call right before it is changed, in the same transaction. */
export function insertVersion(db: WritableDb, articleId: string): void {
  prepared(
    db,
    `INSERT OR IGNORE INTO article_versions (article_id, version, title, language, intent, valid_from, valid_to, markdown, passages, rep_id, saved_at)
     SELECT a.id, a.version, a.title, a.language, a.intent, a.valid_from, a.valid_to, a.markdown, ${PASSAGES_JSON}, a.rep_id, a.updated_at FROM articles a WHERE a.id = ?`,
  ).run(articleId);
  prepared(db, 'DELETE FROM article_versions WHERE article_id = ? AND version NOT IN (SELECT version FROM article_versions WHERE article_id = ? ORDER BY version DESC LIMIT ?)').run(articleId, articleId, MOST_VERSIONS);
}

type VersionRow = Omit<StoredVersion, 'passages'> & { passages: string };

function rowToVersion(row: VersionRow): StoredVersion {
  return { ...row, passages: versionPassagesSchema.parse(JSON.parse(row.passages)) };
}

/** The former versions, newest first; the article as it stands is not among them. */
export function listVersions(db: ReadableDb, articleId: string): StoredVersion[] {
  return prepared<VersionRow>(
    db,
    `SELECT version, title, language, intent, valid_from AS validFrom, valid_to AS validTo, markdown, passages, rep_id AS repId, saved_at AS savedAt
     FROM article_versions WHERE article_id = ? ORDER BY version DESC`,
  )
    .all(articleId)
    .map(rowToVersion);
}

/** Whose work the article as it stands is; null for an import. */
export function findEditor(db: ReadableDb, articleId: string): string | null {
  return prepared<{ repId: string | null }>(db, 'SELECT rep_id AS repId FROM articles WHERE id = ?').get(articleId)?.repId ?? null;
}
