import type { ConversationId, MessageId, RiskSignalId } from '../../shared/contract/ids.contract.ts';
import type { RiskReason, RiskSignal } from '../../shared/contract/risk.contract.ts';
import { findConversation, setRisk } from '../conversations/conversation.repository.ts';
import { listTurns } from '../conversations/message.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { Clock } from '../platform/clock.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { IdMaker } from '../platform/ids.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { nextAlertState } from './risk/alert-state.ts';
import { scoreEscalation, type EscalationScore } from './risk/cold-start.ts';
import { addContribution } from './risk/escalation-score.ts';
import { nearestExampleContribution, type NearExample } from './risk/nearest-examples.ts';
import type { RiskContribution, RiskTurn } from './risk/risk-turn.ts';
import type { RiskExample } from './risk/risk-examples.ts';
import { createTurnMemory } from './risk/turn-memory.ts';
import { alertStateBefore, countCustomerMessages, findAlertState, hasRecentComplaint, listRiskSignals, setRiskLabel, upsertRiskSignal } from './risk.repository.ts';

export const RISK_MODEL_VERSION = 'cold-start-1+examples-1';
export const ESCALATION_SET = 'escalation';
const TURN_LIMIT = 60;
const MAX_REASONS = 3;
const COMPLAINT_WINDOW_MS = 90 * 86_400_000;

export type RiskServiceDeps = { db: WritableDb; engine: Pick<SearchEngine, 'similarities'>; examples: readonly RiskExample[]; clock: Clock; newId: IdMaker; onScored: (signal: RiskSignal) => void };

export type RiskService = ReturnType<typeof createRiskService>;

/** Scores one conversation as of a customer message, with and without a running engine. */
export function createRiskService(deps: RiskServiceDeps) {
  const examples = new Map(deps.examples.map((example) => [example.id, example]));
  const memory = createTurnMemory();
  return {
    /** Scores the conversation up to its newest customer message; undefined when the customer has said nothing yet. */
    async score(conversationId: ConversationId): Promise<RiskSignal | undefined> {
      const turns = listTurns(deps.db, conversationId, TURN_LIMIT);
      const message = turns.findLast((turn) => turn.role === 'customer');
      if (message === undefined) return undefined;
      const near = await nearestTo(deps.engine, examples, message.text);
      const now = deps.clock.nowMs();
      // nobody waits in a closed conversation: it is scored as of its last message
      const isClosed = findConversation(deps.db, conversationId)?.state === 'closed';
      const score = scoreTurns(turns.map((turn) => memory.turnOf({ id: turn.id, role: turn.role, text: turn.text, at: turn.sentAt })), near, {
        now: isClosed ? message.sentAt : now,
        hasRecentComplaint: hasRecentComplaint(deps.db, conversationId, now - COMPLAINT_WINDOW_MS),
      });
      const turnIndex = countCustomerMessages(deps.db, conversationId) - 1;
      const signal = storeScore(deps, { conversationId, messageId: message.id, score, turnIndex, now });
      deps.onScored(signal);
      return signal;
    },
    forgetTurns: memory.forget,
    list: (conversationId: ConversationId) => listRiskSignals(deps.db, conversationId),
    label: (id: RiskSignalId, label: RiskSignal['label']) => setRiskLabel(deps.db, id, label),
  };
}

/** The rule of the domain reference plus what the nearest labelled examples say of the newest customer message. */
export function scoreTurns(turns: readonly RiskTurn[], near: readonly NearExample[], context: { now: number; hasRecentComplaint?: boolean }): EscalationScore {
  const score = scoreEscalation(turns, context);
  const last = turns.findLast((turn) => turn.role === 'customer');
  return last === undefined ? score : addContribution(score, nearestExampleContribution(last, near));
}

/** Without an engine, or for a text it cannot read, the words alone decide; the warning line then only lacks paraphrases. */
export async function nearestTo(engine: Pick<SearchEngine, 'similarities'>, examples: ReadonlyMap<string, RiskExample>, text: string): Promise<NearExample[]> {
  try {
    const similarities = await engine.similarities(text, ESCALATION_SET);
    return similarities.flatMap(({ exampleId, similarity }) => {
      const example = examples.get(exampleId);
      return example === undefined ? [] : [{ exampleId, label: example.label, text: example.text, similarity }];
    });
  } catch (error) {
    if (error instanceof DeskmateError) return [];
    throw error;
  }
}

type Scored = { conversationId: ConversationId; messageId: MessageId; score: EscalationScore; turnIndex: number; now: number };

function storeScore(deps: RiskServiceDeps, { conversationId, messageId, score, turnIndex, now }: Scored): RiskSignal {
  return deps.db.transaction(() => {
    const before = findAlertState(deps.db, messageId) ?? alertStateBefore(deps.db, conversationId, messageId);
    const alertState = nextAlertState(before, score.p, turnIndex);
    const signal = upsertRiskSignal(
      deps.db,
      {
        id: deps.newId() as RiskSignalId, conversationId, messageId, kind: 'escalation', p: score.p, band: alertState.band,
        reasons: reasonsOf(score.contributions), modelVersion: RISK_MODEL_VERSION, isShown: alertState.isShown, createdAt: now,
      },
      alertState,
    );
    setRisk(deps.db, conversationId, { p: score.p, band: alertState.band });
    return signal;
  })();
}

/** The three that speak loudest for a warning; what speaks against it is no reason to warn. */
export function reasonsOf(contributions: readonly RiskContribution[]): RiskReason[] {
  return contributions
    .filter((contribution) => contribution.weight > 0)
    .slice(0, MAX_REASONS)
    .map(({ feature, weight, turnId, quote, values }) => ({ feature, weight, messageId: turnId as MessageId | null, quote, values }));
}
