import { expect, test } from 'vitest';
import { openStoreBefore } from '../open-test-store.ts';

test('macros keep every row and their seqs; codes become unique for each owner; articles keep every row', () => {
  const { db, step } = openStoreBefore(15);
  const macro = (seq: number, code: string) => `(${seq}, 'm${seq}', 's', '${code}', '', '您好', 'zh', 'h', 0)`;
  db.exec(`INSERT INTO macros (seq, id, shop_id, code, title, text, language, content_hash, updated_at) VALUES ${macro(1, 'hi')}, ${macro(7, 'bye')};
    DELETE FROM macros WHERE seq = 7;
    INSERT INTO articles (id, shop_id, source, title, language, version, content_hash, updated_at) VALUES ('a', 's', 'x.md', '退换', 'zh', 3, 'h', 5)`);
  const columns = (table: string) => db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
  const old = { columns: columns('macros'), macros: db.prepare('SELECT * FROM macros').all(), articles: db.prepare('SELECT * FROM articles').all() };
  step();
  const added = { proposed_at: null, deleted_at: null, attachment_id: null };
  expect({ columns: columns('macros'), macros: db.prepare('SELECT * FROM macros').all(), articles: db.prepare('SELECT * FROM articles').all() }).toEqual({
    columns: [...old.columns, ...Object.keys(added)],
    macros: old.macros.map((row) => ({ ...(row as object), ...added })),
    articles: old.articles.map((row) => ({ ...(row as object), markdown: null, imported_hash: null, rep_id: null })),
  });
  const add = (id: string, scope: string, repId: string | null) => db.prepare("INSERT INTO macros (id, shop_id, code, title, text, language, scope, rep_id, content_hash, updated_at) VALUES (?, 's', 'hi', '', 't', 'zh', ?, ?, 'h', 0)").run(id, scope, repId);
  add('p1', 'personal', 'r1');
  add('p2', 'personal', 'r2');
  expect(() => add('t2', 'team', null)).toThrow(/UNIQUE/);
  expect(() => add('p3', 'personal', 'r1')).toThrow(/UNIQUE/);
  // a seq that was given out before names nothing else, whatever an index in memory still holds
  expect(db.prepare('SELECT seq FROM macros ORDER BY seq').pluck().all()).toEqual([1, 8, 9]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
