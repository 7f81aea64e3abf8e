import { describe, expect, it } from 'vitest';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { DeskmateError } from '../platform/errors.ts';
import { assignRoles } from '../search/model-roles.repository.ts';
import { saveTuning } from '../search/search-tuning.ts';
import { searchTexts } from './suggest.service.ts';
import type { SearchResult } from '../search/search.types.ts';
import { addMacros, found, foundMacro, openSuggestions, statesOf } from './assist.fixture.ts';

const TEXTS = ['签收后三天内赔付', '发票在订单页下载', '尺码偏大建议选小一号'];
const ENGINE_DOWN = new DeskmateError('engine_down', 'The search engine is restarting.', { retryable: true });

function openDesk(question = '运费险多久赔') {
  const store = openTestStore();
  const seqs = addMacros(store, TEXTS);
  const conversationId = addConversation(store, '林女士', [['customer', question]]);
  const desk = openSuggestions(store);
  const context = desk.contextOf(conversationId);
  desk.engine.answer = found([foundMacro(seqs[0]!, 0.9), foundMacro(seqs[1]!, 0.7)]);
  const rows = (sql: string) => store.db.prepare(sql).raw().all();
  const current = () => desk.service.current(conversationId, context.messageId);
  return { ...desk, store, seqs, conversationId, context, rows, current };
}

describe('suggest', () => {
  it('stores and tells what it shows; matching the same message again counts it once', async () => {
    const desk = openDesk();
    const set = await desk.service.suggest(desk.context);
    expect([set.state, statesOf(set.suggestions), desk.shown, desk.current()]).toEqual(['ready', [[TEXTS[0], 'shown'], [TEXTS[1], 'shown']], [set], set]);
    await desk.service.suggest(desk.context);
    expect(desk.rows('SELECT shown_count FROM source_outcomes')).toEqual([[1], [1]]);
    expect(desk.rows('SELECT rank FROM suggestions')).toEqual([[1], [2]]);
  });

  it('leaves what the rep acted on alone: a dismissed suggestion does not come back', async () => {
    const desk = openDesk();
    const { suggestions } = await desk.service.suggest(desk.context);
    desk.service.dismissed(suggestions[0]!.id, 'wrong');
    expect(statesOf((await desk.service.suggest(desk.context)).suggestions)).toEqual([[TEXTS[1], 'shown']]);
  });

  it('is as sure as the shop\'s own replay found it to be right', async () => {
    const desk = openDesk();
    const first = async () => (await desk.service.suggest(desk.context)).suggestions[0]?.score ?? 0;
    // shown once already, so that nothing but the calibration changes
    await first();
    const shipped = await first();
    assignRoles(desk.store.db, { serving: { id: 'm', key: 'm@1', dims: 2, vectorScale: 100, sha256: '' }, next: null });
    const tune = (offset: number) => saveTuning(desk.store.db, { modelKey: 'm@1', madeAt: 1, weights: null, calibration: { slope: 1, offset } });
    tune(-1);
    const logit = (p: number) => Math.log(p / (1 - p));
    expect(logit(shipped) - logit(await first())).toBeCloseTo(1, 9);
    tune(-20);
    expect((await desk.service.suggest(desk.context)).state).toBe('no_match');
  });

  it.each([
    ['small talk', '好的，谢谢', found([]), 'idle', 0],
    ['nothing known', '运费险多久赔', found([]), 'no_match', 1],
    ['nothing found by words alone', '运费险多久赔', found([], true), 'engine_down', 1],
    ['an engine that is away', '运费险多久赔', ENGINE_DOWN, 'engine_down', 1],
  ] as const)('counts %s as matched, so that asking for it again does not match it without end', async (_, question, answer, state, searchCount) => {
    const desk = openDesk(question);
    desk.engine.answer = answer;
    await desk.service.suggest(desk.context);
    expect([desk.current().state, desk.service.isMatched(desk.conversationId, desk.context.messageId), desk.engine.searchCount, desk.shown.map((set) => set.state)]).toEqual([state, true, searchCount, [state]]);
    expect(desk.service.forgetEmpty(state)).toEqual([desk.conversationId]);
    expect([desk.current().state, desk.service.isMatched(desk.conversationId, desk.context.messageId)]).toEqual(['idle', false]);
  });

  it('stores nothing of what was deleted while a second search ran', async () => {
    const desk = openDesk();
    const asked = desk.contextOf(addConversation(desk.store, '王先生', [['customer', '袖口破了能维修吗'], ['customer', '运费险多久赔']]));
    const { answer } = desk.engine;
    Object.defineProperty(desk.engine, 'answer', {
      get() {
        if (desk.engine.searchCount === 2) desk.store.db.prepare('UPDATE macros SET deleted_at = 1 WHERE seq = ?').run(desk.seqs[0]);
        return answer;
      },
    });
    expect([statesOf((await desk.service.suggest(asked)).suggestions), desk.engine.searchCount]).toEqual([[[TEXTS[1], 'shown']], 2]);
    expect(desk.rows('SELECT text FROM suggestions')).toEqual([[TEXTS[1]]]);
  });

  it('is not left matching by an unexpected failure', async () => {
    const desk = openDesk();
    desk.engine.answer = new Error('bug');
    await expect(desk.service.suggest(desk.context)).rejects.toThrow('bug');
    expect([desk.current().state, desk.service.isMatched(desk.conversationId, desk.context.messageId)]).toEqual(['idle', true]);
  });

  it('offers what words alone found, and matches again when the engine is back', async () => {
    const desk = openDesk();
    desk.engine.answer = found([foundMacro(desk.seqs[0]!, 0.9)], true);
    await desk.service.suggest(desk.context);
    expect([desk.current().state, desk.service.forgetEmpty('engine_down')]).toEqual(['ready', [desk.conversationId]]);
  });

  it('shows nothing when off, also of what was stored before', async () => {
    const desk = openDesk();
    await desk.service.suggest(desk.context);
    desk.settings.quietMode = 'off';
    expect(desk.current()).toMatchObject({ state: 'idle', suggestions: [] });
    expect(await desk.service.suggest(desk.context)).toMatchObject({ state: 'idle', suggestions: [] });
  });

  it('a newer message replaces the search under way, and a sent reply ends it', async () => {
    const desk = openDesk();
    let answer: (result: SearchResult) => void = () => {};
    desk.engine.answer = new Promise<SearchResult>((done) => (answer = done));
    const older = desk.service.suggest(desk.context);
    expect(desk.current().state).toBe('matching');
    const newer = desk.service.suggest(desk.context);
    desk.service.settle(desk.conversationId, [], '您好');
    answer(found([foundMacro(desk.seqs[0]!, 0.9)]));
    await Promise.all([older, newer]);
    expect([desk.shown, desk.rows('SELECT * FROM suggestions'), desk.current().state]).toEqual([[], [], 'idle']);
  });
});

