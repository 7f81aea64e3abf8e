import { expect, test } from 'vitest';
import { openStoreBefore } from '../open-test-store.ts';

test('words, vectors and queue entries of replies move to their own index; everything else stays', () => {
  const { db, step } = openStoreBefore(17);
  db.exec(`
    INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 's', 'file', '', '{}', 'stopped', 0);
    INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES ('cu', 's', 'c', '林女士', 0);
    INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES ('co', 's', 'ch', 'v', 'cu', 'open', 0, 0);
    INSERT INTO messages (seq, id, conversation_id, external_id, role, text, language, sent_at) VALUES
      (1, 'm1', 'co', '1', 'customer', '能維修嗎', 'zh', 1), (2, 'm2', 'co', '2', 'rep', '可以維修', 'zh', 2), (3, 'm3', 'co', '3', 'rep', ' ', 'zh', 3), (4, 'm4', 'co', '4', 'system', '已接入', 'zh', 4);
    INSERT INTO messages_fts (rowid, tokens) VALUES (1, '能维 维修 修吗'), (2, '可以 以维 维修');
    INSERT INTO message_vectors (seq, model, vector) VALUES (1, 1, x'01'), (2, 1, x'02');
    INSERT INTO pending_vectors (kind, seq) VALUES ('message', 1), ('message', 2), ('passage', 2);`);
  step();
  const matching = (table: string) => db.prepare(`SELECT rowid FROM ${table} WHERE ${table} MATCH '维修'`).pluck().all();
  expect({
    words: [matching('messages_fts'), matching('replies_fts')],
    vectors: [db.prepare('SELECT seq FROM message_vectors').pluck().all(), db.prepare('SELECT seq, model, vector FROM reply_vectors').all()],
    pending: db.prepare('SELECT kind, seq FROM pending_vectors ORDER BY kind, seq').all(),
  }).toEqual({
    words: [[1], [2]],
    vectors: [[1], [{ seq: 2, model: 1, vector: Buffer.from([2]) }]],
    pending: [{ kind: 'message', seq: 1 }, { kind: 'passage', seq: 2 }, { kind: 'reply', seq: 2 }],
  });
});
