import { expect, test } from 'vitest';
import type { ConversationId, RepId, SuggestionId } from '../../shared/contract/ids.contract.ts';
import { todaySummarySchema } from '../../shared/contract/today.contract.ts';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import { addConversation } from './conversation.fixture.ts';
import { insertMessage, type NewMessage } from './message.repository.ts';
import { getTodaySummary } from './today.repository.ts';
import { applyWork, undoWork } from './work-action.repository.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

function openDay() {
  const store: TestStore = openTestStore();
  const { db, ctx } = store;
  const [me, other] = [ctx.newId(), ctx.newId()] as [RepId, RepId];
  const insertRep = db.prepare("INSERT INTO reps (id, shop_id, name, role, certificate_level, created_at) VALUES (?, 's', ?, 'rep', 'junior', 1)");
  for (const [index, id] of [me, other].entries()) insertRep.run(id, `rep ${index}`);
  const fromAt = ctx.nowMs;
  const conversations = new Map<string, ConversationId>();
  const idOf = (name: string): ConversationId => {
    const id = conversations.get(name) ?? addConversation(store, name, []);
    conversations.set(name, id);
    return id;
  };
  let count = 0;
  const say = (name: string, role: NewMessage['role'], at: number, repId?: RepId) => {
    count += 1;
    const made = insertMessage(db, ctx, { conversationId: idOf(name), externalId: `e${count}`, role, ...(repId === undefined ? {} : { repId }), text: '在', sentAt: fromAt + at, language: 'zh', piiSpans: [], isLive: true });
    return made!.message.id;
  };
  const close = (name: string, at: number, repId: RepId) => applyWork(db, { ...ctx, nowMs: fromAt + at }, { conversationId: idOf(name), repId, kind: 'closed', change: { conversation: { state: 'closed' } } })!;
  const use = (name: string, at: number, repId: RepId) => {
    const id = ctx.newId() as SuggestionId;
    db.prepare("INSERT INTO suggestions (id, conversation_id, message_id, kind, text, rank, score, body, status, created_at, updated_at) VALUES (?, ?, 'm', 'reply', '', 1, 1, '{}', 'sent', 1, 1)").run(id, idOf(name));
    db.prepare("INSERT INTO feedback (id, suggestion_id, action, rep_id, at) VALUES (?, ?, 'sent', ?, ?)").run(ctx.newId(), id, repId, fromAt + at);
  };
  return { db, ctx, me, other, fromAt, idOf, say, close, use, summary: (repId = me) => getTodaySummary(db, { repId, fromAt, toAt: fromAt + 24 * HOUR }) };
}

test('a day tells the own responses, what was closed and which suggestions were used', () => {
  const { me, other, fromAt, idOf, say, close, use, summary } = openDay();
  say('林', 'customer', -10 * MINUTE);
  say('林', 'bot', -9 * MINUTE);
  const first = say('林', 'rep', 5 * MINUTE, me);
  say('林', 'customer', HOUR);
  say('林', 'rep', HOUR + 2 * MINUTE, other);
  say('王', 'customer', 2 * HOUR);
  const second = say('王', 'rep', 2 * HOUR + MINUTE, me);
  say('王', 'customer', 2 * HOUR + 5 * MINUTE);
  const third = say('王', 'rep', 2 * HOUR + 8 * MINUTE, me);
  say('昨', 'customer', -5 * HOUR);
  say('昨', 'rep', -4 * HOUR, me);
  close('王', 3 * HOUR, me);
  close('林', 3 * HOUR, other);
  use('王', 2 * HOUR, me);
  use('王', 2 * HOUR + MINUTE, me);
  use('林', 1, other);
  const place = (name: string, at: number) => ({ conversationId: idOf(name), customerName: name, at: fromAt + at });
  const stats = (count: number, medianMs: number | null) => ({ count, medianMs, p90Ms: null });
  const now = summary();
  expect(todaySummarySchema.parse(now)).toEqual(now);
  expect(now).toEqual({
    fromAt, first: stats(2, 8 * MINUTE), all: stats(3, 3 * MINUTE),
    hours: [{ startAt: fromAt, first: stats(1, 15 * MINUTE), all: stats(1, 15 * MINUTE) }, { startAt: fromAt + 2 * HOUR, first: stats(1, MINUTE), all: stats(2, 2 * MINUTE) }],
    responses: [
      { conversationId: idOf('林'), customerName: '林', messageId: first, askedAt: fromAt - 10 * MINUTE, answeredAt: fromAt + 5 * MINUTE, isFirst: true },
      { conversationId: idOf('王'), customerName: '王', messageId: second, askedAt: fromAt + 2 * HOUR, answeredAt: fromAt + 2 * HOUR + MINUTE, isFirst: true },
      { conversationId: idOf('王'), customerName: '王', messageId: third, askedAt: fromAt + 2 * HOUR + 5 * MINUTE, answeredAt: fromAt + 2 * HOUR + 8 * MINUTE, isFirst: false },
    ],
    answered: [place('王', 2 * HOUR + 8 * MINUTE), place('林', 5 * MINUTE)],
    closed: [place('王', 3 * HOUR)],
    suggestionsUsed: [place('王', 2 * HOUR + MINUTE), place('王', 2 * HOUR)],
  });
  expect(summary(other).responses.map(({ customerName }) => customerName)).toEqual(['林']);
});

test('a closing taken back is none, and before the first reply the day is empty', () => {
  const { db, ctx, me, fromAt, say, close, summary } = openDay();
  say('林', 'customer', MINUTE);
  const nothing = { count: 0, medianMs: null, p90Ms: null };
  const empty = { fromAt, first: nothing, all: nothing, hours: [], responses: [], answered: [], closed: [], suggestionsUsed: [] };
  expect(summary()).toEqual(empty);
  const action = close('林', 2 * MINUTE, me);
  expect(summary().closed).toHaveLength(1);
  undoWork(db, ctx, me, [action]);
  expect(summary()).toEqual(empty);
});
