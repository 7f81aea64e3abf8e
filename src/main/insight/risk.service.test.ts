import { describe, expect, it } from 'vitest';
import type { RiskSignal } from '../../shared/contract/risk.contract.ts';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { closeConversation, getSummary } from '../conversations/conversation.repository.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { createRiskService } from './risk.service.ts';

const EXAMPLE = { id: 'e1', text: '我会让所有人都知道你们是怎么做生意的', label: 'escalate' as const };
const MINUTE_MS = 60_000;

function openRisk(similarities: SearchEngine['similarities'] = () => Promise.resolve([])) {
  const store = openTestStore();
  const clock = { now: store.ctx.nowMs };
  const scored: RiskSignal[] = [];
  const risk = createRiskService({ db: store.db, engine: { similarities }, examples: [EXAMPLE], clock: { nowMs: () => clock.now }, newId: store.ctx.newId, onScored: (signal) => scored.push(signal) });
  return { store, clock, scored, risk };
}

describe('createRiskService', () => {
  it('stores the score with reasons that quote their turn, tells it and shows it in the queue', async () => {
    const { store, scored, risk } = openRisk();
    const conversationId = addConversation(store, 'lin', [['customer', '再不处理我就打12315投诉你们']]);
    const signal = await risk.score(conversationId);
    expect(signal).toMatchObject({ band: 'alert', isShown: true, label: null });
    expect(signal?.reasons[0]).toMatchObject({ messageId: signal?.messageId, quote: expect.any(String) as string });
    expect([scored, risk.list(conversationId), getSummary(store.db, conversationId, 0).risk]).toEqual([[signal], [signal], { p: signal?.p, band: 'alert' }]);
  });

  it('grows with the wait on the same row, and keeps what the rep said of it', async () => {
    const { store, clock, risk } = openRisk();
    const conversationId = addConversation(store, 'lin', [['customer', '什么时候发货']], { isLive: true });
    const first = await risk.score(conversationId);
    risk.label(first!.id, 'false_alarm');
    clock.now += 8 * MINUTE_MS;
    const second = await risk.score(conversationId);
    expect([second?.id, second!.p > first!.p, second?.label, risk.list(conversationId).length]).toEqual([first?.id, true, 'false_alarm', 1]);
  });

  it('nobody waits in a closed conversation', async () => {
    const { store, clock, risk } = openRisk();
    const conversationId = addConversation(store, 'lin', [['customer', '什么时候发货']], { isLive: true });
    const before = await risk.score(conversationId);
    closeConversation(store.db, conversationId, { disposition: null, closedAt: 1 });
    clock.now += 365 * 24 * 60 * MINUTE_MS;
    expect((await risk.score(conversationId))?.p).toBe(before?.p);
  });

  it.each(['engine_down', 'internal'] as const)('goes by the words alone when the engine answers %s', async (code) => {
    const { store, risk } = openRisk(() => Promise.reject(new DeskmateError(code, 'no')));
    expect((await risk.score(addConversation(store, 'lin', [['customer', '再不处理我就打12315投诉你们']])))?.band).toBe('alert');
  });

  it('warns of a paraphrase that is near a labelled example, and names it', async () => {
    const { store, risk } = openRisk(() => Promise.resolve([{ exampleId: 'e1', similarity: 0.6 }, { exampleId: 'unknown', similarity: 0.9 }]));
    const signal = await risk.score(addConversation(store, 'lin', [['customer', '你们怎么做生意的大家都会知道']]));
    expect([signal?.band, signal?.reasons[0]?.feature, signal?.reasons[0]?.values['example']]).toEqual(['warn', 'like_escalated', EXAMPLE.text]);
  });

  it('warns again after the cooldown in a very long conversation too', async () => {
    const { store, risk } = openRisk();
    const said = (text: string, count: number): ['customer' | 'rep', string][] => Array.from({ length: count }, (_, at) => (at % 2 === 0 ? ['customer', `${text}${at}`] : ['rep', `好的${at}，今天处理`]));
    const turns: ['customer' | 'rep', string][] = [...said('请问', 80), ['customer', '再不处理我就打12315投诉你们']];
    const shown: (boolean | undefined)[] = [(await risk.score(addConversation(store, 'lin', turns)))?.isShown];
    turns.push(...said('谢谢，请问', 60));
    await risk.score(addConversation(store, 'lin', turns));
    turns.push(['rep', '好'], ['customer', '我要打12315投诉']);
    shown.push((await risk.score(addConversation(store, 'lin', turns)))?.isShown);
    expect(shown).toEqual([true, true]);
  });

  it('scores nothing while the customer has said nothing', async () => {
    const { store, scored, risk } = openRisk();
    expect([await risk.score(addConversation(store, 'lin', [['rep', '您好']])), scored]).toEqual([undefined, []]);
  });
});
