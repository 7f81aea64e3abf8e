import type { ConversationId, MessageId, RepId } from '../../shared/contract/ids.contract.ts';
import type { Response, TodayPlace, TodaySummary } from '../../shared/contract/today.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { responsesOf, responseStats, type ResponseTurn } from './response-times.ts';

/** One rep's day: from `fromAt` up to but without `toAt`, epoch ms. */
export type RepDay = { repId: RepId; fromAt: number; toAt: number };

type TurnRow = { conversationId: ConversationId; customerName: string; kind: 'customer' | 'rep' | 'closed'; at: number; messageId: MessageId | null; repId: string | null };

const HOUR_MS = 3_600_000;
const MOST_ROWS = 2000;

/** Whole conversations: what began waiting before the day may be answered in it. */
const SELECT_TURNS = `
WITH mine AS (
  SELECT c.id, u.name FROM conversations c JOIN customers u ON u.id = c.customer_id WHERE c.last_at >= @fromAt
    AND EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.sent_at >= @fromAt AND m.sent_at < @toAt AND m.role = 'rep' AND m.rep_id = @repId)
)
SELECT mine.id AS conversationId, mine.name AS customerName, m.role AS kind, m.sent_at AS at, m.id AS messageId, m.rep_id AS repId, m.seq AS place
  FROM mine JOIN messages m ON m.conversation_id = mine.id WHERE m.role IN ('customer', 'rep') AND m.sent_at < @toAt
UNION ALL
SELECT mine.id, mine.name, 'closed', w.at, NULL, NULL, 0
  FROM mine JOIN work_actions w ON w.conversation_id = mine.id WHERE w.kind = 'closed' AND w.undone_at IS NULL AND w.at < @toAt
ORDER BY conversationId, at, place`;

const IN_DAY = 'x.rep_id = @repId AND x.at >= @fromAt AND x.at < @toAt';
const SELECT_CLOSED = `SELECT x.conversation_id AS conversationId, u.name AS customerName, max(x.at) AS at FROM work_actions x JOIN conversations c ON c.id = x.conversation_id JOIN customers u ON u.id = c.customer_id
  WHERE ${IN_DAY} AND x.kind = 'closed' AND x.undone_at IS NULL GROUP BY x.conversation_id ORDER BY at DESC, conversationId LIMIT ${MOST_ROWS}`;
const SELECT_USED = `SELECT s.conversation_id AS conversationId, u.name AS customerName, x.at FROM feedback x JOIN suggestions s ON s.id = x.suggestion_id JOIN conversations c ON c.id = s.conversation_id JOIN customers u ON u.id = c.customer_id
  WHERE ${IN_DAY} AND x.action = 'sent' ORDER BY x.at DESC, x.id LIMIT ${MOST_ROWS}`;

/** What a rep answered, closed and used in a day, with how long customers waited. Responses are the rep's own; what colleagues wrote only ends waits. */
export function getTodaySummary(db: ReadableDb, day: RepDay): TodaySummary {
  const conversations = Map.groupBy(prepared<TurnRow>(db, SELECT_TURNS).all(day), ({ conversationId }) => conversationId);
  const responses = [...conversations.values()].flatMap((rows) => ownResponses(rows, day)).sort((a, b) => a.answeredAt - b.answeredAt);
  const hours = [...Map.groupBy(responses, ({ answeredAt }) => day.fromAt + Math.floor((answeredAt - day.fromAt) / HOUR_MS) * HOUR_MS)];
  return {
    fromAt: day.fromAt,
    ...statsOf(responses),
    hours: hours.map(([startAt, some]) => ({ startAt, ...statsOf(some) })),
    responses: responses.slice(-MOST_ROWS),
    answered: [...conversations.values()].flatMap((rows) => lastReply(rows, day)).sort((a, b) => b.at - a.at).slice(0, MOST_ROWS),
    closed: prepared<TodayPlace>(db, SELECT_CLOSED).all(day),
    suggestionsUsed: prepared<TodayPlace>(db, SELECT_USED).all(day),
  };
}

function statsOf(responses: readonly Response[]): Pick<TodaySummary, 'first' | 'all'> {
  const waits = (some: readonly Response[]): number[] => some.map(({ askedAt, answeredAt }) => answeredAt - askedAt);
  return { first: responseStats(waits(responses.filter(({ isFirst }) => isFirst))), all: responseStats(waits(responses)) };
}

function ownResponses(rows: readonly TurnRow[], { repId, fromAt }: RepDay): Response[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { conversationId, customerName } = first;
  return responsesOf(rows.map(toTurn)).filter((response) => response.repId === repId && response.answeredAt >= fromAt)
    .map(({ repId: _repId, ...response }) => ({ conversationId, customerName, ...response }));
}

function toTurn({ kind, at, messageId, repId }: TurnRow): ResponseTurn {
  return kind === 'rep' && messageId !== null ? { kind, at, messageId, repId } : { kind: kind === 'closed' ? 'closed' : 'customer', at };
}

function lastReply(rows: readonly TurnRow[], { repId }: RepDay): TodayPlace[] {
  const own = rows.findLast((row) => row.kind === 'rep' && row.repId === repId);
  return own === undefined ? [] : [{ conversationId: own.conversationId, customerName: own.customerName, at: own.at }];
}
