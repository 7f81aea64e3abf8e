import { expect, test } from 'vitest';
import { openStoreBefore } from '../open-test-store.ts';

test('passages are found by the title of their article and wait for new vectors; those of deleted articles stay unfound', () => {
  const { db, step } = openStoreBefore(23);
  db.exec(`
    INSERT INTO articles (id, shop_id, source, title, language, version, content_hash, updated_at, deleted_at) VALUES
      ('a1', 's', 'boots.md', '登山鞋保养', 'zh', 1, '', 0, NULL), ('a2', 's', 'q#1', '运费谁出', 'zh', 1, '', 0, NULL), ('a3', 's', 'old.md', '登山杖', 'zh', 1, '', 0, 5);
    INSERT INTO passages (seq, id, article_id, ord, heading, text, language) VALUES (1, 'p1', 'a1', 0, '皮面', '一个月打一次蜡', 'zh'), (2, 'p2', 'a2', 0, '运费谁出', '由店铺承担', 'zh'), (3, 'p3', 'a3', 0, '', '拧紧', 'zh');
    INSERT INTO passages_fts (rowid, tokens) VALUES (1, '皮面 一个 个月'), (2, '运费 费谁 谁出 由店');
    INSERT INTO passage_vectors (seq, model, vector) VALUES (1, 1, x'01'), (2, 1, x'02');
    INSERT INTO pending_vectors (kind, seq) VALUES ('passage', 2), ('macro', 7);`);
  step();
  const matching = (words: string) => db.prepare('SELECT rowid FROM passages_fts WHERE passages_fts MATCH ?').pluck().all(words);
  expect({
    words: ['登山', '皮面', '打一', '运费', '拧紧'].map(matching),
    vectors: db.prepare('SELECT seq, vector FROM passage_vectors').all(),
    pending: db.prepare('SELECT kind, seq FROM pending_vectors ORDER BY kind, seq').all(),
  }).toEqual({
    words: [[1], [1], [1], [2], []],
    vectors: [{ seq: 1, vector: Buffer.from([1]) }, { seq: 2, vector: Buffer.from([2]) }],
    pending: [{ kind: 'macro', seq: 7 }, { kind: 'passage', seq: 1 }, { kind: 'passage', seq: 2 }],
  });
});
