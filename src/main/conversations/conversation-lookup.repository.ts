import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { ConversationId, CustomerId, LabelId, Language, MessageId, NoteId, RepId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { listByWords } from '../search/short-text-index.ts';
import { listWithEveryWord } from '../search/word-lookup.ts';
import { numberKeySql } from '../text/number-key.ts';

/** What narrows conversations, their messages and notes; null does not. Times in epoch ms are of the message or note, both ends inclusive. */
export type LookupFilter = {
  from: number | null; to: number | null; channelKind: string | null; labelId: LabelId | null; state: 'open' | 'closed' | null; repId: RepId | 'nobody' | null; language: Language | null;
};
/** A message, and what a result shows of its conversation. */
export type MessageFound = {
  seq: number; id: MessageId; conversationId: ConversationId; customerName: string; text: string; role: MessageRole; sentAt: number; state: 'open' | 'closed'; channelKind: string; repName: string | null;
};
export type NoteFound = { id: NoteId; conversationId: ConversationId; customerName: string; text: string; createdAt: number; repName: string };

/** Matches looked through by words: the newest of each index. A word that more messages hold is counted as "at least". */
const MOST_MATCHES = 1000;
const MOST_NOTES = 200;

const IN_CONVERSATION = `(@channelKind IS NULL OR ch.kind = @channelKind) AND (@state IS NULL OR c.state = @state)
  AND (@repId IS NULL OR c.rep_id = @repId OR (@repId = 'nobody' AND c.rep_id IS NULL))
  AND (@labelId IS NULL OR EXISTS (SELECT 1 FROM conversation_labels x JOIN labels y ON y.id = x.label_id WHERE x.conversation_id = c.id AND x.label_id = @labelId AND y.deleted_at IS NULL))`;
const IN_PERIOD = '(@from IS NULL OR m.sent_at >= @from) AND (@to IS NULL OR m.sent_at <= @to) AND (@language IS NULL OR m.language = @language)';
const SELECT_MESSAGE = `SELECT m.seq, m.id, m.conversation_id AS conversationId, u.name AS customerName, m.text, m.role, m.sent_at AS sentAt, c.state, ch.kind AS channelKind, r.name AS repName
  FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN channels ch ON ch.id = c.channel_id JOIN customers u ON u.id = c.customer_id LEFT JOIN reps r ON r.id = c.rep_id`;
const SELECT_PASSING = `SELECT m.seq, m.conversation_id AS conversationId FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN channels ch ON ch.id = c.channel_id
  WHERE m.seq IN (SELECT value FROM json_each(@seqs)) AND ${IN_CONVERSATION} AND ${IN_PERIOD} ORDER BY m.seq DESC`;

/** Messages that hold every word and pass the filter, newest first: at most one of each conversation, with how many of its messages do. */
export function lookUpMessages(db: ReadableDb, text: string, filter: LookupFilter): { seqs: number[]; foundCounts: Map<ConversationId, number>; isAtLeast: boolean } {
  const matches = (['message', 'reply'] as const).map((kind) => listWithEveryWord(db, kind, text, MOST_MATCHES));
  const rows = prepared<{ seq: number; conversationId: ConversationId }>(db, SELECT_PASSING).all({ ...filter, seqs: JSON.stringify(matches.flat()) });
  const foundCounts = new Map<ConversationId, number>();
  const seqs: number[] = [];
  for (const { seq, conversationId } of rows) {
    const count = foundCounts.get(conversationId) ?? 0;
    if (count === 0) seqs.push(seq);
    foundCounts.set(conversationId, count + 1);
  }
  return { seqs, foundCounts, isAtLeast: matches.some((found) => found.length === MOST_MATCHES) };
}

/** These messages in this order; those that are gone or do not pass the filter are left out. */
export function getMessagesFound(db: ReadableDb, seqs: readonly number[], filter: LookupFilter): MessageFound[] {
  const rows = prepared<MessageFound>(db, `${SELECT_MESSAGE} WHERE m.seq IN (SELECT value FROM json_each(@seqs)) AND ${IN_CONVERSATION} AND ${IN_PERIOD}`).all({ ...filter, seqs: JSON.stringify(seqs) });
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []);
}

/** The newest message of each conversation of these customers, or of those with this number; newest first. */
export function listLastMessages(db: ReadableDb, by: { customerIds: readonly CustomerId[]; numbers: readonly string[] }, filter: LookupFilter, limit: number): MessageFound[] {
  return prepared<MessageFound>(
    db,
    `${SELECT_MESSAGE} WHERE m.seq IN (SELECT last_seq FROM conversations WHERE customer_id IN (SELECT value FROM json_each(@customers))
       UNION SELECT last_seq FROM conversations WHERE ${numberKeySql('external_id')} IN (SELECT value FROM json_each(@numbers)))
     AND ${IN_CONVERSATION} AND ${IN_PERIOD} ORDER BY c.state DESC, c.last_at DESC LIMIT @limit`,
  ).all({ ...filter, customers: JSON.stringify(by.customerIds), numbers: JSON.stringify(by.numbers), limit });
}

/** Notes that hold every word, newest first. */
export function lookUpNotes(db: ReadableDb, text: string, filter: LookupFilter, limit: number): { rows: NoteFound[]; total: number; isAtLeast: boolean } {
  const ids = listByWords(db, 'note', text, MOST_NOTES);
  const { language: _language, ...values } = filter;
  const rows = prepared<NoteFound & { lines: string }>(
    db,
    `SELECT n.id, n.conversation_id AS conversationId, u.name AS customerName, n.text, n.lines, n.created_at AS createdAt, coalesce(r.name, '') AS repName
     FROM notes n JOIN conversations c ON c.id = n.conversation_id JOIN channels ch ON ch.id = c.channel_id JOIN customers u ON u.id = c.customer_id LEFT JOIN reps r ON r.id = n.rep_id
     WHERE n.id IN (SELECT value FROM json_each(@ids)) AND n.deleted_at IS NULL AND (@from IS NULL OR n.created_at >= @from) AND (@to IS NULL OR n.created_at <= @to) AND ${IN_CONVERSATION}
     ORDER BY n.created_at DESC, n.id DESC`,
  ).all({ ...values, ids: JSON.stringify(ids) });
  const found = rows.map(({ lines, ...note }) => ({ ...note, text: [note.text, ...lineTexts(lines)].filter((line) => line !== '').join('\n') }));
  return { rows: found.slice(0, limit), total: found.length, isAtLeast: ids.length === MOST_NOTES };
}

function lineTexts(lines: string): string[] {
  return (JSON.parse(lines) as { text: string }[]).map(({ text }) => text);
}
