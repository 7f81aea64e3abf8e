import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { SEARCHABLE_TEXT } from '../search/searchable-text.ts';

/** A passage or macro: what it is found by, and what it says. */
export type KnownText = { kind: 'passage' | 'macro'; searchable: string; text: string };

/** Every passage of articles that are there, and every macro of the team. */
export function listKnownTexts(db: ReadableDb): KnownText[] {
  return prepared<KnownText>(
    db,
    `SELECT 'passage' AS kind, p.searchable, p.text FROM (SELECT article_id, text, ${SEARCHABLE_TEXT.passage} AS searchable FROM passages) p JOIN articles a ON a.id = p.article_id WHERE a.deleted_at IS NULL
     UNION ALL SELECT 'macro', ${SEARCHABLE_TEXT.macro}, text FROM macros WHERE deleted_at IS NULL AND scope <> 'personal'`,
  ).all();
}
