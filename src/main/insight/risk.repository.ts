import { z } from 'zod';
import type { ConversationId, MessageId, RiskSignalId } from '../../shared/contract/ids.contract.ts';
import { riskReasonSchema, type RiskBand, type RiskSignal } from '../../shared/contract/risk.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import { INITIAL_ALERT_STATE, type AlertState } from './risk/alert-state.ts';

type RiskRow = {
  seq: number; id: string; conversation_id: string; message_id: string; kind: RiskSignal['kind']; p: number; band: RiskBand; reasons: string;
  alert_state: string; is_shown: number; model_version: string; label: RiskSignal['label']; created_at: number;
};

const reasonsSchema = z.array(riskReasonSchema);

function rowToSignal(row: RiskRow): RiskSignal {
  return {
    id: row.id as RiskSignalId,
    conversationId: row.conversation_id as ConversationId,
    messageId: row.message_id as MessageId,
    kind: row.kind,
    p: row.p,
    band: row.band,
    reasons: reasonsSchema.parse(JSON.parse(row.reasons)),
    modelVersion: row.model_version,
    isShown: row.is_shown === 1,
    label: row.label,
    createdAt: row.created_at,
  };
}

/** Stores the score of one message; scoring it again (a longer wait) updates the same row and keeps the rep's label. */
export function upsertRiskSignal(db: WritableDb, signal: Omit<RiskSignal, 'label'>, alertState: AlertState): RiskSignal {
  prepared(db, `
    INSERT INTO risk_signals (id, conversation_id, message_id, kind, p, band, reasons, alert_state, is_shown, model_version, created_at)
    VALUES (@id, @conversationId, @messageId, @kind, @p, @band, @reasons, @alertState, @isShown, @modelVersion, @createdAt)
    ON CONFLICT (message_id, kind) DO UPDATE SET p = excluded.p, band = excluded.band, reasons = excluded.reasons,
      alert_state = excluded.alert_state, is_shown = max(is_shown, excluded.is_shown), model_version = excluded.model_version`)
    .run({ ...signal, isShown: signal.isShown ? 1 : 0, reasons: JSON.stringify(signal.reasons), alertState: JSON.stringify(alertState) });
  const row = prepared(db, 'SELECT * FROM risk_signals WHERE message_id = ? AND kind = ?').get(signal.messageId, signal.kind);
  return rowToSignal(row as RiskRow);
}

/** Oldest first. */
export function listRiskSignals(db: ReadableDb, conversationId: ConversationId): RiskSignal[] {
  return (prepared(db, 'SELECT * FROM risk_signals WHERE conversation_id = ? ORDER BY seq').all(conversationId) as RiskRow[]).map(rowToSignal);
}

/** The warning state before this message was scored. */
export function alertStateBefore(db: ReadableDb, conversationId: ConversationId, messageId: MessageId): AlertState {
  const row = prepared(db, `SELECT alert_state FROM risk_signals WHERE conversation_id = ? AND kind = 'escalation' AND message_id <> ? ORDER BY seq DESC LIMIT 1`).get(conversationId, messageId) as { alert_state: string } | undefined;
  return row === undefined ? INITIAL_ALERT_STATE : (JSON.parse(row.alert_state) as AlertState);
}

/** Of the whole conversation: the cooldown counts turns, and a window over the last ones would stand still in a long conversation. */
export function countCustomerMessages(db: ReadableDb, conversationId: ConversationId): number {
  return prepared<{ count: number }>(db, "SELECT count(*) AS count FROM messages WHERE conversation_id = ? AND role = 'customer'").get(conversationId)?.count ?? 0;
}

/** The state after this message was last scored, if it was. */
export function findAlertState(db: ReadableDb, messageId: MessageId): AlertState | undefined {
  const row = prepared(db, `SELECT alert_state FROM risk_signals WHERE message_id = ? AND kind = 'escalation'`).get(messageId) as { alert_state: string } | undefined;
  return row === undefined ? undefined : (JSON.parse(row.alert_state) as AlertState);
}

/** @throws DeskmateError not_found */
export function setRiskLabel(db: WritableDb, id: RiskSignalId, label: RiskSignal['label']): RiskSignal {
  const { changes } = prepared(db, 'UPDATE risk_signals SET label = ? WHERE id = ?').run(label, id);
  if (changes !== 1) throw new DeskmateError('not_found', 'This warning is not stored any more.');
  return rowToSignal(prepared(db, 'SELECT * FROM risk_signals WHERE id = ?').get(id) as RiskRow);
}

/** True when the customer opened a complaint-like after-sale case or was warned about within the last 90 days and it was right. */
export function hasRecentComplaint(db: ReadableDb, conversationId: ConversationId, sinceAt: number): boolean {
  const row = prepared(db, `
    SELECT 1 FROM after_sales a JOIN conversations c ON c.customer_id = a.customer_id
    WHERE c.id = @conversationId AND a.opened_at >= @sinceAt AND (a.type LIKE '%投诉%' OR lower(a.type) LIKE '%complaint%')
    UNION ALL
    SELECT 1 FROM risk_signals r JOIN conversations o ON o.id = r.conversation_id JOIN conversations c ON c.customer_id = o.customer_id
    WHERE c.id = @conversationId AND o.id <> c.id AND r.label = 'right' AND r.created_at >= @sinceAt
    LIMIT 1`).get({ conversationId, sinceAt });
  return row !== undefined;
}
