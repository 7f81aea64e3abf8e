import { expect, it } from 'vitest';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { upsertArticle } from '../knowledge/article.repository.ts';
import { deleteMacro, findMacroByCode, upsertMacro } from '../knowledge/macro.repository.ts';
import { listUnanswered, setQuestionState } from '../knowledge/question.repository.ts';
import type { SearchCandidate } from '../search/search.types.ts';
import { addMacros, found, foundMacro, openSuggestions, statesOf } from './assist.fixture.ts';
import { findCandidateRows } from './candidate.repository.ts';
import { createSuggestService } from './suggest.service.ts';

it('articles are suggested between their dates only', () => {
  const { db, ctx } = openTestStore();
  upsertArticle(db, ctx, { source: 'a', title: '大促', language: 'zh', validFrom: 100, validTo: 200, passages: [{ heading: '', text: '满减', language: 'zh' }] });
  const candidate: SearchCandidate = { ...foundMacro(1, 0.9), kind: 'passage' };
  expect([99, 100, 199, 200, null].map((nowMs) => findCandidateRows(db, [candidate], [], { repId: null, nowMs }).length)).toEqual([0, 1, 1, 0, 1]);
});

it("a rep's own macro is suggested to them, and not shown when another rep sits down; a deleted one is shown to nobody", async () => {
  const store = openTestStore();
  upsertMacro(store.db, store.ctx, { code: 'own', title: '', text: '签收后三天内赔付', language: 'zh', scope: 'personal', repId: 'r1' });
  const conversationId = addConversation(store, '林女士', [['customer', '运费险多久赔']]);
  const { contextOf } = openSuggestions(store);
  let repId = 'r1';
  const service = createSuggestService({ db: store.db, engine: { search: () => Promise.resolve(found([foundMacro(1, 0.9)])) }, clock: { nowMs: () => 0 }, newId: store.ctx.newId, settings: () => ({ threshold: null, quietMode: 'full' }), repId: () => repId, onShown: () => {} });
  const context = contextOf(conversationId);
  const current = () => statesOf(service.current(conversationId, context.messageId).suggestions);
  expect((await service.suggest(context)).state).toBe('ready');
  const shown = current();
  repId = 'r2';
  expect([shown, current(), (await service.suggest(context)).state]).toEqual([[['签收后三天内赔付', 'shown']], [], 'no_match']);
  repId = 'r1';
  await service.suggest(context);
  deleteMacro(store.db, findMacroByCode(store.db, 'own', 'r1')?.id ?? '', 1);
  expect(current()).toEqual([]);
});

it('a question nothing was found for is listed until something is found or somebody dealt with it', async () => {
  const store = openTestStore();
  const [seq] = addMacros(store, ['签收后三天内赔付']);
  const conversationId = addConversation(store, '林女士', [['customer', '运费险多久赔']]);
  const desk = openSuggestions(store);
  const context = desk.contextOf(conversationId);
  await desk.service.suggest(context);
  expect(listUnanswered(store.db)).toEqual([{ messageId: context.messageId, conversationId, text: '运费险多久赔', askedAt: store.ctx.nowMs }]);
  desk.engine.answer = found([foundMacro(seq!, 0.9)]);
  await desk.service.suggest(context);
  expect(listUnanswered(store.db)).toEqual([]);
  desk.engine.answer = found([]);
  store.db.exec('DELETE FROM suggestions');
  await desk.service.suggest(context);
  setQuestionState(store.db, [context.messageId], 'dismissed', null);
  await desk.service.suggest(context);
  expect(listUnanswered(store.db)).toEqual([]);
});
