import { expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { checkWordIndexes, countIndexRows, countSearchedRows, isRebuildDue, rebuildIndex } from './rebuild-index.ts';
import { runAtOnce } from './slices.ts';
import { addMacro, addMessage, addPassage } from './store.fixture.ts';
import { createWordsIndex } from './words-index.ts';
import { strikeText } from './set-aside.repository.ts';

function openFilledStore() {
  const { db } = openTestStore();
  addMacro(db, 'refund', '退款时效', '退款会在三天内退回');
  addPassage(db, 'policy', '售后', '审核通过后退款原路返回');
  db.transaction(() => {
    for (let at = 0; at < 1200; at++) addMessage(db, at % 2 === 0 ? 'customer' : 'rep', `第 ${at} 句 退款`);
  })();
  const found = () => {
    const words = createWordsIndex(db);
    return (['passage', 'macro', 'message', 'reply'] as const).map((kind) => words.candidates(kind, words.question('退款'), 'lookup', 2000).length);
  };
  return { db, found };
}

test('a damaged and a half empty index are written anew, orphaned and misshapen vectors go, missing ones are queued', () => {
  const { db, found } = openFilledStore();
  const before = found();
  db.exec("INSERT INTO embedding_models VALUES (1, 'm@1', 4, 1, 's', 'serving'); DELETE FROM pending_vectors");
  db.exec("INSERT INTO macro_vectors VALUES (1, 1, x'01020304'); INSERT INTO message_vectors VALUES (1, 1, x'0102'), (99999, 1, x'01020304')");
  strikeText(db, 'reply', 2, 1);
  strikeText(db, 'reply', 2, 1);
  db.unsafeMode(true);
  db.exec("INSERT INTO messages_fts (messages_fts) VALUES ('delete-all'); UPDATE replies_fts_data SET block = x'00' WHERE id > 10");
  db.unsafeMode(false);
  expect(checkWordIndexes(db)).toEqual([expect.stringContaining('replies_fts')]);
  let rowCount = 0;
  runAtOnce(rebuildIndex(db, (count) => (rowCount += count)));
  expect([found(), checkWordIndexes(db), rowCount, countSearchedRows(db), isRebuildDue(db)]).toEqual([before, [], 1202, 1202, false]);
  expect(countIndexRows(db)).toEqual([
    { kind: 'passage', textCount: 1, wordCount: 1, vectorCount: 0 },
    { kind: 'macro', textCount: 1, wordCount: 1, vectorCount: 1 },
    { kind: 'message', textCount: 600, wordCount: 600, vectorCount: 0 },
    { kind: 'reply', textCount: 600, wordCount: 600, vectorCount: 0 },
  ]);
  expect(db.prepare('SELECT kind, count(*) FROM pending_vectors GROUP BY kind ORDER BY kind').raw().all()).toEqual([['message', 600], ['passage', 1], ['reply', 599]]);
});

test('cut short after any number of slices it goes on, and what was said meanwhile is found once', () => {
  for (let cut = 1; cut < 9; cut += 3) {
    const { db, found } = openFilledStore();
    const slices = rebuildIndex(db);
    for (let slice = 0; slice < cut; slice++) slices.next();
    expect(isRebuildDue(db)).toBe(true);
    addMessage(db, 'customer', '后来的 退款');
    runAtOnce(rebuildIndex(db));
    expect([found(), isRebuildDue(db), checkWordIndexes(db)]).toEqual([[1, 1, 601, 600], false, []]);
  }
});
