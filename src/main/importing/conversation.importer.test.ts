import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeXlsx } from '../files/file-fixtures.ts';
import { importBench, jsonLines } from './importing.fixture.ts';

const AT = Date.UTC(2025, 2, 4, 1, 0);
const turn = (id: string, role: string, text: string, at: unknown = '2025-03-04 09:00') => ({ id, role, text, at });

describe('conversations as JSON lines', () => {
  it('stores a conversation closed and read, and the same file again changes nothing', async () => {
    using bench = importBench();
    const file = bench.file('c.jsonl', jsonLines(
      { id: 'c1', channel: 'tmall', customerId: 'u1', customerName: '林女士', openedAt: '2025-03-04T09:00:00+08:00', csat: 5, turns: [turn('m1', 'customer', '电话 13812345678，什么时候发货？'), turn('m2', 'rep', '今天发', AT + 60_000)], anything: { kept: 1 } },
      { id: 'c2', state: 'open', turns: [turn('m1', '买家', 'Hi, where is my order please?', AT)] },
    ));
    const first = await bench.imports.run(file, 'conversations');
    const second = await bench.imports.run(file, 'conversations');
    expect([first, second]).toEqual([
      { added: 2, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 },
      { added: 0, updated: 0, unchanged: 2, rejected: [], rejectedCount: 0 },
    ]);
    expect(bench.imported).toEqual(['conversations 2+0']);
    expect(bench.rows(`SELECT ch.title AS channel, c.external_id AS id, u.external_id AS customer, u.name, c.state, c.csat, c.unread_count, c.waiting_since, c.closed_at, m.role, m.text, m.language, m.pii_spans, m.sent_at
      FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN customers u ON u.id = c.customer_id JOIN channels ch ON ch.id = c.channel_id ORDER BY m.seq`)).toEqual([
      { channel: 'tmall', id: 'c1', customer: 'u1', name: '林女士', state: 'closed', csat: 5, unread_count: 0, waiting_since: null, closed_at: AT + 60_000, role: 'customer', text: '电话 13812345678，什么时候发货？', language: 'zh', pii_spans: '[{"kind":"mobile","start":3,"end":14}]', sent_at: AT },
      { channel: 'tmall', id: 'c1', customer: 'u1', name: '林女士', state: 'closed', csat: 5, unread_count: 0, waiting_since: null, closed_at: AT + 60_000, role: 'rep', text: '今天发', language: 'zh', pii_spans: null, sent_at: AT + 60_000 },
      { channel: 'import', id: 'c2', customer: 'conversation:c2', name: 'conversation:c2', state: 'open', csat: null, unread_count: 0, waiting_since: AT, closed_at: null, role: 'customer', text: 'Hi, where is my order please?', language: 'en', pii_spans: null, sent_at: AT },
    ]);
    expect(bench.rows('SELECT count(*) AS count FROM pending_vectors')).toEqual([{ count: 3 }]);
  });

  it('counts a conversation with a new, a corrected or a closed turn as updated', async () => {
    using bench = importBench();
    const first = { id: 'c1', state: 'open', turns: [turn('m1', 'customer', '在吗'), turn('m2', 'rep', '在')] };
    await bench.imports.run(bench.file('a.jsonl', jsonLines(first)), 'conversations');
    const report = await bench.imports.run(bench.file('b.jsonl', jsonLines({ ...first, state: 'closed', turns: [turn('m1', 'customer', '您好，在吗'), turn('m2', 'rep', '在'), turn('m3', 'system', '会话结束')] })), 'conversations');
    expect(report).toEqual({ added: 0, updated: 1, unchanged: 0, rejected: [], rejectedCount: 0 });
    expect(bench.rows('SELECT c.state, m.text FROM messages m JOIN conversations c ON c.id = m.conversation_id ORDER BY m.seq')).toEqual([
      { state: 'closed', text: '您好，在吗' }, { state: 'closed', text: '在' }, { state: 'closed', text: '会话结束' },
    ]);
    expect(bench.rows("SELECT count(*) AS count FROM messages_fts WHERE messages_fts MATCH '您好'")).toEqual([{ count: 1 }]);
  });

  it('names line, turn and field of what it cannot take, and takes the rest', async () => {
    using bench = importBench();
    const good = { id: 'ok', turns: [turn('m1', 'customer', '好')] };
    const file = bench.file('c.jsonl', [
      jsonLines(good, good, { ...good, turns: [turn('m1', 'customer', '别的')] }),
      '{"id": "broken"\n',
      '[1]\n',
      jsonLines(
        { id: 'c1', turns: [] },
        { id: 'c2', turns: [turn('m1', 'boss', '好')] },
        { id: 'c3', turns: [turn('m1', 'customer', '好', 'yesterday')] },
        { id: 'c4', turns: [{ role: 'customer', text: '好' }] },
        { id: 'c5', turns: ['好'] },
        { id: 'c6', turns: [turn('m1', 'customer', '好'), turn('m1', 'customer', '坏')] },
        { id: 'c7', csat: 9, turns: [turn('m1', 'customer', '好')] },
      ),
      '{"id":"nul","turns":[{"role":"customer","text":"a\\u0000b","at":1}]}\n',
      '{"id":"half","turns":[{"role":"customer","text":"emoji \\ud83d cut","at":"2025-03-04"}]}\n',
    ].join(''));
    expect(await bench.imports.run(file, 'conversations')).toEqual({
      added: 2, updated: 0, unchanged: 1, rejectedCount: 11,
      rejected: [
        { file: 'c.jsonl', line: 3, reason: 'id: the conversation ok is on line 1 already, and line 3 says something else. Keep one of them, or write one message a line.' },
        { file: 'c.jsonl', line: 4, reason: 'The line is not valid JSON at column 16.' },
        { file: 'c.jsonl', line: 5, reason: 'The line is JSON, but not an object such as {"text":"…"}.' },
        { file: 'c.jsonl', line: 6, reason: 'turns: it is empty; a conversation needs at least one turn.' },
        { file: 'c.jsonl', line: 7, reason: 'turns[0].role: This is none of customer, rep, bot, system.' },
        { file: 'c.jsonl', line: 8, reason: 'turns[0].at: This is not a date in a known format, such as 2025-03-04 05:06.' },
        { file: 'c.jsonl', line: 9, reason: 'turns[0].at: it is empty, and the conversation has no openedAt either; needed is a date such as 2025-03-04 05:06, ISO 8601 or epoch ms.' },
        { file: 'c.jsonl', line: 10, reason: 'turns[0]: it must be an object such as {"role":"customer","text":"…"}.' },
        { file: 'c.jsonl', line: 11, reason: 'turns[1].id: m1 is the id of turns[0] already, which says something else; every turn needs its own.' },
        { file: 'c.jsonl', line: 12, reason: 'csat: The number must be from 1 to 5.' },
        { file: 'c.jsonl', line: 13, reason: expect.stringContaining('NUL') as string },
      ],
    });
    expect(bench.rows("SELECT text FROM messages WHERE text LIKE 'emoji%'")).toEqual([{ text: 'emoji \ufffd cut' }]);
  });

  it('knows conversations and turns without ids by their content, whatever they hold (property)', async () => {
    const turns = fc.array(fc.record({ role: fc.constantFrom('customer', 'rep', 'bot', 'system'), text: fc.constantFrom('在', '好', '退款', ''), at: fc.integer({ min: 1_000_000_000_000, max: 1_000_000_000_003 }) }), { minLength: 1, maxLength: 6 });
    const conversations = fc.array(fc.record({ customerId: fc.constantFrom('u1', 'u2'), turns }), { minLength: 1, maxLength: 5 });
    await fc.assert(fc.asyncProperty(conversations, async (values) => {
      using bench = importBench();
      const file = bench.file('c.jsonl', jsonLines(...values));
      const first = await bench.imports.run(file, 'conversations');
      const stored = bench.rows('SELECT * FROM messages ORDER BY seq');
      const second = await bench.imports.run(file, 'conversations');
      expect(first.added + first.unchanged + first.rejectedCount).toBe(values.length);
      expect(second).toEqual({ ...first, added: 0, unchanged: first.added + first.unchanged });
      expect(bench.rows('SELECT * FROM messages ORDER BY seq')).toEqual(stored);
    }), { numRuns: 12 });
  });
});

