import type { WriteContext } from '../platform/write-context.ts';
import { contentHash, type UpsertOutcome } from './content-hash.ts';
import type { WritableDb } from './database.ts';
import { prepared } from './statements.ts';

/** A table whose rows come from the shop's systems: `id`, `shop_id`, `external_id`, content columns, `content_hash`, `updated_at`. */
export type HashedTable = { find: string; upsert: string };
export type ColumnValue = string | number | null | undefined;

/** Names are constants of the code, never input. */
export function hashedTable(name: string, columns: readonly string[]): HashedTable {
  const written = [...columns, 'content_hash', 'updated_at'];
  return {
    find: `SELECT id, content_hash AS hash FROM ${name} WHERE shop_id = ? AND external_id = ?`,
    upsert: `INSERT INTO ${name} (id, shop_id, external_id, ${written.join(', ')}) VALUES (?, ?, ?${', ?'.repeat(written.length)})
      ON CONFLICT (id) DO UPDATE SET ${written.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  };
}

/** Writes one row by its external id when its content (or `nested`, what hangs below it) differs from what is stored. The caller owns the transaction. */
export function upsertHashed(db: WritableDb, ctx: WriteContext, table: HashedTable, externalId: string, values: readonly ColumnValue[], nested: unknown = null): { id: string; outcome: UpsertOutcome } {
  const columns = values.map((value) => value ?? null);
  const hash = contentHash([columns, nested]);
  const existing = prepared<{ id: string; hash: string }>(db, table.find).get(ctx.shopId, externalId);
  if (existing?.hash === hash) return { id: existing.id, outcome: 'unchanged' };
  const id = existing?.id ?? ctx.newId();
  prepared(db, table.upsert).run(id, ctx.shopId, externalId, ...columns, hash, ctx.nowMs);
  return { id, outcome: existing === undefined ? 'added' : 'updated' };
}
