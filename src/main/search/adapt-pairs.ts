import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { TextPair } from '../engine/adapt-run.ts';
import { normaliseForMatch } from '../text/normalise.ts';

/** `own`: questions with the reply that followed, suggestions that were sent, titles with their passages. `near`: turns that merely follow one another. `held`: the newest questions with replies. */
export type ShopPairs = { own: TextPair[]; near: TextPair[]; held: TextPair[]; /** Whose words `own` and `near` hold. */ conversationIds: string[] };

const counts = new WeakMap<ReadableDb, { stamp: string; pairCount: number }>();

/** How many pairs `readShopPairs` finds to learn from and to hold; read again only when what it reads has changed. */
export function countedPairs(db: ReadableDb, sinceMs = 0): number {
  const { stamp = '' } = prepared<{ stamp: string }>(db, STAMP).get() ?? {};
  const known = counts.get(db);
  if (known?.stamp === stamp) return known.pairCount;
  const { own, held } = readShopPairs(db, sinceMs);
  counts.set(db, { stamp, pairCount: own.length + held.length });
  return own.length + held.length;
}

/** Other when conversations ended, came or went, knowledge changed, or somebody is left out. */
const STAMP = `SELECT (SELECT count(*) || ' ' || max(last_at) FROM conversations WHERE state = 'closed') || ' ' || (SELECT count(*) || ' ' || max(seq) FROM messages)
  || ' ' || (SELECT coalesce(max(seq), 0) FROM passages) || ' ' || (SELECT count(*) FROM articles WHERE deleted_at IS NULL) || ' ' || (SELECT count(*) FROM adapt_excluded) AS stamp`;

type Turn = { conversationId: string; role: 'customer' | 'rep'; text: string; at: number };
type DatedPair = TextPair & { conversationId: string; at: number };

/** About a year of a small shop; more would not be seen in the time a training takes. */
const MAX_MESSAGES = 60_000;
const MAX_PASSAGES = 5000;
const HELD_SHARE = 0.15;
const MIN_HELD = 200;
const MIN_CHARS = 2;
const MAX_CHARS = 600;

/**
 * Pairs of texts from finished conversations of customers who were not asked to be left out, from suggestions that were sent and from the knowledge base. The
 * newest 15 % of the answered questions (200 at least, while that leaves more to learn from) are held; no conversation is on both sides.
 * Conversations that ended before `sinceMs` are left out.
 */
export function readShopPairs(db: ReadableDb, sinceMs = 0): ShopPairs {
  const turns = readTurns(db, sinceMs);
  const answered = distinct(turns.flatMap((turn, at) => pairAfter(turns[at - 1], turn, (before) => before.role === 'customer' && turn.role === 'rep')));
  const following = turns.flatMap((turn, at) => pairAfter(turns[at - 1], turn, (before) => before.role !== 'customer' || turn.role !== 'rep'));
  const heldCount = Math.min(Math.max(MIN_HELD, Math.round(answered.length * HELD_SHARE)), Math.floor(answered.length / 2));
  const isHeld = newestConversations(answered, heldCount);
  const used = [...answered, ...distinct(following), ...distinct(readSent(db, sinceMs))].filter(({ conversationId }) => !isHeld.has(conversationId));
  const near = new Set(following);
  return {
    own: [...used.filter((pair) => !near.has(pair)), ...readKnowledge(db)].map(asPair),
    near: used.filter((pair) => near.has(pair)).map(asPair),
    held: answered.filter(({ conversationId }) => isHeld.has(conversationId)).map(asPair),
    conversationIds: [...new Set(used.map(({ conversationId }) => conversationId))],
  };
}

/** Finished conversations one after the other, newest first; the turns of each in order. */
function readTurns(db: ReadableDb, sinceMs: number): Turn[] {
  return prepared<Turn>(db, `
    SELECT m.conversation_id AS conversationId, m.role, m.text, m.sent_at AS at FROM messages m JOIN conversations c ON c.id = m.conversation_id
    WHERE c.state = 'closed' AND c.last_at >= ? AND m.role IN ('customer','rep') AND c.customer_id NOT IN (SELECT customer_id FROM adapt_excluded)
    ORDER BY c.last_at DESC, c.id, m.sent_at, m.seq LIMIT ${MAX_MESSAGES}`).all(sinceMs);
}

function readSent(db: ReadableDb, sinceMs: number): DatedPair[] {
  return prepared<DatedPair>(db, `
    SELECT s.conversation_id AS conversationId, m.text AS left, s.text AS right, m.sent_at AS at FROM suggestions s JOIN messages m ON m.id = s.message_id JOIN conversations c ON c.id = s.conversation_id
    WHERE s.status = 'sent' AND s.text <> '' AND c.state = 'closed' AND c.last_at >= ? AND c.customer_id NOT IN (SELECT customer_id FROM adapt_excluded) ORDER BY s.seq DESC LIMIT ${MAX_MESSAGES}`).all(sinceMs);
}

function readKnowledge(db: ReadableDb): TextPair[] {
  return prepared<TextPair>(db, `
    SELECT trim(a.title || ' ' || p.heading) AS left, p.text AS right FROM passages p JOIN articles a ON a.id = p.article_id
    WHERE a.deleted_at IS NULL AND trim(p.text) <> '' ORDER BY p.seq DESC LIMIT ${MAX_PASSAGES}`).all();
}

function pairAfter(before: Turn | undefined, turn: Turn, isKind: (before: Turn) => boolean): DatedPair[] {
  if (before === undefined || before.conversationId !== turn.conversationId || !isKind(before)) return [];
  return [before.text, turn.text].some((text) => text.trim().length < MIN_CHARS) ? [] : [{ left: before.text, right: turn.text, conversationId: turn.conversationId, at: turn.at }];
}

/** The first of those that say the same: a greeting answered a thousand times teaches no more than one. */
function distinct(pairs: readonly DatedPair[]): DatedPair[] {
  const seen = new Set<string>();
  return pairs.filter(({ left, right }) => {
    const key = `${normaliseForMatch(left)}\n${normaliseForMatch(right)}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Whole conversations, by their newest question, until they hold `count` pairs. */
function newestConversations(pairs: readonly DatedPair[], count: number): Set<string> {
  const chosen = new Set<string>();
  let held = 0;
  const countOf = Map.groupBy(pairs, ({ conversationId }) => conversationId);
  for (const { conversationId } of pairs.toSorted((a, b) => b.at - a.at)) {
    if (held >= count) break;
    if (!chosen.has(conversationId)) held += countOf.get(conversationId)?.length ?? 0;
    chosen.add(conversationId);
  }
  return chosen;
}

const asPair = ({ left, right }: TextPair): TextPair => ({ left: left.slice(0, MAX_CHARS), right: right.slice(0, MAX_CHARS) });
