import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { insertAudit, listAudit } from '../access/audit.repository.ts';
import { upsertAfterSale } from '../customers/after-sale.repository.ts';
import { findCustomer } from '../customers/customer.repository.ts';
import { upsertOrder } from '../customers/order.repository.ts';
import { upsertReview } from '../customers/review.repository.ts';
import { openReader, openWriter } from '../db/open-db.ts';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import { insertJob, listJobs, updateJob } from '../jobs/job.repository.ts';
import type { CustomerId, JobId, OutboxId, RepId } from '../../shared/contract/ids.contract.ts';
import { storeAttachment } from './attachment-store.ts';
import { addConversation } from './conversation.fixture.ts';
import { insertHiddenNote } from './note.repository.ts';
import { applyWork } from './work-action.repository.ts';
import { saveDraft } from './draft.repository.ts';
import { eraseCustomer, erasePreview, scrubErased } from './erase.service.ts';
import { insertReply } from './outbox.repository.ts';

/** Words that nobody else says, in Chinese and in English. */
const PHRASE = '翡翠貔貅镇宅 zanzibarquux';
const SECRETS = ['翡翠', '翠貔', '貔貅', '貅镇', '镇宅', 'zanzibarquux', 'buyer-4711'];

function insertSuggestion({ db, ctx }: TestStore, conversationId: string, body: object): void {
  db.prepare("INSERT INTO suggestions (id, conversation_id, message_id, kind, text, rank, score, body, status, created_at, updated_at) VALUES (?, ?, 'm', 'reply', ?, 1, 0.5, ?, 'shown', 1, 1)")
    .run(ctx.newId(), conversationId, JSON.stringify(body), JSON.stringify(body));
}

/** One customer whose words are in every table that can hold them, among many others. */
function openStoreWithCustomer(): TestStore & { customerId: CustomerId } {
  const store = openTestStore();
  return { ...store, customerId: store.db.transaction(() => addEverything(store))() };
}

function addEverything(store: TestStore): CustomerId {
  const { db, ctx } = store;
  for (let index = 0; index < 150; index += 1) addConversation(store, `other ${index}`, [['customer', `发货了吗 ${index} ${'尺码偏大'.repeat(index % 20)}`], ['rep', '今天发']]);
  const conversationId = addConversation(store, PHRASE, [['customer', `${PHRASE}坏了`], ['rep', `您的${PHRASE}可以退`], ['bot', PHRASE], ['customer', `${PHRASE}谢谢`.repeat(300)]]);
  for (let index = 150; index < 300; index += 1) addConversation(store, `other ${index}`, [['customer', `退款 ${index}`], ['rep', '好的']]);
  db.prepare('UPDATE customers SET external_id = ? WHERE name = ?').run('buyer-4711', PHRASE);
  const customerId = findCustomer(db, 'buyer-4711')?.id;
  if (customerId === undefined) throw new Error('no customer');
  const who = { customerExternalId: 'buyer-4711' };
  upsertOrder(db, ctx, { ...who, externalId: 'o1', paidFen: 100, paidAt: 1, addressMasked: PHRASE, items: [{ title: PHRASE }, { title: 'x' }] });
  upsertAfterSale(db, ctx, { ...who, externalId: 'a1', type: 'refund', reason: PHRASE });
  upsertReview(db, ctx, { ...who, externalId: 'r1', score: 1, text: PHRASE });
  saveDraft(db, { conversationId, text: PHRASE, caret: 0, marks: [] }, 1);
  insertReply(db, { id: '01K00000000000000000000001' as OutboxId, conversationId, text: PHRASE, suggestionIds: [] }, 1);
  saveDraft(db, { conversationId, text: PHRASE, caret: 0, marks: [] }, 1);
  storeAttachment(db, ctx, conversationId, { kind: 'bytes', name: `${PHRASE}.txt`, bytes: Buffer.from(PHRASE) });
  const message = db.prepare('SELECT seq, id FROM messages WHERE conversation_id = ? ORDER BY seq').get(conversationId) as { seq: number; id: string };
  const otherConversation = db.prepare("SELECT id FROM conversations WHERE external_id = 'conversation of other 7'").pluck().get() as string;
  insertSuggestion(store, conversationId, { text: PHRASE });
  insertSuggestion(store, otherConversation, { sources: [{ kind: 'message', id: message.id, matchedText: PHRASE }] });
  insertSuggestion(store, otherConversation, { sources: [{ kind: 'passage', id: ctx.newId() }] });
  db.prepare("INSERT INTO risk_signals (id, conversation_id, message_id, kind, p, band, reasons, alert_state, is_shown, model_version, created_at) VALUES ('r', ?, ?, 'churn', 0.5, 'warn', ?, 'idle', 0, 'v', 1)").run(conversationId, message.id, PHRASE);
  const noteId = insertHiddenNote(db, ctx, { conversationId, repId: 'rep' as RepId, kind: 'handover', text: PHRASE });
  applyWork(db, ctx, { conversationId, repId: 'rep' as RepId, kind: 'note_edited', noteId, change: { note: { text: `${PHRASE} again` }, conversation: { disposition_note: PHRASE } } });
  db.prepare("INSERT INTO source_outcomes (source_kind, source_id) VALUES ('message', ?), ('message', 'another')").run(message.id);
  db.prepare("INSERT INTO message_vectors (seq, model, vector) VALUES (?, 1, x'0102'), (1, 1, x'0304')").run(message.seq);
  insertAudit(db, ctx, { repId: 'rep', action: 'customer.rename', entity: 'customer', entityId: customerId, before: { name: PHRASE } });
  insertAudit(db, ctx, { repId: 'rep', action: 'import', entity: 'file', entityId: 'f', after: { first: `buyer-4711 ${PHRASE}` } });
  const job = { id: 'j' as JobId, kind: 'import' as const, title: `${PHRASE}.csv`, state: 'failed' as const, doneRatio: null, doneCount: 1, perSecond: 0, startedAt: 1, endedAt: 2 };
  insertJob(db, { ...job, error: null, report: null });
  updateJob(db, { ...job, error: `cannot read ${PHRASE}`, report: { added: 1, updated: 0, unchanged: 0, rejected: [{ file: 'a', line: 1, reason: PHRASE }], rejectedCount: 1 } }, null);
  return customerId;
}