describe('conversations as one message a row', () => {
  it('reads JSON lines, CSV and XLSX alike, and finds the customer in later rows', async () => {
    using bench = importBench();
    const report = async (name: string) => ({ ...(await bench.imports.run(name, 'conversations')) });
    const lines = bench.file('m.jsonl', jsonLines(
      { conv_id: 'a', ts: AT, role: 'bot', text: '欢迎' },
      { conv_id: 'a', ts: AT + 1, role: 'customer', author: 'u7', author_name: '小周', text: '你好' },
      { conv_id: 'a', ts: AT + 1, role: 'customer', author: 'u7', text: '你好' },
      { conv_id: 'b', msg_id: '1', ts: AT, role: 'customer', text: '' },
    ));
    const csv = bench.file('m.csv', '会话ID,消息ID,发送时间,角色,内容,客户ID\na2,1,2025/3/4 9:00,客户,"=HYPERLINK(""http://x"")",u8\na2,2,2025/3/4 9:01,客服,您好,\na2,1,2025/3/4 9:00,客户,另一句,u8\n');
    const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const xlsx = await writeXlsx(`${bench.path}/m.xlsx`, {
      sheets: { s: `<row r="1">${['conv_id', 'ts', 'role', 'text'].map((name, index) => cell(`${'ABCD'[index]}1`, name)).join('')}</row><row r="2">${cell('A2', 'x1')}${'<c r="B2" s="1"><v>45720.375</v></c>'}${cell('C2', 'buyer')}${cell('D2', '退款')}</row>` },
      formats: ['yyyy-mm-dd hh:mm'],
    });
    expect([await report(lines), await report(csv), await report(xlsx), await report(lines)]).toEqual([
      { added: 4, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 },
      { added: 2, updated: 0, unchanged: 0, rejectedCount: 1, rejected: [{ file: 'm.csv', line: 4, reason: 'msg_id: 1 is on line 2 already, and line 4 says something else. Every message of a conversation needs its own.' }] },
      { added: 1, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 },
      { added: 0, updated: 0, unchanged: 4, rejected: [], rejectedCount: 0 },
    ]);
    expect(bench.rows('SELECT c.external_id AS id, u.external_id AS customer, u.name, c.state, count(m.seq) AS messages, min(m.sent_at) AS first FROM conversations c JOIN customers u ON u.id = c.customer_id JOIN messages m ON m.conversation_id = c.id GROUP BY c.id ORDER BY c.external_id')).toEqual([
      { id: 'a', customer: 'u7', name: '小周', state: 'closed', messages: 3, first: AT },
      { id: 'a2', customer: 'u8', name: 'u8', state: 'closed', messages: 2, first: AT },
      { id: 'b', customer: 'conversation:b', name: 'conversation:b', state: 'closed', messages: 1, first: AT },
      { id: 'x1', customer: 'conversation:x1', name: 'conversation:x1', state: 'closed', messages: 1, first: AT },
    ]);
    expect(bench.rows("SELECT text FROM messages WHERE text LIKE '=%'")).toEqual([{ text: '=HYPERLINK("http://x")' }]);
  });
});
