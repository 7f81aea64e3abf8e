import { z } from 'zod';
import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { ChannelId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { indexKindOf, unindexText } from '../search/index-writer.ts';

const KEY = 'demo_shop';
/** `givenName`: what the shop was called for the demo's sake. */
const storedDemoSchema = z.object({ state: z.enum(['partial', 'installed']), installedAt: z.int().nullable(), givenName: z.string().nullable() });
export type StoredDemo = z.infer<typeof storedDemoSchema>;

/** Null when this is no demo store. */
export function readDemo(db: ReadableDb): StoredDemo | null {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(KEY);
  return row === undefined ? null : (storedDemoSchema.safeParse(JSON.parse(row.value)).data ?? null);
}

export function writeDemo(db: WritableDb, demo: StoredDemo | null): void {
  if (demo === null) prepared(db, 'DELETE FROM settings WHERE key = ?').run(KEY);
  else prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(KEY, JSON.stringify(demo));
}

export function hasCustomers(db: ReadableDb): boolean {
  return prepared(db, 'SELECT 1 FROM customers LIMIT 1').get() !== undefined;
}

/** Every id it gives out is noted in the transaction that uses it: these rows, and no others, are the demo shop's. */
export function recordingContext(db: WritableDb, ctx: WriteContext): WriteContext {
  const note = prepared(db, 'INSERT OR IGNORE INTO demo_rows (id) VALUES (?)');
  return {
    ...ctx,
    newId: () => {
      const id = ctx.newId();
      note.run(id);
      return id;
    },
  };
}

/** Rows that hang below no other row of the demo shop; what hangs below them goes with them. */
const ROOTS = ['products', 'promotions', 'customers', 'orders', 'after_sales', 'reviews', 'conversations', 'channels'] as const;

/** Forgets ids of rows that go with another one. */
export function trimDemoRows(db: WritableDb): void {
  prepared(db, `DELETE FROM demo_rows WHERE NOT EXISTS (${ROOTS.map((table) => `SELECT 1 FROM ${table} r WHERE r.id = demo_rows.id`).join(' UNION ALL ')})`).run();
}

/** Live customers came by a channel of their own: they and their conversations are the demo shop's too, unless they are known from elsewhere. */
export function claimLiveRows(db: WritableDb): void {
  db.transaction(() => {
    prepared(db, "INSERT OR IGNORE INTO demo_rows (id) SELECT id FROM channels WHERE kind = 'demo'").run();
    prepared(
      db,
      `INSERT OR IGNORE INTO demo_rows (id) SELECT DISTINCT c.customer_id FROM conversations c JOIN channels ch ON ch.id = c.channel_id
       WHERE ch.kind = 'demo' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.id NOT IN (SELECT id FROM demo_rows))
         AND NOT EXISTS (SELECT 1 FROM conversations x JOIN channels xc ON xc.id = x.channel_id WHERE x.customer_id = c.customer_id AND xc.kind <> 'demo' AND x.id NOT IN (SELECT id FROM demo_rows))`,
    ).run();
    prepared(db, "INSERT OR IGNORE INTO demo_rows (id) SELECT c.id FROM conversations c JOIN channels ch ON ch.id = c.channel_id WHERE ch.kind = 'demo'").run();
    // replays and new messages of demo customers are about nobody else
    prepared(db, `INSERT OR IGNORE INTO demo_rows (id) SELECT c.id FROM conversations c JOIN demo_rows d ON d.id = c.customer_id WHERE ${IS_DEMO_CUSTOMER}`).run();
  })();
}

/** A customer of the demo shop with an order of the shop's own stays. */
const IS_DEMO_CUSTOMER = 'NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.id NOT IN (SELECT id FROM demo_rows))';

export function listLiveChannels(db: ReadableDb): ChannelId[] {
  return prepared<{ id: ChannelId }>(db, "SELECT id FROM channels WHERE kind IN ('demo','replay') AND state <> 'stopped'").all().map(({ id }) => id);
}

export function listDemoConversations(db: ReadableDb): string[] {
  return prepared<{ id: string }>(db, 'SELECT c.id FROM conversations c JOIN demo_rows d ON d.id = c.id').all().map(({ id }) => id);
}

/** With all that hangs below it; answers the seqs that left the indexes. The caller owns the transaction. */
export function deleteConversation(db: WritableDb, id: string): number[] {
  const messages = prepared<{ seq: number; id: string; role: MessageRole }>(db, 'SELECT seq, id, role FROM messages WHERE conversation_id = ?').all(id);
  for (const message of messages) {
    const kind = indexKindOf(message.role);
    if (kind !== undefined) unindexText(db, kind, message.seq);
    prepared(db, "DELETE FROM source_outcomes WHERE source_kind = 'message' AND source_id = ?").run(message.id);
  }
  prepared(db, 'DELETE FROM conversations WHERE id = ?').run(id);
  return messages.map(({ seq }) => seq);
}

/** The rest of the demo shop, its conversations being gone; the caller owns the transaction. */
export function deleteDemoRows(db: WritableDb): void {
  for (const table of ['orders', 'after_sales', 'reviews', 'products', 'promotions']) prepared(db, `DELETE FROM ${table} WHERE id IN (SELECT id FROM demo_rows)`).run();
  const isBare = ['orders', 'after_sales', 'reviews', 'conversations'].map((table) => `NOT EXISTS (SELECT 1 FROM ${table} x WHERE x.customer_id = customers.id)`).join(' AND ');
  prepared(db, `DELETE FROM customers WHERE id IN (SELECT id FROM demo_rows) AND ${isBare}`).run();
  prepared(db, 'DELETE FROM channels WHERE id IN (SELECT id FROM demo_rows) AND NOT EXISTS (SELECT 1 FROM conversations x WHERE x.channel_id = channels.id)').run();
  prepared(db, 'DELETE FROM demo_rows').run();
}
