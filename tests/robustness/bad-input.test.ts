/** One folder with everything a shop's exports go wrong in: one clear report, and the good rows are in the store. */
import { closeSync, mkdirSync, openSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { writeXlsx, writeZip } from '../../src/main/files/file-fixtures.ts';
import { gb18030, importBench, jsonLines } from '../../src/main/importing/importing.fixture.ts';

/** Each workbook is read by processes of its own. */
const TEST_WITHIN_MS = 90_000;
const PAID_AT = Date.UTC(2025, 2, 4, 1);
const HEADER = 'order_id,customer_id,paid_at,amount,item';
const NO_BYTES = "The line holds bytes that are not text in the file's encoding.";

const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (n: number, ...texts: string[]) => `<row r="${n}">${texts.map((text, at) => cell(`${'ABCDE'[at]}${n}`, text)).join('')}</row>`;

it('a folder of damaged and strange order files is one report, file and line, and loses no good row', { timeout: TEST_WITHIN_MS }, async () => {
  using bench = importBench();
  const at = (name: string) => path.join(bench.path, 'orders', name);
  const put = (name: string, bytes: string | Buffer) => bench.file(path.join('orders', name), bytes);
  mkdirSync(path.join(bench.path, 'orders'));
  await writeZip(at('01-bomb.xlsx'), { 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': Buffer.alloc(4 * 1024 * 1024, ' ') });
  await writeXlsx(at('02-cut.xlsx'), { sheets: { s: row(1, 'order_id') } });
  truncateSync(at('02-cut.xlsx'), 500);
  put('03-gb18030.csv', gb18030('订单号,买家昵称,付款时间,实付金额,商品名称\nGB1,林女士,2025-03-04 09:00,10,冲锋衣\n'));
  put('04-utf16.csv', Buffer.from(`\ufeff${HEADER}\nU1,林,2025-03-04 09:00,11,half \ud83d emoji\nU2,林,2025-03-04 09:00,11,a\0b\n`, 'utf16le'));
  put('05-latin.csv', Buffer.concat([Buffer.from(`${HEADER}\nL1,lin,2025-03-04 09:00,12,ok\nL2,lin,2025-03-04 09:00,12,`), Buffer.from('café\n', 'latin1'), Buffer.from('L3,lin,2025-03-04 09:00,12,帽子\nL4,lin,2025-03-04 09:00,12,围巾\n')]));
  put('06-nul.csv', `${HEADER}\nN1,lin,2025-03-04 09:00,13,a\0b\nN2,lin,2025-03-04 09:00,13,ok\n`);
  put('07-formula.csv', `${HEADER}\nF1,lin,2025-03-04 09:00,14,"=HYPERLINK(""http://evil.example"",""click"")"\nF2,lin,2025-03-04 09:00,14,@SUM(1)\n`);
  await writeXlsx(at('08-formula.xlsx'), {
    sheets: { s: `${row(1, ...HEADER.split(','))}<row r="2">${cell('A2', 'X1')}${cell('B2', 'lin')}<c r="C2" s="1"><v>45720.375</v></c><c r="D2"><v>15.5</v></c><c r="E2" t="str"><f>HYPERLINK("http://evil.example")</f><v>click</v></c></row>${row(3, 'X2', 'lin', '2025/3/4 9:00', '16', '=cmd|calc')}<row r="4">${cell('A4', 'X3')}${cell('B4', 'lin')}${cell('C4', '2025-03-04')}<c r="D4"><f>1+1</f></c></row>` },
    formats: ['yyyy-mm-dd hh:mm'],
  });
  await writeZip(at('09-invoice.pdf'), { 'a.txt': 'x' });
  put('10-dates.csv', `${HEADER}\nD1,lin,2025-03-04T01:00:00Z,1,\nD2,lin,2025年3月4日 9:00,1,\nD3,lin,1741050000,1,\nD4,lin,45720.375,1,\nD5,lin,04.03.2025 09:00,1,\nD6,lin,03/04/2025,1,\nD7,lin,2025-13-40,1,\n`);
  put('11-doubles.csv', `${HEADER}\nS1,lin,2025-03-04 09:00,1,a\nS2,lin,2025-03-04 09:00,1,b\nS1,lin,2025-03-04 09:00,2,c\nS2,lin,2025-03-04 09:00,1,b\n`);
  put('12-brackets.jsonl', `${'['.repeat(100_000)}\n{"order_id":"J1","customer_id":"lin","paid_at":"2025-03-04 09:00","amount":"1","item":"cut \\ud83d"}\n{"order_id":"J2"\n`);
  const whole = (file: string, reason: string) => ({ file, line: null, reason });
  const line = (file: string, number: number, reason: string) => ({ file, line: number, reason });
  const report = await bench.imports.run(path.join(bench.path, 'orders'), 'orders');
  expect(report).toEqual({
    added: 18, updated: 0, unchanged: 1, rejectedCount: 12,
    rejected: [
      whole('01-bomb.xlsx', '01-bomb.xlsx was not opened: 4 KB would unpack to 4 MB, which no ordinary document does.'),
      whole('02-cut.xlsx', '02-cut.xlsx is incomplete: its end is missing. Export or copy it again.'),
      line('04-utf16.csv', 3, 'The line contains NUL bytes.'),
      line('05-latin.csv', 3, NO_BYTES),
      line('06-nul.csv', 2, 'The line contains NUL bytes.'),
      line('08-formula.xlsx', 4, 'Column D is a formula without a stored result; open the file in a spreadsheet program and save it.'),
      whole('09-invoice.pdf', '09-invoice.pdf is really a ZIP archive, not a PDF document.'),
      line('10-dates.csv', 7, 'paid_at: The day and the month cannot be told apart; say which comes first.'),
      line('10-dates.csv', 8, 'paid_at: There is no such day or time.'),
      line('11-doubles.csv', 4, 'The order S1 is on line 2 already, and line 4 says something else. Rows of one order must stand together: sort the file by it.'),
      line('12-brackets.jsonl', 1, 'The line is not valid JSON at column 100001.'),
      line('12-brackets.jsonl', 3, 'The line is not valid JSON at column 17.'),
    ],
  });
  expect(bench.rows('SELECT o.external_id AS id, o.paid_at AS paidAt, o.paid_fen AS fen, i.title FROM orders o LEFT JOIN order_items i ON i.order_id = o.id ORDER BY o.external_id')).toEqual([
    ...['D1', 'D2', 'D3', 'D4', 'D5'].map((id) => ({ id, paidAt: PAID_AT, fen: 100, title: null })),
    { id: 'F1', paidAt: PAID_AT, fen: 1400, title: '=HYPERLINK("http://evil.example","click")' },
    { id: 'F2', paidAt: PAID_AT, fen: 1400, title: '@SUM(1)' },
    { id: 'GB1', paidAt: PAID_AT, fen: 1000, title: '冲锋衣' },
    { id: 'J1', paidAt: PAID_AT, fen: 100, title: 'cut \ufffd' },
    { id: 'L1', paidAt: PAID_AT, fen: 1200, title: 'ok' },
    { id: 'L3', paidAt: PAID_AT, fen: 1200, title: '帽子' },
    { id: 'L4', paidAt: PAID_AT, fen: 1200, title: '围巾' },
    { id: 'N2', paidAt: PAID_AT, fen: 1300, title: 'ok' },
    { id: 'S1', paidAt: PAID_AT, fen: 100, title: 'a' },
    { id: 'S2', paidAt: PAID_AT, fen: 100, title: 'b' },
    { id: 'U1', paidAt: PAID_AT, fen: 1100, title: 'half \ufffd emoji' },
    { id: 'X1', paidAt: PAID_AT, fen: 1550, title: 'click' },
    { id: 'X2', paidAt: PAID_AT, fen: 1600, title: '=cmd|calc' },
  ]);
  expect(await bench.imports.run(path.join(bench.path, 'orders'), 'orders')).toEqual({ ...report, added: 0, unchanged: 19 });
});

it('a line of 200 MB costs that line only', { timeout: TEST_WITHIN_MS }, async () => {
  using bench = importBench();
  const message = (id: string) => jsonLines({ conv_id: 'c', msg_id: id, ts: PAID_AT, role: 'customer', text: `第 ${id} 句` });
  const file = bench.file('long.jsonl', message('1'));
  const descriptor = openSync(file, 'a');
  const block = Buffer.alloc(4 * 1024 * 1024, 'x');
  writeSync(descriptor, '{"text":"');
  for (let count = 0; count < 50; count++) writeSync(descriptor, block);
  writeSync(descriptor, `\n${message('2')}`);
  closeSync(descriptor);
  expect(await bench.imports.run(file, 'conversations')).toEqual({ added: 2, updated: 0, unchanged: 0, rejectedCount: 1, rejected: [{ file: 'long.jsonl', line: 2, reason: 'The line is longer than the limit of 8 MB.' }] });
  expect(bench.rows('SELECT external_id AS id, text FROM messages ORDER BY seq')).toEqual([{ id: '1', text: '第 1 句' }, { id: '2', text: '第 2 句' }]);
});
