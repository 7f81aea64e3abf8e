import type { Localised, PackCounts } from '../../shared/contract/pack.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { PackIntent, PackLanguage, PackManifest, PackRule } from './pack-schemas.ts';

/** `sha256` is empty until all of the pack is in the store; `shiftDays` is added to every date of it. */
export type InstalledPack = {
  name: string; version: string; title: Localised; languages: PackLanguage[]; licence: string; requires: string[];
  sha256: string; shiftDays: number; installedAt: number; updatedAt: number;
};
export type ItemKind = 'article' | 'macro';
/** `packHash` is of what the pack says, `rowHash` of the row as it was written. */
export type PackItem = { kind: ItemKind; key: string; entityId: string; packHash: string; rowHash: string };
/** What search does not need of an item: kept for whoever shows it. */
export type ItemMeta = { products?: string[]; tags?: string[]; media?: string | null };

type PackRow = { name: string; version: string; title: string; languages: string; licence: string; requires: string; sha256: string; shift_days: number; installed_at: number; updated_at: number };

function rowToPack({ title, languages, requires, shift_days: shiftDays, installed_at: installedAt, updated_at: updatedAt, ...same }: PackRow): InstalledPack {
  return { ...same, title: JSON.parse(title) as Localised, languages: JSON.parse(languages) as PackLanguage[], requires: JSON.parse(requires) as string[], shiftDays, installedAt, updatedAt };
}

/** By name. */
export function listPacks(db: ReadableDb): InstalledPack[] {
  return prepared<PackRow>(db, 'SELECT * FROM packs ORDER BY name').all().map(rowToPack);
}

export function findPack(db: ReadableDb, name: string): InstalledPack | undefined {
  const row = prepared<PackRow>(db, 'SELECT * FROM packs WHERE name = ?').get(name);
  return row === undefined ? undefined : rowToPack(row);
}

/** The pack as it is being installed: not complete until `finishPack`. */
export function beginPack(db: WritableDb, { name, version, title, languages, licence, requires }: PackManifest, shiftDays: number, nowMs: number): void {
  prepared(
    db,
    `INSERT INTO packs (name, version, title, languages, licence, requires, sha256, shift_days, installed_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, title = excluded.title, languages = excluded.languages, licence = excluded.licence,
       requires = excluded.requires, sha256 = '', shift_days = excluded.shift_days, updated_at = excluded.updated_at`,
  ).run(name, version, JSON.stringify(title), JSON.stringify(languages), licence, JSON.stringify(requires), shiftDays, nowMs, nowMs);
}

export function finishPack(db: WritableDb, name: string, sha256: string): void {
  prepared(db, 'UPDATE packs SET sha256 = ? WHERE name = ?').run(sha256, name);
}

/** Marks it incomplete before its rows go, so that a removal that is cut short shows. */
export function unfinishPack(db: WritableDb, name: string): void {
  finishPack(db, name, '');
}

/** Takes items, intents and rules of the pack along. */
export function deletePack(db: WritableDb, name: string): void {
  prepared(db, 'DELETE FROM packs WHERE name = ?').run(name);
}

export function listItems(db: ReadableDb, packName: string): PackItem[] {
  return prepared<PackItem>(db, 'SELECT kind, key, entity_id AS entityId, pack_hash AS packHash, row_hash AS rowHash FROM pack_items WHERE pack_name = ? ORDER BY kind, key').all(packName);
}

export function saveItem(db: WritableDb, packName: string, item: PackItem, meta: ItemMeta): void {
  prepared(
    db,
    `INSERT INTO pack_items (pack_name, kind, key, entity_id, pack_hash, row_hash, meta) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (pack_name, kind, key) DO UPDATE SET entity_id = excluded.entity_id, pack_hash = excluded.pack_hash, row_hash = excluded.row_hash, meta = excluded.meta`,
  ).run(packName, item.kind, item.key, item.entityId, item.packHash, item.rowHash, JSON.stringify(meta));
}

export function deleteItem(db: WritableDb, packName: string, { kind, key }: Pick<PackItem, 'kind' | 'key'>): void {
  prepared(db, 'DELETE FROM pack_items WHERE pack_name = ? AND kind = ? AND key = ?').run(packName, kind, key);
}

/** What is in the store of a pack now. */
export function countPack(db: ReadableDb, name: string): PackCounts {
  const counts = prepared<PackCounts>(
    db,
    `SELECT (SELECT count(*) FROM pack_items WHERE pack_name = $name AND kind = 'article') AS articles, (SELECT count(*) FROM pack_items WHERE pack_name = $name AND kind = 'macro') AS macros,
      (SELECT count(*) FROM pack_intents WHERE pack_name = $name) AS intents, (SELECT count(*) FROM pack_rules WHERE pack_name = $name) AS rules,
      (SELECT count(DISTINCT meta ->> 'media') FROM pack_items WHERE pack_name = $name AND meta ->> 'media' IS NOT NULL) AS media`,
  ).get({ name });
  return counts ?? { articles: 0, macros: 0, intents: 0, rules: 0, media: 0 };
}

/** The pack that an intent belongs to, when it is another one. */
export function findForeignIntent(db: ReadableDb, packName: string, ids: readonly string[]): { id: string; packName: string } | undefined {
  const find = prepared<{ id: string; packName: string }>(db, 'SELECT id, pack_name AS packName FROM pack_intents WHERE id = ? AND pack_name <> ?');
  return ids.map((id) => find.get(id, packName)).find((found) => found !== undefined);
}

export function replaceIntents(db: WritableDb, packName: string, intents: readonly PackIntent[]): void {
  prepared(db, 'DELETE FROM pack_intents WHERE pack_name = ?').run(packName);
  for (const [ord, intent] of intents.entries()) prepared(db, 'INSERT INTO pack_intents (id, pack_name, ord, body) VALUES (?, ?, ?, ?)').run(intent.id, packName, ord, JSON.stringify(intent));
}

/** In the order of their packs' names, then as written. */
export function listIntents(db: ReadableDb): PackIntent[] {
  return prepared<{ body: string }>(db, 'SELECT body FROM pack_intents ORDER BY pack_name, ord').all().map(({ body }) => JSON.parse(body) as PackIntent);
}

export function replaceRules(db: WritableDb, packName: string, rules: readonly PackRule[]): void {
  prepared(db, 'DELETE FROM pack_rules WHERE pack_name = ?').run(packName);
  for (const rule of rules) prepared(db, 'INSERT INTO pack_rules (pack_name, id, kind, body) VALUES (?, ?, ?, ?)').run(packName, rule.id, rule.kind, JSON.stringify(rule));
}

export function listRules(db: ReadableDb, kind: PackRule['kind']): PackRule[] {
  return prepared<{ body: string }>(db, 'SELECT body FROM pack_rules WHERE kind = ? ORDER BY pack_name, id').all(kind).map(({ body }) => JSON.parse(body) as PackRule);
}

/** Changes whenever a pack was installed, changed or removed: what was worked out from packs is worked out again then. */
export function packsStamp(db: ReadableDb): string {
  return prepared<{ stamp: string | null }>(db, "SELECT group_concat(name || ' ' || sha256, ' ') AS stamp FROM packs").get()?.stamp ?? '';
}
