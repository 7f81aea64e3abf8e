import { describe, expect, it } from 'vitest';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { softDeleteArticle, upsertArticle } from '../knowledge/article.repository.ts';
import type { SearchCandidate } from '../search/search.types.ts';
import { addMacros } from './assist.fixture.ts';
import { findCandidateRows } from './candidate.repository.ts';

const candidate = (kind: SearchCandidate['kind'], seq: number): SearchCandidate => ({ kind, seq, score: 0.5, words: 0, meaning: 0.5, cosine: 0.5, bm25: 0, matchedWords: ['x'] });

describe('findCandidateRows', () => {
  it('a question stands for its answer, a reply for nothing; other candidates keep their source', () => {
    const store = openTestStore();
    addConversation(store, '王小明', [['customer', '多久赔'], ['rep', '三天内赔'], ['rep', '赔到支付宝'], ['customer', '没人回']]);
    const [macro] = addMacros(store, ['您好{{ customer.name }}']);
    const rows = findCandidateRows(store.db, [candidate('message', 1), candidate('reply', 2), candidate('message', 4), candidate('macro', macro!), candidate('macro', 99)], []);
    expect(rows.map(({ kind, title, matchedOn, body, trust, cosine, shownCount }) => [kind, title(), matchedOn, body(), trust, cosine, shownCount])).toEqual([
      ['message', '王小明', '多久赔', '三天内赔\n赔到支付宝', 0.95, 0.5, 0],
      ['message', '王小明', '没人回', undefined, 0.95, 0.5, 0],
      ['macro', 'm0', '您好{{ customer.name }} 您好', '您好{{ customer.name }}', 1, 0.5, 0],
    ]);
  });

  it('leaves out excluded conversations and answers that name the other customer', () => {
    const store = openTestStore();
    const own = addConversation(store, '林女士', [['customer', '多久赔'], ['rep', '三天内赔']]);
    addConversation(store, '王小明', [['customer', '多久赔'], ['rep', '王先生，三天内赔']]);
    const rows = findCandidateRows(store.db, [1, 3].map((seq) => candidate('message', seq)), [own]);
    expect(rows.map(({ matchedOn, body }) => [matchedOn, body()])).toEqual([['多久赔', undefined]]);
  });

  it('an answer that was rated 1 or 2 is not offered', () => {
    const store = openTestStore();
    for (const [name, csat, answer] of [['林女士', 2, '不归我管'], ['王先生', 3, '三天内赔'], ['赵女士', null, '两天内赔']] as const) {
      const id = addConversation(store, name, [['customer', '多久赔'], ['rep', answer]]);
      store.db.prepare('UPDATE conversations SET csat = ? WHERE id = ?').run(csat, id);
    }
    expect(findCandidateRows(store.db, [1, 3, 5].map((seq) => candidate('message', seq)), []).map(({ body }) => body())).toEqual([undefined, '三天内赔', '两天内赔']);
  });

  it('leaves out passages of a removed article', () => {
    const store = openTestStore();
    upsertArticle(store.db, store.ctx, { source: 'a.md', title: '运费险', language: 'zh', passages: [{ heading: '赔付', text: '三天内赔', language: 'zh' }] });
    const seq = store.db.prepare('SELECT seq FROM passages').pluck().get() as number;
    expect(findCandidateRows(store.db, [candidate('passage', seq)], []).map(({ title, matchedOn }) => [title(), matchedOn])).toEqual([['运费险 · 赔付', '赔付 三天内赔']]);
    softDeleteArticle(store.db, store.db.prepare('SELECT id FROM articles').pluck().get() as string, 1);
    expect(findCandidateRows(store.db, [candidate('passage', seq)], [])).toEqual([]);
  });
});
