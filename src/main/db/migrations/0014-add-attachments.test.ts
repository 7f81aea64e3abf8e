import { expect, test } from 'vitest';
import { openStoreBefore } from '../open-test-store.ts';

test('messages, replies and drafts of the version before stay as they were and answer nothing', () => {
  const { db, step } = openStoreBefore(14);
  db.exec(`
    INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 's', 'file', '', '{}', 'stopped', 0);
    INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES ('cu', 's', 'c', '林女士', 0);
    INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES ('co', 's', 'ch', 'v', 'cu', 'open', 0, 0);
    INSERT INTO messages (seq, id, conversation_id, external_id, role, text, language, sent_at) VALUES (1, 'm1', 'co', '1', 'customer', '能维修吗', 'zh', 1);
    INSERT INTO outbox (id, conversation_id, text, state, suggestion_ids, created_at, updated_at) VALUES ('o1', 'co', '可以', 'queued', '[]', 1, 1);
    INSERT INTO drafts (conversation_id, text, caret, marks, updated_at) VALUES ('co', '您好', 2, '[]', 1);`);
  step();
  const all = (sql: string) => db.prepare(sql).all();
  expect([all('SELECT id, text, reply_to FROM messages'), all('SELECT id, text, reply_to FROM outbox'), all('SELECT text, caret, reply_to FROM drafts')]).toEqual([
    [{ id: 'm1', text: '能维修吗', reply_to: null }], [{ id: 'o1', text: '可以', reply_to: null }], [{ text: '您好', caret: 2, reply_to: null }],
  ]);
  expect(['attachments', 'attachment_chunks', 'message_attachments', 'draft_attachments', 'outbox_attachments', 'evidence'].map((table) => all(`SELECT * FROM ${table}`))).toEqual([[], [], [], [], [], []]);
});
