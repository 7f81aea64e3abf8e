import type { FindKind, Recents } from '../../shared/contract/everywhere.contract.ts';
import type { ConversationId, CustomerId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { listRecentlyOpened, listRecentSearches } from '../search/recent.repository.ts';

type Opened = Recents['opened'][number];
type OpenedNow = { title: string; detail: string; conversationId: ConversationId | null; customerId: CustomerId | null };

const DETAIL_CHARACTERS = 80;
const NOBODY = 'NULL AS conversationId, NULL AS customerId';
/** Worded from the store each time: a recent thing says what it says now, and nothing once it is gone. */
const NOW = {
  customer: 'SELECT name AS title, external_id AS detail, NULL AS conversationId, id AS customerId FROM customers WHERE id = @id',
  order: 'SELECT o.external_id AS title, u.name AS detail, NULL AS conversationId, o.customer_id AS customerId FROM orders o JOIN customers u ON u.id = o.customer_id WHERE o.id = @id',
  conversation: `SELECT u.name AS title, coalesce(substr(m.text, 1, ${DETAIL_CHARACTERS}), '') AS detail, c.id AS conversationId, c.customer_id AS customerId
    FROM conversations c JOIN customers u ON u.id = c.customer_id LEFT JOIN messages m ON m.seq = c.last_seq WHERE c.id = @id`,
  note: `SELECT u.name AS title, substr(n.text, 1, ${DETAIL_CHARACTERS}) AS detail, n.conversation_id AS conversationId, c.customer_id AS customerId
    FROM notes n JOIN conversations c ON c.id = n.conversation_id JOIN customers u ON u.id = c.customer_id WHERE n.id = @id AND n.deleted_at IS NULL`,
  article: `SELECT CASE p.heading WHEN '' THEN a.title ELSE p.heading END AS title, a.title AS detail, ${NOBODY} FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.id = @id AND a.deleted_at IS NULL`,
  product: `SELECT title, external_id AS detail, ${NOBODY} FROM products WHERE id = @id`,
  macro: `SELECT title, code AS detail, ${NOBODY} FROM macros WHERE id = @id AND deleted_at IS NULL AND (scope <> 'personal' OR rep_id = @repId)`,
} as const satisfies Record<FindKind, string>;

/** What this rep searched for and opened, newest first; what is gone is left out. */
export function readRecents(db: ReadableDb, repId: string): Recents {
  const opened = listRecentlyOpened(db, repId).flatMap(({ kind, id }): Opened[] => {
    const now = prepared<OpenedNow>(db, NOW[kind]).get({ id, repId });
    return now === undefined ? [] : [{ kind, id, ...now }];
  });
  return { searches: listRecentSearches(db, repId), opened };
}
