import type { ConversationSummary, OutboxEntry } from '../../../shared/contract/conversation.contract.ts';
import type { NoticeKind, NoticeSettings } from '../../../shared/contract/desktop.contract.ts';
import type { ConversationId, RepId } from '../../../shared/contract/ids.contract.ts';
import type { Promised } from '../../../shared/contract/work.contract.ts';

/** The queue and the promises as they were read at one time; `meId` null while the rep is not known. */
export type DeskView = { atMs: number; meId: RepId | null; rows: readonly ConversationSummary[]; promises: readonly Promised[] };
/** Something to tell outside the window. `text` is a customer's or a rep's own words. */
export type DeskNews = { kind: NoticeKind; tag: string; conversationId: ConversationId; customerName: string; text: string };

/** Waits for an answer of this rep, or of anybody, and stands above all others: a high warning or a handover. */
export function isUrgent(row: ConversationSummary, meId: RepId | null): boolean {
  const isOurs = row.rep === null || row.rep.id === meId;
  return isOurs && row.waitingSince !== null && (isAlarming(row) || row.urgencyReasons.includes('handed_over'));
}

/** What came up between two readings, one per conversation, in the order of the queue. Nothing on the first reading: it is on screen. */
export function newsBetween(before: DeskView | null, now: DeskView): DeskNews[] {
  if (before === null) return [];
  const known = new Map(before.rows.map((row) => [row.id, row]));
  const ofRows = now.rows.flatMap((row) => newsOf(known.get(row.id), row, before.meId, now.meId) ?? []);
  const told = new Set(ofRows.map(({ conversationId }) => conversationId));
  const due = now.promises.filter(({ dueAt, conversationId }) => dueAt > before.atMs && dueAt <= now.atMs && !told.has(conversationId));
  return [...ofRows, ...due.map(({ conversationId, customerName, quote }): DeskNews => ({ kind: 'due', tag: `due-${conversationId}`, conversationId, customerName, text: quote }))];
}

function newsOf(was: ConversationSummary | undefined, row: ConversationSummary, wasMe: RepId | null, meId: RepId | null): DeskNews | null {
  const news = (kind: NoticeKind): DeskNews => ({ kind, tag: `${kind}-${row.id}`, conversationId: row.id, customerName: row.customerName, text: row.lastText });
  if (row.rep !== null && row.rep.id !== meId) return null;
  if (was !== undefined && isAlarming(row) && !isAlarming(was)) return news('risk');
  const wasUrgent = was !== undefined && isUrgent(was, wasMe);
  if (!wasUrgent && isUrgent(row, meId)) return news('urgent');
  return row.wokenAt !== null && row.wokenAt !== was?.wokenAt ? news('due') : null;
}

function isAlarming({ risk }: ConversationSummary): boolean {
  return risk !== null && risk.band === 'alert';
}

/** A reply that did not go out; null for every other change of the outbox. */
export function newsOfReply(entry: OutboxEntry, rows: readonly ConversationSummary[]): DeskNews | null {
  if (entry.state !== 'failed') return null;
  return { kind: 'failed', tag: `failed-${entry.id}`, conversationId: entry.conversationId, customerName: rows.find(({ id }) => id === entry.conversationId)?.customerName ?? '', text: entry.text };
}

/** Whether it is quiet at this minute of the day (0 to 1439). From and to alike mean the whole day. */
export function isQuietAt({ quietHours }: Pick<NoticeSettings, 'quietHours'>, minute: number): boolean {
  if (quietHours === null) return false;
  const { fromMinute, toMinute } = quietHours;
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}
