import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { listByWords } from '../search/short-text-index.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { numberKey, numberKeySql } from '../text/number-key.ts';

/** `match` 0: the whole name or number is what was asked for; 1: it begins so; 2: it holds the words. */
export type CustomerFound = { id: CustomerId; name: string; externalId: string; lastAt: number | null; orderCount: number; totalPaidFen: number; conversationCount: number; match: 0 | 1 | 2 };
/** `isAtLeast`: there may be more than `total`, counting stopped. */
export type Lookup<Row> = { rows: Row[]; total: number; isAtLeast: boolean };

/** Rows read to be ranked; a name that more customers share needs another word. */
const MOST_RANKED = 300;

const SELECT_FOUND = `SELECT u.id, u.name, u.external_id AS externalId,
    max(coalesce((SELECT max(paid_at) FROM orders WHERE customer_id = u.id), 0), coalesce((SELECT max(last_at) FROM conversations WHERE customer_id = u.id), 0)) AS lastAt,
    (SELECT count(*) FROM orders WHERE customer_id = u.id) AS orderCount, (SELECT coalesce(sum(paid_fen), 0) FROM orders WHERE customer_id = u.id) AS totalPaidFen,
    (SELECT count(*) FROM conversations WHERE customer_id = u.id) AS conversationCount
  FROM customers u WHERE u.id IN (SELECT value FROM json_each(?))`;

/** Customers by the words of their name or their number, the best match first, then whoever wrote or bought last. */
export function lookUpCustomers(db: ReadableDb, text: string, limit: number): Lookup<CustomerFound> {
  const key = numberKey(text);
  const byNumber = key === '' ? [] : prepared<{ id: string }>(db, `SELECT id FROM customers WHERE ${numberKeySql('external_id')} = ? LIMIT ${MOST_RANKED}`).all(key).map(({ id }) => id);
  const byWords = listByWords(db, 'customer', text, MOST_RANKED);
  const ids = [...new Set([...byNumber, ...byWords])];
  const wanted = normaliseForMatch(text);
  const rows = prepared<Omit<CustomerFound, 'match'>>(db, SELECT_FOUND).all(JSON.stringify(ids)).map((row) => ({ ...row, lastAt: row.lastAt === 0 ? null : row.lastAt, match: matchOf(row, wanted, key) }));
  rows.sort((a, b) => a.match - b.match || (b.lastAt ?? 0) - (a.lastAt ?? 0) || (a.id < b.id ? -1 : 1));
  return { rows: rows.slice(0, limit), total: rows.length, isAtLeast: byWords.length === MOST_RANKED };
}

function matchOf({ name, externalId }: Pick<CustomerFound, 'name' | 'externalId'>, wanted: string, key: string): CustomerFound['match'] {
  const known = normaliseForMatch(name);
  if (known === wanted || numberKey(externalId) === key) return 0;
  return known.startsWith(wanted) ? 1 : 2;
}