describe('what becomes of a suggestion', () => {
  it('records sent with its edit distance, the rest as ignored, and never the same twice', async () => {
    const desk = openDesk();
    const [first, second] = (await desk.service.suggest(desk.context)).suggestions;
    desk.service.inserted(first!.id);
    desk.service.inserted(first!.id);
    desk.service.settle(desk.conversationId, [first!.id], `${TEXTS[0]}哦`);
    desk.service.settle(desk.conversationId, [first!.id], 'again');
    expect(desk.rows('SELECT action, edit_ratio IS NULL FROM feedback ORDER BY rowid')).toEqual([['inserted', 1], ['sent', 0], ['ignored', 1]]);
    expect(desk.rows('SELECT shown_count, sent_count FROM source_outcomes ORDER BY sent_count DESC')).toEqual([[1, 1], [1, 0]]);
    expect(desk.rows('SELECT use_count FROM macros ORDER BY seq')).toEqual([[1], [0], [0]]);
    // a click that comes late changes nothing
    expect([desk.service.inserted(first!.id).status, desk.service.dismissed(first!.id, null).status]).toEqual(['sent', 'sent']);
    // passed over first, sent with the next reply
    desk.service.settle(desk.conversationId, [second!.id], TEXTS[1]!);
    expect(desk.rows('SELECT status FROM suggestions')).toEqual([['sent'], ['sent']]);
  });

  it('can be dismissed, taken and dismissed again', async () => {
    const desk = openDesk();
    const [first] = (await desk.service.suggest(desk.context)).suggestions;
    const statuses = [desk.service.dismissed(first!.id, null), desk.service.inserted(first!.id), desk.service.dismissed(first!.id, null)].map(({ status }) => status);
    expect([statuses, desk.rows('SELECT sum(dismissed_count) FROM source_outcomes')]).toEqual([['dismissed', 'inserted', 'dismissed'], [[1]]]);
  });
});

it('searchTexts asks for the whole turn and for its fullest message', () => {
  const said = (...texts: string[]) => texts.map((text) => ({ role: 'customer' as const, text }));
  expect([
    searchTexts(said('三年前买的冲锋衣袖子刮破了，还能修吗？', '在吗？', '你们到底管不管')),
    searchTexts(said('发票什么时候开', '谢谢')),
    searchTexts(said('好的', '谢谢')),
  ]).toEqual([['三年前买的冲锋衣袖子刮破了，还能修吗？\n你们到底管不管', '三年前买的冲锋衣袖子刮破了，还能修吗？'], ['发票什么时候开'], []]);
});