/** The bytes of a store file with the encryption taken off page by page, so that free space and leftovers in pages show as they are. */
function decryptedBytes({ dir, key }: TestStore, file: string): string {
  const plain = path.join(dir, 'plain.db');
  copyFileSync(file, plain);
  const db = new Sqlite(plain);
  db.pragma("cipher = 'aegis'");
  db.pragma(`key = 'raw:${key.toString('hex')}'`);
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.close();
  return readFileSync(plain).toString('utf8');
}

function listFound(bytes: string): string[] {
  return SECRETS.filter((secret) => bytes.includes(secret));
}

describe('eraseCustomer', () => {
  test('the check sees the words before', () => {
    const store = openStoreWithCustomer();
    store.db.pragma('wal_checkpoint(TRUNCATE)');
    expect(listFound(decryptedBytes(store, store.file))).toEqual(SECRETS);
  });

  test('removes every row and word, and counts them', () => {
    const store = openStoreWithCustomer();
    const { db, ctx, customerId } = store;
    const preview = erasePreview(db, customerId);
    expect(preview).toEqual({
      customerId, externalId: 'buyer-4711', name: PHRASE,
      counts: { orders: 1, orderItems: 2, afterSales: 1, reviews: 1, conversations: 1, messages: 4, attachments: 1, drafts: 1, replies: 1, suggestions: 2, notes: 1, riskSignals: 1 },
    });
    const messageCount = db.prepare('SELECT count(*) FROM messages').pluck().get() as number;
    expect(eraseCustomer(db, ctx, customerId, 'rep')).toEqual({ erased: preview, messageSeqs: [301, 302, 303, 304] });
    expect(db.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(messageCount - 4);
    expect(db.prepare('SELECT count(*) FROM suggestions').pluck().get()).toBe(1);
    expect(db.prepare('SELECT source_id FROM source_outcomes').pluck().all()).toEqual(['another']);
    expect(db.prepare('SELECT seq FROM message_vectors').pluck().all()).toEqual([1]);
    expect(db.prepare("SELECT count(*) FROM replies_fts WHERE replies_fts MATCH '今天'").pluck().get()).toBe(150);
    expect(listAudit(db)[0]).toMatchObject({ action: 'customer.erase', entityId: customerId, repId: 'rep', after: preview.counts });
    expect(listJobs(db, 9)).toEqual([expect.objectContaining({ title: '', error: null, report: { added: 1, updated: 0, unchanged: 0, rejected: [], rejectedCount: 1 } })]);
    expect(() => eraseCustomer(db, ctx, customerId, 'rep')).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('leaves none of the words in any page of the store, its log, or a later copy', () => {
    const store = openStoreWithCustomer();
    eraseCustomer(store.db, store.ctx, store.customerId, 'rep');
    expect(readFileSync(`${store.file}-wal`)).toHaveLength(0);
    expect(listFound(decryptedBytes(store, store.file))).toEqual([]);
    expect(store.db.prepare("SELECT term FROM messages_vocab WHERE term LIKE '%貔%' OR term LIKE 'zanz%'").all()).toEqual([]);
    const copy = path.join(store.dir, 'copy.db');
    store.db.prepare('VACUUM INTO ?').run(copy);
    expect(listFound(decryptedBytes(store, copy))).toEqual([]);
    openReader(copy, store.key).close();
  });

  test('says so when a reader holds the log, and can be finished later', () => {
    const store = openStoreWithCustomer();
    const reader = openWriter(store.file, store.key);
    store.db.pragma('busy_timeout = 50');
    const rows = reader.prepare('SELECT id FROM messages').iterate();
    rows.next();
    expect(() => eraseCustomer(store.db, store.ctx, store.customerId, 'rep')).toThrow(expect.objectContaining({ code: 'store_busy', retryable: true }));
    rows.return?.();
    reader.close();
    scrubErased(store.db);
    expect(readFileSync(`${store.file}-wal`)).toHaveLength(0);
    expect(listFound(decryptedBytes(store, store.file))).toEqual([]);
  });
});
