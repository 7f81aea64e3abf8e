import type { ConversationId, MessageId } from '../../shared/contract/ids.contract.ts';
import type { HandoverLine } from '../../shared/contract/work.contract.ts';
import { listSuggestions } from '../assist/suggestion.repository.ts';
import { findConversation } from '../conversations/conversation.repository.ts';
import { handoverLines } from '../conversations/handover-summary.ts';
import { listTurns } from '../conversations/message.repository.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { listRiskSignals } from '../insight/risk.repository.ts';
import { DeskmateError } from '../platform/errors.ts';

const TURN_LIMIT = 200;

/** The lines of a handover, from the stored turns, suggestions and warnings. @throws DeskmateError not_found */
export function draftHandover(db: ReadableDb, conversationId: ConversationId, utcOffsetMs: number): HandoverLine[] {
  const conversation = findConversation(db, conversationId);
  if (conversation === undefined) throw new DeskmateError('not_found', 'There is no such conversation.');
  const turns = listTurns(db, conversationId, TURN_LIMIT);
  const lastAsk = turns.findLast(({ role }) => role === 'customer');
  const knownOrders = prepared<{ id: string }>(db, 'SELECT external_id AS id FROM orders WHERE customer_id = ?').all(conversation.customerId).map(({ id }) => id);
  const signal = listRiskSignals(db, conversationId).at(-1);
  const risks = signal === undefined || signal.band === 'none' || signal.label === 'false_alarm' ? [] : signal.reasons;
  return handoverLines({ turns, knownOrders, utcOffsetMs, intent: lastAsk === undefined ? null : nearestIntent(db, lastAsk.id), risks });
}

/** The intent that the best matched knowledge of this message names; a loose match says nothing. */
function nearestIntent(db: ReadableDb, messageId: MessageId): { name: string; messageId: MessageId } | null {
  for (const { fit, sources } of listSuggestions(db, messageId)) {
    if (fit === 'loose') continue;
    for (const { kind, id } of sources) {
      const name = intentOfSource(db, kind, id);
      if (name !== null) return { name, messageId };
    }
  }
  return null;
}

function intentOfSource(db: ReadableDb, kind: string, id: string): string | null {
  if (kind === 'macro') return prepared<{ intent: string | null }>(db, 'SELECT intent FROM macros WHERE id = ?').get(id)?.intent ?? null;
  if (kind === 'passage') return prepared<{ intent: string | null }>(db, 'SELECT a.intent FROM passages p JOIN articles a ON a.id = p.article_id WHERE p.id = ?').get(id)?.intent ?? null;
  return null;
}
