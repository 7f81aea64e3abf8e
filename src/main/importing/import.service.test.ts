import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pdfBytes, writeDocx, writeXlsx } from '../files/file-fixtures.ts';
import { LISTED_REJECTION_COUNT } from './import-report.ts';
import { importBench, jsonLines } from './importing.fixture.ts';

const messageLines = (count: number) => jsonLines(...Array.from({ length: count }, (_, index) => ({ conv_id: `c${index % 7}`, msg_id: `${index}`, ts: 1_700_000_000_000 + index, role: 'customer', text: `第 ${index} 句` })));

describe('knowledge', () => {
  it('imports a folder of every kind of document with one report, and keeps what did not change', async () => {
    using bench = importBench();
    const kb = path.join(bench.path, 'kb');
    mkdirSync(path.join(kb, 'returns'), { recursive: true });
    mkdirSync(path.join(kb, '.git'));
    const put = (name: string, bytes: string | Buffer) => writeFileSync(path.join(kb, name), bytes);
    put('returns/policy.md', '# 退货政策\n\n## 七天无理由\n\n签收七天内可退。\n');
    put('faq.html', '<html><head><title>FAQ</title></head><body><h1>Shipping</h1><p>We ship within 48 hours.</p></body></html>');
    put('paper.pdf', pdfBytes(['BT /F1 12 Tf 50 700 Td (Warranty lasts two years.) Tj ET'], 'Warranty'));
    put('qa.csv', '问题,答案\n多久发货？,48 小时内\n多久发货？,72 小时内\n能开发票吗？,可以\n');
    put('text.jsonl', jsonLines({ title: 'Gift wrap', text: 'Free over 100.', section: 'Gifts' }));
    put('picture.png', Buffer.from('89504e470d0a1a0a', 'hex'));
    put('.git/hidden.md', '# hidden');
    await writeDocx(path.join(kb, 'repair.docx'), '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Repair</w:t></w:r></w:p><w:p><w:r><w:t>Bring it to a shop.</w:t></w:r></w:p>');
    symlinkSync('/etc/hostname', path.join(kb, 'link.md'));
    expect(await bench.imports.run(kb, 'knowledge')).toEqual({
      added: 7, updated: 0, unchanged: 0, rejectedCount: 2,
      rejected: [
        { file: 'picture.png', line: null, reason: 'picture.png is a PNG picture; files of this kind (.png) cannot be read.' },
        { file: 'qa.csv', line: 3, reason: 'The same question or id is on line 2 already, and line 3 says something else. Keep one of them, or give each an id of its own.' },
      ],
    });
    expect(bench.rows('SELECT a.source, a.title, a.language, p.heading, p.text FROM articles a JOIN passages p ON p.article_id = a.id ORDER BY a.source')).toEqual([
      { source: 'faq.html', title: 'FAQ', language: 'en', heading: 'Shipping', text: 'We ship within 48 hours.' },
      { source: 'paper.pdf', title: 'Warranty', language: 'en', heading: '', text: 'Warranty lasts two years.' },
      { source: expect.stringMatching(/^qa\.csv#[0-9a-f]{16}$/) as string, title: expect.any(String) as string, language: 'zh', heading: expect.any(String) as string, text: expect.any(String) as string },
      { source: expect.stringMatching(/^qa\.csv#/) as string, title: expect.any(String) as string, language: 'zh', heading: expect.any(String) as string, text: expect.any(String) as string },
      { source: 'repair.docx', title: 'Repair', language: 'en', heading: 'Repair', text: 'Bring it to a shop.' },
      { source: 'returns/policy.md', title: '退货政策', language: 'zh', heading: '退货政策 › 七天无理由', text: '签收七天内可退。' },
      { source: expect.stringMatching(/^text\.jsonl#/) as string, title: 'Gift wrap', language: 'en', heading: 'Gifts › Gift wrap', text: 'Free over 100.' },
    ]);
    put('returns/policy.md', '# 退货政策\n\n## 七天无理由\n\n签收十五天内可退。\n');
    expect(await bench.imports.run(kb, 'knowledge')).toMatchObject({ added: 0, updated: 1, unchanged: 6, rejectedCount: 2 });
  });
});

describe('whole files that cannot be taken', () => {
  it('are one rejection without a line, and nothing of them is stored', async () => {
    using bench = importBench();
    const cut = await writeXlsx(path.join(bench.path, 'cut.xlsx'), { sheets: { s: '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'.repeat(1) } });
    truncateSync(cut, 300);
    // A workbook whose rows go bad half-way: its first rows are fine and must not be stored either.
    const row = (n: number) => `<row r="${n}">${['customer_id', 'order_id', 'paid_at', 'amount'].map((name, index) => `<c r="${'ABCD'[index]}${n}" t="inlineStr"><is><t>${n === 1 ? name : ['u', `o${n}`, '2025-03-04', '1'][index]}</t></is></c>`).join('')}</row>`;
    const broken = await writeXlsx(path.join(bench.path, 'broken.xlsx'), { sheets: { s: `${Array.from({ length: 900 }, (_, index) => row(index + 1)).join('')}<row r="901"><c></row>` } });
    const wrong = bench.file('wrong.csv', pdfBytes(['']));
    const reports = await Promise.all([cut, broken, wrong].map(async (file) => bench.imports.run(file, 'orders')));
    expect(reports.map(({ added, rejected }) => [added, rejected])).toEqual([
      [0, [{ file: 'cut.xlsx', line: null, reason: expect.stringContaining('incomplete') as string }]],
      [0, [{ file: 'broken.xlsx', line: null, reason: expect.stringContaining('damaged') as string }]],
      [0, [{ file: 'wrong.csv', line: null, reason: 'wrong.csv is really a PDF document, not a CSV table.' }]],
    ]);
    expect(bench.rows('SELECT count(*) AS count FROM orders')).toEqual([{ count: 0 }]);
    await expect(bench.imports.run(path.join(bench.path, 'none.csv'), 'orders')).rejects.toMatchObject({ code: 'file_unreadable' });
  });

  it('lists the first thousand rejected rows and counts all', async () => {
    using bench = importBench();
    const report = await bench.imports.run(bench.file('o.csv', `customer_id,order_id,paid_at,amount\n${'u,A,never,1\n'.repeat(1200)}`), 'orders');
    expect([report.rejected.length, report.rejectedCount, report.rejected.at(-1)?.line]).toEqual([LISTED_REJECTION_COUNT, 1200, 1001]);
  });
});

describe('an import that is stopped', () => {
  it('leaves whole batches, says what it stored, and can be run again to the end', async () => {
    using bench = importBench();
    const file = bench.file('m.jsonl', messageLines(2600));
    const abort = new AbortController();
    let storedCount = 0;
    const stopped = await bench.imports.run(file, 'conversations', {}, abort.signal, {
      total: () => {},
      advance(count) {
        storedCount += count;
        if (storedCount >= 1000) abort.abort();
      },
    });
    expect([stopped.added, bench.rows('SELECT count(*) AS count FROM messages'), bench.imported]).toEqual([1000, [{ count: 1000 }], ['conversations 1000+0']]);
    expect(await bench.imports.run(file, 'conversations')).toMatchObject({ added: 1600, unchanged: 1000, rejectedCount: 0 });
    expect(bench.rows('SELECT count(*) AS count FROM messages')).toEqual([{ count: 2600 }]);
  });

  it('as a job it is cancelled with the report of what stayed', async () => {
    using bench = importBench();
    const job = bench.imports.start(bench.file('m.jsonl', messageLines(2600)), 'conversations');
    await new Promise((resolve) => setImmediate(resolve));
    bench.jobs.cancel(job.id);
    const ended = await bench.jobs.settled(job.id);
    const [{ count } = { count: -1 }] = bench.rows('SELECT count(*) AS count FROM messages') as { count: number }[];
    expect([ended.kind, ended.title, ended.state, ended.report?.added ?? 0, count % 500]).toEqual(['import', 'm.jsonl', 'cancelled', count, 0]);
  });

  it('runs to the end as a job', async () => {
    using bench = importBench();
    const job = bench.imports.start(bench.file('m.jsonl', messageLines(40)), 'conversations');
    expect(await bench.jobs.settled(job.id)).toMatchObject({ state: 'done', doneCount: 40, doneRatio: 1, report: { added: 40, rejectedCount: 0 } });
  });
});

describe('preview', () => {
  it('guesses kind and columns, shows rows and says what would be rejected', async () => {
    using bench = importBench();
    const csv = bench.file('o.csv', '订单号,买家昵称,付款时间,实付金额,备注\nA,林女士,03/04/2025,12,x\nB,老周,2025-03-04,13,y\n');
    expect(await bench.imports.preview(csv)).toEqual({
      path: csv, bytes: 109, format: 'csv', encoding: 'utf-8', sheets: [], kind: 'orders', columns: ['订单号', '买家昵称', '付款时间', '实付金额', '备注'],
      suggestedMapping: { 订单号: 'order_id', 买家昵称: 'customer_id', 付款时间: 'paid_at', 实付金额: 'amount' },
      fields: expect.arrayContaining([{ name: 'order_id', isRequired: true }, { name: 'waybill', isRequired: false }]) as unknown[],
      rows: [{ 订单号: 'A', 买家昵称: '林女士', 付款时间: '03/04/2025', 实付金额: '12', 备注: 'x' }, { 订单号: 'B', 买家昵称: '老周', 付款时间: '2025-03-04', 实付金额: '13', 备注: 'y' }],
      passages: [], fileCount: 1, warnings: ['Line 2: paid_at (column 付款时间): The day and the month cannot be told apart; say which comes first.'],
    });
  });

  it('knows the kinds by their columns and documents by their format', async () => {
    using bench = importBench();
    const kinds = await Promise.all([
      bench.file('a.jsonl', jsonLines({ id: 'c', turns: [{ role: 'customer', text: 'x', at: 1 }] })),
      bench.file('b.csv', 'conv_id,ts,role,text\na,2025-03-04,customer,x\n'),
      bench.file('c.csv', '问题,答案\nx,y\n'),
      bench.file('d.jsonl', jsonLines({ title: 't', text: 'x' })),
      bench.file('e.csv', 'code,title,text\nhi,x,y\n'),
      bench.file('f.csv', '商品ID,商品名称,价格\n1,x,2\n'),
      bench.file('g.csv', '活动ID,活动名称\n1,x\n'),
      bench.file('h.csv', '退款编号,买家昵称,退款类型\n1,x,y\n'),
      bench.file('i.csv', '评分,评价内容\n5,x\n'),
      bench.file('j.csv', 'alpha,beta\n1,2\n'),
      bench.file('k.md', '# 标题\n\n正文'),
    ].map(async (file) => (await bench.imports.preview(file)).kind));
    expect(kinds).toEqual(['conversations', 'conversations', 'knowledge', 'knowledge', 'macros', 'products', 'promotions', 'after-sales', 'reviews', null, 'knowledge']);
  });
});
