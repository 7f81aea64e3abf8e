import { truncateSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect, temporaryFolder, writeXlsx, writeZip, type XlsxParts } from './file-fixtures.ts';
import { listXlsxSheets, readXlsx, type XlsxOptions } from './read-xlsx.ts';
import { lookOfFormat } from './xlsx-workbook.ts';

async function read(parts: XlsxParts, options: XlsxOptions = {}) {
  using folder = temporaryFolder();
  return await collect(readXlsx(await writeXlsx(path.join(folder.path, 'a.xlsx'), parts), 'a.xlsx', options));
}

describe('readXlsx', () => {
  it('reads every kind of cell; formulas give their stored result only', async () => {
    const sheet = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>答案</t></is></c><c r="C1" t="str"><v>数</v></c><c r="D1" t="str"><v>时间</v></c></row>
      <row r="2"/>
      <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="b"><v>1</v></c><c r="C3"><v>1.1000000000000001</v></c><c r="D3" s="1"><v>45720</v></c></row>
      <row r="4"><c r="A4" t="str"><f>HYPERLINK("http://evil",1)</f><v>=1+1</v></c><c r="C4"><f>SUM(C1:C3)</f><v>42</v></c><c r="D4" s="2"><v>45720.2125810185</v></c></row>
      <row r="7"><c r="A7" t="e"><v>#N/A</v></c><c r="B7"><v>1234567890123456789</v></c><c r="C7"><v>-0.5</v></c><c r="D7" s="3"><v>0.5</v></c></row>`;
    const sharedStrings = ['<t>问题</t>', '<r><t>能</t></r><r><t xml:space="preserve">退 &amp; 换_x000D_</t></r><rPh><t>neng</t></rPh>'];
    expect(await read({ sheets: { 甲: sheet }, sharedStrings, formats: ['yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', 'yyyy-mm-dd hh:mm', 'hh:mm;@'] })).toEqual([
      { kind: 'row', line: 3, value: { 问题: '能退 & 换\r', 答案: 'true', 数: '1.1', 时间: '2025-03-04' } },
      { kind: 'row', line: 4, value: { 问题: '=1+1', 答案: '', 数: '42', 时间: '2025-03-04T05:06:07' } },
      { kind: 'row', line: 7, value: { 问题: '#N/A', 答案: '1234567890123456789', 数: '-0.5', 时间: '12:00:00' } },
    ]);
  });

  it('rejects rows that cannot be trusted', async () => {
    const sheet = `<row r="1"><c r="A1" t="str"><v>单号</v></c><c r="B1" t="str"><v>额</v></c></row>
      <row r="2"><c r="A2"><v>1.2345678901234567E+18</v></c></row>
      <row r="3"><c r="B3"><f>A1*2</f></c></row>
      <row r="4"><c r="A4"><v>1</v></c><c r="AC4"><v>9</v></c></row>
      <row r="5"><c r="A5" t="str"><v>a_x0000_b</v></c></row>
      <row r="6"><c r="A6" t="str"><v>a_xD83D_b</v></c></row>`;
    expect(await read({ sheets: { s: sheet } })).toEqual([
      { kind: 'rejected', line: 2, code: 'rounded-number', sentence: 'Column A holds a number of more than 15 digits, which the spreadsheet has rounded; store it as text.' },
      { kind: 'rejected', line: 3, code: 'formula-without-value', sentence: 'Column B is a formula without a stored result; open the file in a spreadsheet program and save it.' },
      { kind: 'rejected', line: 4, code: 'ragged-row', sentence: 'The row has 29 cells; the header has 2.' },
      { kind: 'rejected', line: 5, code: 'nul-bytes', sentence: 'Column A contains NUL bytes.' },
      { kind: 'row', line: 6, value: { 单号: 'a\ufffdb', 额: '' }, cleaned: 'lone-surrogates' },
    ]);
  });

  it('lists sheets, reads the one asked for, knows the 1904 calendar, and says when there is none', async () => {
    using folder = temporaryFolder();
    const row = (text: string) => `<row><c t="str"><v>h</v></c></row><row><c s="1"><v>${text}</v></c></row>`;
    const file = await writeXlsx(path.join(folder.path, 'a.xlsx'), { sheets: { 订单: row('1'), 售后: row('44258') }, formats: ['m/d/yy'], is1904: true });
    expect(await listXlsxSheets(file, 'a.xlsx')).toEqual(['订单', '售后']);
    expect(await collect(readXlsx(file, 'a.xlsx', { sheet: '售后' }))).toEqual([{ kind: 'row', line: 2, value: { h: '2025-03-04' } }]);
    await expect(collect(readXlsx(file, 'a.xlsx', { sheet: '没有' }))).rejects.toMatchObject({ code: 'file_refused', message: 'a.xlsx has no sheet of that name.' });
  });

  it('says that a cut file is incomplete and a broken one damaged, wherever it is cut', async () => {
    using folder = temporaryFolder();
    const sheet = `<row><c t="str"><v>h</v></c></row>${'<row><c t="str"><v>some words</v></c></row>'.repeat(200)}`;
    const file = await writeXlsx(path.join(folder.path, 'orders.xlsx'), { sheets: { s: sheet } });
    for (let size = statSync(file).size - 1; size > 0; size -= 97) {
      truncateSync(file, size);
      await expect(collect(readXlsx(file, 'orders.xlsx'))).rejects.toMatchObject({ code: 'file_unreadable', message: 'orders.xlsx is incomplete: its end is missing. Export or copy it again.' });
    }
    const broken = await writeXlsx(path.join(folder.path, 'b.xlsx'), { sheets: { s: '<row><c><v>1</c></row>' } });
    await expect(collect(readXlsx(broken, 'b.xlsx'))).rejects.toMatchObject({ code: 'file_unreadable', message: 'b.xlsx is damaged: part of it cannot be unpacked. Export or copy it again.' });
  });

  it('refuses zip bombs, too many parts, entity bombs and giant references', async () => {
    using folder = temporaryFolder();
    const in_ = (name: string) => path.join(folder.path, name);
    const bomb = await writeZip(in_('bomb.xlsx'), { 'xl/workbook.xml': Buffer.alloc(10 * 1024 * 1024) });
    await expect(listXlsxSheets(bomb, 'bomb.xlsx')).rejects.toMatchObject({ code: 'file_refused', message: 'bomb.xlsx was not opened: 10 KB would unpack to 10 MB, which no ordinary document does.' });
    const many = await writeZip(in_('many.xlsx'), Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`p${index}`, 'x'])));
    await expect(listXlsxSheets(many, 'many.xlsx', { limits: { maxUncompressedBytes: 1e9, maxRatio: 200, maxEntryCount: 10 } })).rejects.toMatchObject({ code: 'file_refused', message: 'many.xlsx holds 12 parts; more than 10 are not opened.' });
    await expect(listXlsxSheets(many, 'many.xlsx', { limits: { maxUncompressedBytes: 11, maxRatio: 200, maxEntryCount: 100 } })).rejects.toMatchObject({ code: 'file_refused' });
    const entities = await writeZip(in_('e.xlsx'), { 'xl/workbook.xml': '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook><sheets><sheet name="&b;"/></sheets></workbook>' });
    await expect(listXlsxSheets(entities, 'e.xlsx')).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(read({ sheets: { s: '<row><c r="ZZZZZZZ1"><v>1</v></c></row>' } })).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(listXlsxSheets(await writeZip(in_('z.xlsx'), { a: 'x' }), 'z.xlsx')).rejects.toMatchObject({ message: 'z.xlsx is not an Excel workbook.' });
  });

  it('can be left early and cancelled', async () => {
    const sheet = `<row><c t="str"><v>h</v></c></row>${'<row><c t="str"><v>words</v></c></row>'.repeat(50)}`;
    using folder = temporaryFolder();
    const file = await writeXlsx(path.join(folder.path, 'a.xlsx'), { sheets: { s: sheet } });
    for await (const item of readXlsx(file, 'a.xlsx')) {
      expect(item.line).toBe(2);
      break;
    }
    await expect(collect(readXlsx(file, 'a.xlsx', { signal: AbortSignal.abort() }))).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('lookOfFormat', () => {
  it('tells dates, times and numbers apart', () => {
    expect(['yyyy-mm-dd', 'd.m.yy h:mm', '[h]:mm:ss', 'mm:ss', '0.00E+00', '#,##0.00 "days"', '[Red]0;[Blue]-0', 'mmm', 'General', '[$-804]yyyy', '0.0\\d', 'e年m月'].map(lookOfFormat)).toEqual(['date', 'date-time', 'time', 'time', 'number', 'number', 'number', 'date', 'number', 'date', 'number', 'date']);
  });
});
