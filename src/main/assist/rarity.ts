import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { SearchCandidate } from '../search/search.types.ts';

/** A past question this near asks for the same (between chance and equality of `rank.ts`); without its vector, one that shares most words. */
const SAME_PROBLEM = { cosine: 0.55, words: 0.6 };
/** A problem that fewer past conversations asked about is rare: an experienced rep has no ready answer to it. */
export const RARE_BELOW_COUNT = 5;

/** The conversations that asked for the same before, this one and its replays left out. */
export function conversationsLikeThis(db: ReadableDb, candidates: readonly SearchCandidate[], excludedConversationIds: readonly string[]): Set<string> {
  const near = candidates.filter(({ kind, cosine, words }) => kind === 'message' && (cosine === null ? words >= SAME_PROBLEM.words : cosine >= SAME_PROBLEM.cosine));
  const ids = near.map(({ seq }) => prepared<{ id: string }>(db, "SELECT conversation_id AS id FROM messages WHERE seq = ? AND role = 'customer'").get(seq)?.id);
  return new Set(ids.filter((id) => id !== undefined && !excludedConversationIds.includes(id)) as string[]);
}

/** Whether the newest score of this conversation is an alert: then suggestions are wanted however usual the problem is. */
export function isHighRisk(db: ReadableDb, conversationId: ConversationId): boolean {
  return prepared<{ risk_band: string | null }>(db, 'SELECT risk_band FROM conversations WHERE id = ?').get(conversationId)?.risk_band === 'alert';
}
