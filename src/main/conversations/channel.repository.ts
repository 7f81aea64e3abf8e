import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { ChannelId } from '../../shared/contract/ids.contract.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';

export type ChannelState = 'stopped' | 'running' | 'failed';
/** `settings` is the connector's own JSON object; `cursor` is where it goes on reading. */
export type StoredChannel = {
  id: ChannelId;
  kind: string;
  title: string;
  settings: Record<string, unknown>;
  cursor: string | null;
  state: ChannelState;
  error: string | null;
  lastSyncAt: number | null;
};
export type NewChannel = { kind: string; title: string; settings?: Record<string, unknown> };

type ChannelRow = { id: string; kind: string; title: string; settings: string; cursor: string | null; state: ChannelState; error: string | null; last_sync_at: number | null };

const COLUMNS = 'id, kind, title, settings, cursor, state, error, last_sync_at';

function rowToChannel(row: ChannelRow): StoredChannel {
  const { last_sync_at: lastSyncAt, settings, ...same } = row;
  return { ...same, id: row.id as ChannelId, settings: JSON.parse(settings) as Record<string, unknown>, lastSyncAt };
}

/** A new channel is stopped. */
export function insertChannel(db: WritableDb, ctx: WriteContext, channel: NewChannel): StoredChannel {
  const id = ctx.newId() as ChannelId;
  prepared(db, "INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES (?, ?, ?, ?, ?, 'stopped', ?)")
    .run(id, ctx.shopId, channel.kind, channel.title, JSON.stringify(channel.settings ?? {}), ctx.nowMs);
  return getChannel(db, id);
}

/** The channel of this kind and title, made when it is not there yet; imports use it. */
export function ensureChannel(db: WritableDb, ctx: WriteContext, channel: NewChannel): StoredChannel {
  const row = prepared<ChannelRow>(db, `SELECT ${COLUMNS} FROM channels WHERE kind = ? AND title = ? ORDER BY created_at, id LIMIT 1`).get(channel.kind, channel.title);
  return row === undefined ? insertChannel(db, ctx, channel) : rowToChannel(row);
}

/** @throws DeskmateError not_found */
export function getChannel(db: ReadableDb, channelId: ChannelId): StoredChannel {
  const row = prepared<ChannelRow>(db, `SELECT ${COLUMNS} FROM channels WHERE id = ?`).get(channelId);
  if (row === undefined) throw new DeskmateError('not_found', 'There is no such channel.');
  return rowToChannel(row);
}

/** Oldest first. */
export function listChannels(db: ReadableDb): StoredChannel[] {
  return prepared<ChannelRow>(db, `SELECT ${COLUMNS} FROM channels ORDER BY created_at, id`).all().map(rowToChannel);
}

/** Call inside the transaction that stores the messages read up to here, so that neither gets ahead of the other. */
export function saveCursor(db: WritableDb, channelId: ChannelId, cursor: string | null, syncedAt: number): void {
  const { changes } = prepared(db, 'UPDATE channels SET cursor = ?, last_sync_at = ? WHERE id = ?').run(cursor, syncedAt, channelId);
  if (changes === 0) throw new DeskmateError('not_found', 'There is no such channel.');
}

/** `error` is kept only for a failed channel. */
export function setChannelState(db: WritableDb, channelId: ChannelId, state: ChannelState, error: string | null = null): StoredChannel {
  prepared(db, 'UPDATE channels SET state = ?, error = ? WHERE id = ?').run(state, state === 'failed' ? error : null, channelId);
  return getChannel(db, channelId);
}

/** For a channel that never came to run; one with conversations cannot be deleted. */
export function deleteChannel(db: WritableDb, channelId: ChannelId): void {
  prepared(db, 'DELETE FROM channels WHERE id = ?').run(channelId);
}
