import { truncateSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect, forkFromSource, pdfBytes, temporaryFolder, writeDocx, writeXlsx, writeZip } from './file-fixtures.ts';
import { inspectFile } from './inspect-file.ts';
import { openFile } from './open-file.ts';

const options = { fork: forkFromSource() };
const refusal = (file: string) => openFile(file, options).then(() => 'opened', (error: Error & { code: string }) => `${error.code}: ${error.message}`);

describe('openFile', () => {
  it('reads text tables here', async () => {
    using folder = temporaryFolder();
    const open = async (name: string, bytes: string | Uint8Array) => {
      const file = await openFile(folder.file(name, bytes), options);
      return { format: file.format, encoding: file.encoding, items: await collect(file.rows()) };
    };
    const gb = Buffer.concat([Buffer.from('id,'), Buffer.from('cecacce2', 'hex'), Buffer.from('\n1,'), Buffer.from('cdcbbfee', 'hex'), Buffer.from('\n')]);
    expect([
      await open('a.jsonl', '{"id":1}\n'),
      await open('a.csv', gb),
      await open('a.tsv', Buffer.from('\ufeffa\tb\n1\t2\n', 'utf16le')),
      await open('a.txt', '一\n\n二'),
      await open('mac.csv', 'a,b\r1,2\r'),
      await open('late.csv', Buffer.concat([Buffer.from(`id,q\n${'\n'.repeat(70_000)}1,`), Buffer.from('cdcbbfee', 'hex')])),
    ]).toEqual([
      { format: 'jsonl', encoding: 'utf-8', items: [{ kind: 'row', line: 1, value: { id: 1 } }] },
      { format: 'csv', encoding: 'gb18030', items: [{ kind: 'row', line: 2, value: { id: '1', 问题: '退款' } }] },
      { format: 'tsv', encoding: 'utf-16le', items: [{ kind: 'row', line: 2, value: { a: '1', b: '2' } }] },
      { format: 'text', encoding: 'utf-8', items: [{ kind: 'row', line: 1, value: { text: '一' } }, { kind: 'row', line: 3, value: { text: '二' } }] },
      { format: 'csv', encoding: 'utf-8', items: [{ kind: 'row', line: 2, value: { a: '1', b: '2' } }] },
      { format: 'csv', encoding: 'gb18030', items: [{ kind: 'row', line: 70_002, value: { id: '1', q: '退款' } }] },
    ]);
  });

  it('says what a file really is', async () => {
    using folder = temporaryFolder();
    const in_ = (name: string) => path.join(folder.path, name);
    await writeZip(in_('a.pdf'), { 'x.txt': 'x' });
    await writeXlsx(in_('b.csv'), { sheets: { s: '' } });
    await writeDocx(in_('c.xlsx'), '');
    folder.file('d.xlsx', 'a,b\n1,2\n');
    folder.file('e.csv', pdfBytes(['']));
    folder.file('f.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('Workbook', 'utf16le')]));
    folder.file('g.xlsx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]));
    folder.file('h.csv', '<html><body><table>');
    folder.file('i.jsonl', Buffer.from('89504e470d0a1a0a', 'hex'));
    folder.file('j.txt', Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 7 + 1) % 32)));
    folder.file('k.csv', '');
    expect(await Promise.all(['a.pdf', 'b.csv', 'c.xlsx', 'd.xlsx', 'e.csv', 'f.xls', 'g.xlsx', 'h.csv', 'i.jsonl', 'j.txt', 'k.csv', 'none.csv'].map((name) => refusal(in_(name))))).toEqual([
      'file_refused: a.pdf is really a ZIP archive, not a PDF document.',
      'file_refused: b.csv is really an Excel workbook, not a CSV table.',
      'file_refused: c.xlsx is really a Word document, not an Excel workbook.',
      'file_refused: d.xlsx is really plain text, not an Excel workbook.',
      'file_refused: e.csv is really a PDF document, not a CSV table.',
      'file_refused: f.xls is an old Excel workbook (save it as .xlsx first); files of this kind (.xls) cannot be read.',
      'file_refused: g.xlsx is really an Office document protected with a password (save it without one first), not an Excel workbook.',
      'file_refused: h.csv is really a web page (HTML), not a CSV table.',
      'file_refused: i.jsonl is really a PNG picture, not JSON lines.',
      'file_refused: j.txt is really a binary file, not plain text.',
      'file_unreadable: k.csv is empty.',
      'file_unreadable: none.csv is not there.',
    ]);
    expect(await refusal(folder.path)).toMatch(/^file_unreadable: .* is not a file\.$/);
  });

  it('reads sheets and documents in the other process, and names a truncated file', async () => {
    using folder = temporaryFolder();
    const xlsx = await writeXlsx(path.join(folder.path, 'a.xlsx'), { sheets: { 订单: '<row><c t="str"><v>h</v></c></row><row><c t="str"><v>x</v></c></row>', 空: '' } });
    const headers: (readonly string[])[] = [];
    const progress: number[] = [];
    const book = await openFile(xlsx, options);
    expect([book.sheets, await collect(book.rows({ onHeaders: (found) => headers.push(found), onProgress: (bytesRead) => progress.push(bytesRead) })), headers]).toEqual([['订单', '空'], [{ kind: 'row', line: 2, value: { h: 'x' } }], [['h']]]);
    expect(progress.length).toBeGreaterThan(0);
    await expect(book.document()).rejects.toMatchObject({ code: 'file_refused', message: 'a.xlsx is a table, not a document.' });
    const page = await openFile(folder.file('a.html', '<title>帮助</title><p>退货'), options);
    expect(await page.document()).toEqual({ title: '帮助', blocks: [{ kind: 'paragraph', text: '退货' }] });
    await expect(collect(page.rows())).rejects.toMatchObject({ code: 'file_refused', message: 'a.html is a document, not a table.' });
    truncateSync(xlsx, 700);
    expect(await refusal(xlsx)).toBe('file_unreadable: a.xlsx is incomplete: its end is missing. Export or copy it again.');
  });
});

describe('inspectFile', () => {
  it('shows the first rows, with the bad ones among them', async () => {
    using folder = temporaryFolder();
    const file = folder.file('a.csv', `a;b\n1\n${'1;2\n'.repeat(50)}`);
    expect(await inspectFile(file, options)).toEqual({
      path: file,
      name: 'a.csv',
      format: 'csv',
      byteCount: 206,
      encoding: 'utf-8',
      sheets: [],
      headers: ['a', 'b'],
      rows: [{ kind: 'rejected', line: 2, code: 'ragged-row', sentence: 'The row has 1 cells; the header has 2.' }, ...Array.from({ length: 19 }, (_, index) => ({ kind: 'row', line: index + 3, value: { a: '1', b: '2' } }))],
      title: null,
      blocks: [],
    });
  });

  it('shows the keys of JSON lines and the blocks of a document', async () => {
    using folder = temporaryFolder();
    expect(await inspectFile(folder.file('a.jsonl', '{"id":1}\n{"id":2,"text":"x"}\n3\n'), options)).toMatchObject({ headers: ['id', 'text'], title: null });
    expect(await inspectFile(folder.file('a.md', '# 退货\n\n可以'), options)).toMatchObject({ format: 'markdown', headers: [], rows: [], title: '退货', blocks: [{ kind: 'heading', text: '退货', level: 1 }, { kind: 'paragraph', text: '可以' }] });
  });
});
