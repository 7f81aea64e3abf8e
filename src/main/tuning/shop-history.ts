import type { FinishedTurn } from '../conversations/exchange.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { Slices } from '../search/slices.ts';
import { exchangesOf, type Exchange, type ExchangeCounts } from './history.ts';

/** A good half year of a busy shop: older answers say less of what is asked today, and all of them are held in memory. */
const MOST_EXCHANGES = 10_000;
const PAGE_SIZE = 50;

type ConversationRow = { id: string; last_at: number };

/**
 * What customers asked and reps answered, from the newest finished conversation backwards until there are 10,000 exchanges. Customers who asked not to be
 * learned from are left out. The store may be written between the slices.
 */
export function* readExchanges(db: ReadableDb, most = MOST_EXCHANGES): Slices<{ exchanges: Exchange[]; counts: ExchangeCounts }> {
  const exchanges: Exchange[] = [];
  const counts: ExchangeCounts = { conversations: 0, exchanges: 0, skipped: { smallTalk: 0, courtesies: 0 } };
  let last: ConversationRow | undefined = { id: '', last_at: Number.MAX_SAFE_INTEGER };
  while (last !== undefined && exchanges.length < most) {
    const page = readPage(db, last);
    const read = exchangesOf(readTurns(db, page.map(({ id }) => id)));
    exchanges.push(...read.exchanges);
    counts.conversations += read.counts.conversations;
    counts.exchanges += read.counts.exchanges;
    counts.skipped.smallTalk += read.counts.skipped.smallTalk;
    counts.skipped.courtesies += read.counts.skipped.courtesies;
    last = page.at(-1);
    yield;
  }
  return { exchanges, counts };
}

function readPage(db: ReadableDb, { id, last_at: lastAt }: ConversationRow): ConversationRow[] {
  return prepared<ConversationRow>(db, `
    SELECT id, last_at FROM conversations WHERE state = 'closed' AND (last_at, id) < (?, ?) AND customer_id NOT IN (SELECT customer_id FROM adapt_excluded)
    ORDER BY last_at DESC, id DESC LIMIT ${PAGE_SIZE}`).all(lastAt, id);
}

/** Conversation by conversation, each in the order of time. */
function readTurns(db: ReadableDb, conversationIds: readonly string[]): FinishedTurn[] {
  return prepared<FinishedTurn>(db, `
    SELECT conversation_id AS conversationId, role, text, sent_at AS sentAt FROM messages
    WHERE conversation_id IN (SELECT value FROM json_each(?)) AND role IN ('customer', 'rep') ORDER BY conversation_id, sent_at, seq`).all(JSON.stringify(conversationIds));
}
