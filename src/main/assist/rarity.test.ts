import { describe, expect, it } from 'vitest';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { openTestStore } from '../db/open-test-store.ts';
import type { SearchCandidate } from '../search/search.types.ts';
import { addMacros, found, foundMacro, openSuggestions } from './assist.fixture.ts';
import { RARE_BELOW_COUNT } from './rarity.ts';

const ANSWER = '签收后三天内赔付运费险';

/** A desk whose engine finds one macro and, of the past, this many conversations that asked the same with this cosine. */
function openQuietDesk(pastCount: number, cosine: number | null = 0.8) {
  const store = openTestStore();
  const [macroSeq = 0] = addMacros(store, [ANSWER]);
  for (let index = 0; index < pastCount; index++) addConversation(store, `past ${index}`, [['customer', '运费险赔多久'], ['rep', '您好，已为您登记']]);
  const asked = store.db.prepare("SELECT seq FROM messages WHERE role = 'customer' ORDER BY seq").pluck().all() as number[];
  const conversationId = addConversation(store, '林女士', [['customer', '运费险多久赔']]);
  const own = store.db.prepare('SELECT max(seq) FROM messages').pluck().get() as number;
  const desk = openSuggestions(store);
  const message = (seq: number): SearchCandidate => ({ kind: 'message', seq, cosine, score: 0.5, words: 0.7, meaning: 0.5, bm25: 0, matchedWords: [] });
  // the customer's own message is found, too; it is no past one
  desk.engine.answer = found([foundMacro(macroSeq, 0.9), ...[...asked, own].map(message)]);
  desk.settings.quietMode = 'rare';
  const context = desk.contextOf(conversationId);
  const setBand = (band: string) => store.db.prepare('UPDATE conversations SET risk_band = ? WHERE id = ?').run(band, conversationId);
  return { ...desk, store, context, conversationId, setBand, current: () => desk.service.current(conversationId, context.messageId), isMatched: () => desk.service.isMatched(conversationId, context.messageId) };
}

describe('rare problems only', () => {
  it.each([
    ['never asked before', 0, 0.8, 'ready'],
    ['asked in a few conversations', RARE_BELOW_COUNT - 1, 0.8, 'ready'],
    ['asked often', RARE_BELOW_COUNT, 0.8, 'idle'],
    ['asked often, by words where there is no vector yet', RARE_BELOW_COUNT, null, 'idle'],
    ['only like others from afar', RARE_BELOW_COUNT + 3, 0.4, 'ready'],
  ] as const)('a problem %s', async (_, pastCount, cosine, state) => {
    const desk = openQuietDesk(pastCount, cosine);
    expect((await desk.service.suggest(desk.context)).state).toBe(state);
  });

  it('a usual problem is held back, counts as matched, and is answered once the risk is high', async () => {
    const desk = openQuietDesk(RARE_BELOW_COUNT);
    await desk.service.suggest(desk.context);
    expect([desk.current().state, desk.isMatched(), desk.store.db.prepare('SELECT count(*) FROM source_outcomes').pluck().get()]).toEqual(['idle', true, 0]);
    desk.setBand('warn');
    expect(desk.isMatched()).toBe(true);
    desk.setBand('alert');
    expect(desk.isMatched()).toBe(false);
    expect((await desk.service.suggest(desk.context)).state).toBe('ready');
    expect([desk.current().suggestions.some(({ text }) => text === ANSWER), desk.isMatched()]).toEqual([true, true]);
  });

  it('hides at once what was shown in full mode for a usual problem, and shows it again in full', async () => {
    const desk = openQuietDesk(RARE_BELOW_COUNT);
    desk.settings.quietMode = 'full';
    const { suggestions } = await desk.service.suggest(desk.context);
    desk.settings.quietMode = 'rare';
    expect(desk.current().suggestions).toEqual([]);
    desk.settings.quietMode = 'full';
    expect(desk.current().suggestions).toEqual(suggestions);
  });
});
