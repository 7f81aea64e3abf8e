import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import { getArticle, getPassagesBySeq, listArticles, restoreArticle, softDeleteArticle, upsertArticle, type NewArticle } from './article.repository.ts';

const passage = (text: string, heading = '') => ({ heading, text, language: 'zh' as const });
const policy: NewArticle = { source: 'policy.md', title: '退换货', language: 'zh', passages: [passage('七天无理由', '退货'), passage('运费谁出', '运费'), passage('质量问题')] };

function upsert({ db, ctx }: TestStore, article: NewArticle, nowMs = ctx.nowMs) {
  return upsertArticle(db, { ...ctx, nowMs }, article);
}

function listIndexed({ db }: TestStore): unknown[] {
  return db.prepare('SELECT rowid FROM passages_fts ORDER BY rowid').pluck().all();
}

describe('articles', () => {
  test('are stored with their passages in order, findable by heading and text', () => {
    const store = openTestStore();
    expect(upsert(store, policy)).toBe('added');
    const { articles, total } = listArticles(store.db, { limit: 10, offset: 0 });
    const summary = { id: articles[0]?.id, title: '退换货', source: 'policy.md', language: 'zh', passageCount: 3, version: 1, updatedAt: store.ctx.nowMs };
    expect({ articles, total }).toEqual({ articles: [summary], total: 1 });
    const article = getArticle(store.db, articles[0]?.id ?? '');
    expect(article.passages.map(({ heading, text }) => [heading, text])).toEqual([['退货', '七天无理由'], ['运费', '运费谁出'], ['', '质量问题']]);
    expect(store.db.prepare("SELECT rowid FROM passages_fts WHERE passages_fts MATCH '退货'").pluck().all()).toEqual([1]);
    expect(getPassagesBySeq(store.db, [3, 99, 1]).map(({ seq, text, articleTitle, source, updatedAt }) => [seq, text, articleTitle, source, updatedAt])).toEqual([[3, '质量问题', '退换货', 'policy.md', store.ctx.nowMs], [1, '七天无理由', '退换货', 'policy.md', store.ctx.nowMs]]);
  });

  test('the same content again is unchanged; a change keeps what stayed', () => {
    const store = openTestStore();
    upsert(store, policy);
    store.db.exec("INSERT INTO passage_vectors (seq, model, vector) VALUES (1, 1, x'01'), (2, 1, x'02'), (3, 1, x'03'); DELETE FROM pending_vectors");
    expect(upsert(store, policy, 99)).toBe('unchanged');
    expect(upsert(store, { ...policy, passages: [passage('质量问题'), passage('新的一条'), passage('七天无理由', '退货')] }, 99)).toBe('updated');
    expect(getPassagesBySeq(store.db, [1, 2, 3, 4]).map(({ seq, text }) => [seq, text])).toEqual([[1, '七天无理由'], [3, '质量问题'], [4, '新的一条']]);
    expect(listArticles(store.db, { limit: 1, offset: 0 }).articles[0]).toMatchObject({ version: 2, updatedAt: 99, passageCount: 3 });
    expect(store.db.prepare('SELECT seq FROM passage_vectors ORDER BY seq').pluck().all()).toEqual([1, 3]);
    expect(store.db.prepare('SELECT seq FROM pending_vectors').pluck().all()).toEqual([4]);
    expect(listIndexed(store)).toEqual([1, 3, 4]);
  });

  test('a deleted article leaves lists and search, and comes back by restore or by another import', () => {
    const store = openTestStore();
    upsert(store, policy);
    const id = listArticles(store.db, { limit: 1, offset: 0 }).articles[0]?.id ?? '';
    expect(softDeleteArticle(store.db, id, 5)).toEqual([1, 2, 3]);
    expect([listArticles(store.db, { limit: 9, offset: 0 }), getPassagesBySeq(store.db, [1]), listIndexed(store)]).toEqual([{ articles: [], total: 0 }, [], []]);
    for (const refused of [() => getArticle(store.db, id), () => softDeleteArticle(store.db, id, 6), () => restoreArticle(store.db, 'nope')]) expect(refused).toThrow(expect.objectContaining({ code: 'not_found' }));
    restoreArticle(store.db, id);
    restoreArticle(store.db, id);
    expect([getArticle(store.db, id).version, listIndexed(store)]).toEqual([1, [1, 2, 3]]);
    softDeleteArticle(store.db, id, 7);
    expect([upsert(store, policy), upsert(store, policy), listIndexed(store)]).toEqual(['updated', 'unchanged', [1, 2, 3]]);
  });

  test('after any change passages and index hold exactly the new article', () => {
    const store = openTestStore();
    const passages = fc.array(fc.constantFrom('甲乙', '丙丁', '戊己', '庚辛').map((text) => passage(text)), { maxLength: 6 });
    fc.assert(
      fc.property(passages, (list) => {
        upsert(store, { ...policy, passages: list });
        const rows = store.db.prepare('SELECT seq, text FROM passages ORDER BY ord').all() as { seq: number; text: string }[];
        expect(rows.map(({ text }) => text)).toEqual(list.map(({ text }) => text));
        expect(listIndexed(store)).toEqual(rows.map(({ seq }) => seq).sort((a, b) => a - b));
        expect(upsert(store, { ...policy, passages: list })).toBe('unchanged');
      }),
      { numRuns: 60 },
    );
  });
});
