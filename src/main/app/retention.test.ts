import { appendFileSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { RetentionRules } from '../../shared/contract/trust.contract.ts';
import { makeTestDir } from '../db/open-test-store.ts';
import { storePaths } from '../platform/paths.ts';
import { countIndexRows } from '../search/rebuild-index.ts';
import { startTestApp, testAppOptions } from './app.fixture.ts';
import { monthsBefore } from './retention.service.ts';

const RULES: RetentionRules = { conversations: null, attachments: null, audit: null, suggestions: null, riskSignals: null, logs: null };
const NOW = Date.UTC(2026, 6, 31, 12);
const OLD = Date.UTC(2026, 0, 5);

test.each([[1, Date.UTC(2026, 5, 30, 12)], [5, Date.UTC(2026, 1, 28, 12)], [12, Date.UTC(2025, 6, 31, 12)]])('%i months before 31 July 2026, noon', (months, expected) => {
  expect(monthsBefore(NOW, months)).toBe(expected);
});

async function openFilledApp() {
  let nowMs = NOW;
  const dir = makeTestDir();
  const app = await startTestApp(testAppOptions(dir, { clock: { nowMs: () => nowMs } }));
  const { db, jobs, trust } = app.services();
  db.exec(`
    INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES ('cu', 'default', 'c-1', '林晓', 1);
    INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 'default', 'file', 'f', '{}', 'stopped', 1);
    INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES
      ('01J0CD00000000000000000000', 'default', 'ch', 'old', 'cu', 'closed', ${OLD}, ${OLD}), ('open', 'default', 'ch', 'open', 'cu', 'open', ${OLD}, ${OLD}), ('new', 'default', 'ch', 'new', 'cu', 'closed', ${NOW}, ${NOW});
    INSERT INTO suggestions (id, conversation_id, message_id, kind, text, rank, score, body, status, created_at, updated_at) VALUES
      ('s1', 'new', 'm', 'reply', 'x', 1, 1, '{"sourceId":"01J0CD00000000000000000000"}', 'shown', ${NOW}, ${NOW}), ('s2', 'new', 'm', 'reply', 'x', 1, 1, '{}', 'shown', ${OLD}, ${OLD});
    INSERT INTO risk_signals (id, conversation_id, message_id, kind, p, band, reasons, alert_state, is_shown, model_version, created_at) VALUES ('r1', 'new', 'm1', 'escalation', 0.5, 'ok', '[]', 'x', 0, 'v', ${OLD});
    INSERT INTO audit_entries (id, at, action, entity, entity_id, after) VALUES ('a1', ${OLD}, 'x', 'y', 'z', NULL), ('a2', ${NOW}, 'x', 'conversation', '01J0CD00000000000000000000', '{"text":"旧话"}');
    INSERT INTO attachments (id, conversation_id, name, mime, kind, byte_count, state, is_complete, created_at) VALUES ('f1', 'open', 'a.png', 'image/png', 'image', 3, 'stored', 1, ${NOW});
    INSERT INTO attachment_chunks VALUES ('f1', 0, x'010203');
    INSERT INTO contacts VALUES ('h', 'f', '2026-01-05', 1, 0, 1, 1, ${OLD}, ${OLD});
  `);
  for (const [id, at, role, conversation] of [['mo', OLD, 'customer', '01J0CD00000000000000000000'], ['mr', OLD, 'rep', '01J0CD00000000000000000000'], ['mx', OLD, 'customer', 'open'], ['mn', NOW, 'customer', 'new']] as const) {
    db.prepare("INSERT INTO messages (id, conversation_id, external_id, role, text, language, sent_at) VALUES (?, ?, ?, ?, '旧话', 'zh', ?)").run(id, conversation, id, role, at);
    const { seq } = db.prepare('SELECT seq FROM messages WHERE id = ?').get(id) as { seq: number };
    db.prepare(`INSERT INTO ${role === 'rep' ? 'replies_fts' : 'messages_fts'} (rowid, tokens) VALUES (?, '旧话')`).run(seq);
  }
  db.exec("INSERT INTO message_attachments VALUES ('mx', 0, 'f1')");
  const run = async () => jobs.settled(trust.runRetention().id);
  const ids = (table: string) => db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all();
  return { dir, db, jobs, trust, run, ids, pass: (ms: number) => (nowMs += ms) };
}

test('without a rule nothing ever goes', async () => {
  const { trust, run, ids } = await openFilledApp();
  expect(trust.retentionPreview(RULES).every(({ before, counts }) => before === null && Object.keys(counts).length === 0)).toBe(true);
  expect((await run()).state).toBe('done');
  expect([ids('conversations').length, ids('suggestions'), trust.retention().lastRun]).toEqual([3, ['s1', 's2'], { at: NOW, counts: {} }]);
});

test('what is due goes as the preview says, with index, quotes and what the audit said; open and new things stay', async () => {
  const { dir, db, trust, run, ids } = await openFilledApp();
  const log = storePaths(dir).log;
  appendFileSync(log, `{"at":"2026-01-05T00:00:00.000Z","event":"old"}\n{"at":"2026-07-30T00:00:00.000Z","event":"new"}\n`);
  const rules: RetentionRules = { conversations: 3, attachments: 3, audit: 3, suggestions: 3, riskSignals: 3, logs: 3 };
  const before = monthsBefore(NOW, 3);
  expect(trust.retentionPreview(rules)).toEqual([
    { kind: 'conversations', before, oldestAt: OLD, counts: { conversations: 1, messages: 2, attachments: 0 } },
    { kind: 'attachments', before, oldestAt: OLD, counts: { attachments: 1 } },
    { kind: 'audit', before, oldestAt: OLD, counts: { auditLines: 1 } },
    { kind: 'suggestions', before, oldestAt: OLD, counts: { suggestions: 1, feedback: 0 } },
    { kind: 'riskSignals', before, oldestAt: OLD, counts: { riskSignals: 1 } },
    { kind: 'logs', before, oldestAt: OLD, counts: { jobs: 0, contacts: 1 } },
  ]);
  trust.saveRetention(rules);
  expect((await run()).state).toBe('done');
  expect([ids('conversations'), ids('messages'), ids('suggestions'), ids('risk_signals'), trust.contacts()]).toEqual([['new', 'open'], ['mn', 'mx'], [], [], []]);
  expect(countIndexRows(db).map(({ textCount, wordCount }) => [textCount, wordCount])).toEqual([[0, 0], [0, 0], [2, 2], [0, 0]]);
  expect(db.prepare('SELECT state, reason FROM attachments').raw().all()).toEqual([['missing', 'not_kept']]);
  expect([db.prepare('SELECT count(*) FROM attachment_chunks').pluck().get(), db.prepare("SELECT after FROM audit_entries WHERE id IN ('a1', 'a2')").pluck().all()]).toEqual([0, [null]]);
  expect(readFileSync(log, 'utf8')).toBe('{"at":"2026-07-30T00:00:00.000Z","event":"new"}\n');
  expect(trust.retention()).toEqual({ rules, lastRun: { at: NOW, counts: { conversations: 1, attachments: 1, suggestions: 1, riskSignals: 1, audit: 1, logs: 1 } } });
  expect(db.prepare("SELECT after FROM audit_entries WHERE action = 'retention.kept'").pluck().all()).toHaveLength(1);
  expect(trust.retentionPreview(rules).flatMap(({ counts }) => Object.values(counts))).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('evidence of a case that is not settled keeps its conversation, a reply that still has to go keeps its file', async () => {
  const { db, trust, run, ids } = await openFilledApp();
  db.exec(`
    INSERT INTO after_sales (id, shop_id, external_id, customer_id, type, content_hash, updated_at) VALUES ('as', 'default', 'AS-1', 'cu', 'refund', 'h', 1);
    INSERT INTO attachments (id, conversation_id, name, mime, kind, byte_count, state, is_complete, created_at) VALUES ('f2', '01J0CD00000000000000000000', 'b.png', 'image/png', 'image', 3, 'stored', 1, ${OLD});
    INSERT INTO evidence VALUES ('e', 'as', 'f2', 'damage', ${OLD});
    INSERT INTO outbox (id, conversation_id, text, state, suggestion_ids, created_at, updated_at) VALUES ('o', 'open', '', 'failed', '[]', ${OLD}, ${OLD});
    INSERT INTO outbox_attachments VALUES ('o', 0, 'f1');
  `);
  const rules: RetentionRules = { ...RULES, conversations: 3, attachments: 3 };
  trust.saveRetention(rules);
  await run();
  expect([ids('conversations'), ids('evidence'), trust.retentionPreview(rules).flatMap(({ counts }) => Object.values(counts))]).toEqual([['01J0CD00000000000000000000', 'new', 'open'], ['e'], [0, 0, 0, 0]]);
  expect(db.prepare('SELECT id, state FROM attachments ORDER BY id').raw().all()).toEqual([['f1', 'stored'], ['f2', 'stored']]);
  db.exec(`UPDATE after_sales SET closed_at = ${OLD}; UPDATE outbox SET state = 'sent'`);
  await run();
  expect([ids('conversations'), ids('evidence'), ids('after_sales'), db.prepare('SELECT id, state FROM attachments').raw().all()]).toEqual([['new', 'open'], [], ['as'], [['f1', 'missing']]]);
});
