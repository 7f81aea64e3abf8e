import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import { markdownOfPassages, passagesOfMarkdown } from './article-text.ts';
import { listVersions } from './article-version.repository.ts';
import { getArticle, getPassagesBySeq, insertArticle, listArticles, restoreArticle, softDeleteArticle, updateArticle, upsertArticle, type NewArticle, type WrittenArticle } from './article.repository.ts';

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
    const summary = { id: articles[0]?.id, title: '退换货', source: 'policy.md', language: 'zh', intent: null, passageCount: 3, version: 1, validFrom: null, validTo: null, updatedAt: store.ctx.nowMs };
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

  test('every passage is found by the title of its article, by the new one once it is renamed, and again after it was deleted', () => {
    const store = openTestStore();
    const found = (word: string) => store.db.prepare('SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rowid').pluck().all(word);
    upsert(store, policy);
    store.db.exec("INSERT INTO passage_vectors (seq, model, vector) VALUES (1, 1, x'01'); DELETE FROM pending_vectors");
    expect(found('换货')).toEqual([1, 2, 3]);
    expect(upsert(store, { ...policy, title: '售后政策', passages: [passage('质量问题'), passage('七天无理由', '退货')] })).toBe('updated');
    expect([found('换货'), found('售后'), found('退货')]).toEqual([[], [1, 3], [1]]);
    expect([store.db.prepare('SELECT count(*) FROM passage_vectors').pluck().get(), store.db.prepare('SELECT seq FROM pending_vectors ORDER BY seq').pluck().all()]).toEqual([0, [1, 3]]);
    const id = listArticles(store.db, { limit: 1, offset: 0 }).articles[0]!.id;
    softDeleteArticle(store.db, id, 5);
    restoreArticle(store.db, id);
    expect(found('售后')).toEqual([1, 3]);
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

const written = (markdown: string, change: Partial<WrittenArticle> = {}): WrittenArticle => ({ title: '退换货', language: 'zh', passages: passagesOfMarkdown(markdown), markdown, repId: 'r1', ...change });

describe('an article that reps write', () => {
  test('is kept in every version; a version saved over is refused, the same words are no version', () => {
    const { db, ctx } = openTestStore();
    const id = insertArticle(db, ctx, written('# 退货\n\n七天无理由。'));
    expect(updateArticle(db, { ...ctx, nowMs: 9 }, id, written('# 退货\n\n十五天无理由。', { repId: 'r2', validTo: 99 }), 1)).toBe('updated');
    expect(updateArticle(db, ctx, id, written('# 退货\n\n十五天无理由。', { validTo: 99 }), 2)).toBe('unchanged');
    expect(() => updateArticle(db, ctx, id, written('x'), 1)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(getArticle(db, id)).toMatchObject({ source: `desk/${id}`, version: 2, markdown: '# 退货\n\n十五天无理由。', validTo: 99, updatedAt: 9, passages: [{ heading: '退货', text: '十五天无理由。' }] });
    expect(listVersions(db, id)).toEqual([{ version: 1, title: '退换货', language: 'zh', intent: null, validFrom: null, validTo: null, markdown: '# 退货\n\n七天无理由。', passages: [{ heading: '退货', text: '七天无理由。', language: 'zh' }], repId: 'r1', savedAt: ctx.nowMs }]);
  });

  test('came from a file: what the rep changed stays until the file says something new, and then is a version', () => {
    const store = openTestStore();
    const { db, ctx } = store;
    upsert(store, policy);
    const { id } = listArticles(db, { limit: 1, offset: 0 }).articles[0]!;
    updateArticle(db, ctx, id, written('改过的'));
    updateArticle(db, ctx, id, written('又改过的'));
    expect([upsert(store, policy), getArticle(db, id).markdown]).toEqual(['unchanged', '又改过的']);
    expect(upsert(store, { ...policy, title: '新规则' })).toBe('updated');
    expect([getArticle(db, id).version, getArticle(db, id).markdown, listVersions(db, id).map(({ version, markdown }) => [version, markdown])]).toEqual([4, null, [[3, '又改过的'], [2, '改过的'], [1, null]]]);
    expect([upsert(store, { ...policy, title: '新规则' }), upsert(store, policy)]).toEqual(['unchanged', 'updated']);
  });

  test('keeps fifty versions', () => {
    const { db, ctx } = openTestStore();
    const id = insertArticle(db, ctx, written('0'));
    for (let number = 1; number <= 53; number += 1) updateArticle(db, ctx, id, written(String(number)));
    expect(listVersions(db, id).map(({ version }) => version)).toEqual(Array.from({ length: 50 }, (_, index) => 53 - index));
  });
});

test('passages as text to edit give the same words under the same headings', () => {
  expect(markdownOfPassages([{ heading: '', text: '1. 先看' }, { heading: '退货 › 鞋', text: '七天\n*不* 拆封' }, { heading: '退货 › 鞋', text: '# 号' }, { heading: '退货 › 包', text: '三天' }, { heading: '退货', text: '总则' }])).toBe(
    '1\\. 先看\n\n# 退货\n\n## 鞋\n\n七天\n\n\\*不\\* 拆封\n\n\\# 号\n\n## 包\n\n三天\n\n# 退货\n\n总则',
  );
  const line = fc.constantFrom('退', '货', 'a', '1', '.', '#', '*', '-', '>', '`', '[', ']', '_', '|', ' ', '<', '\\', '+', '&', '~').chain((first) => fc.array(fc.constantFrom('退', '货', 'a', '1', '.', ')', '#', '*', '-', '_', '`', ' ', '<', '!', '=', '|', '~'), { maxLength: 8 }).map((rest) => [first, ...rest].join('').trim()));
  const heading = fc.array(fc.constantFrom('退货', '鞋', '包'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' › '));
  fc.assert(
    fc.property(fc.array(fc.record({ heading, text: line.map((text) => `文${text}`) }), { minLength: 1, maxLength: 5 }), (passages) => {
      const words = (list: readonly { heading: string; text: string }[]) => list.map(({ heading: above, text }) => `${above}|${text}`.replaceAll(/\s+/g, '')).join('');
      const merged = passages.flatMap((one, index) => (passages[index - 1]?.heading === one.heading ? [] : [{ ...one, text: runOf(passages, index) }]));
      expect(words(passagesOfMarkdown(markdownOfPassages(passages)))).toBe(words(merged));
    }),
  );
});

/** Texts of the passages from `start` on that share its heading: cut again they become one passage. */
function runOf(passages: readonly { heading: string; text: string }[], start: number): string {
  const rest = passages.slice(start);
  const end = rest.findIndex(({ heading }) => heading !== rest[0]?.heading);
  return rest.slice(0, end === -1 ? rest.length : end).map(({ text }) => text).join('\n');
}
