import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from './file-fixtures.ts';
import { createCsvScanner, detectDelimiter, type Delimiter } from './csv-record.ts';
import { readCsv, type CsvOptions } from './read-csv.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 13) yield bytes.subarray(at, at + 13);
}
const read = (text: string | Buffer, options: Partial<CsvOptions> = {}) => collect(readCsv(once(Buffer.from(text)), { encoding: 'utf-8', ...options }));
const valuesOf = (items: Awaited<ReturnType<typeof read>>) => items.map((item) => (item.kind === 'row' ? item.value : `${item.line} ${item.code}`));

describe('readCsv', () => {
  it('reads quotes, line breaks in cells, a mark, blank rows and trailing empty cells', async () => {
    const text = '\ufeff问题, 答案 \r\n"能退吗？","可以，\r\n7 天内""无理由"""\r\n\r\n,\r\n5" 屏,="00123"\r\n多一格,x,,\r\n';
    expect(await read(text)).toEqual([
      { kind: 'row', line: 2, value: { 问题: '能退吗？', 答案: '可以，\n7 天内"无理由"' } },
      { kind: 'row', line: 6, value: { 问题: '5" 屏', 答案: '="00123"' } },
      { kind: 'row', line: 7, value: { 问题: '多一格', 答案: 'x' } },
    ]);
  });

  it('rejects ragged rows, bad bytes and NUL with their line', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1\n1,2,3\n'), Buffer.from([0x31, 0x2c, 0xff, 0x0a]), Buffer.from('"x\n\0y",1\n5,6\n')]);
    expect(await read(bytes)).toEqual([
      { kind: 'rejected', line: 2, code: 'ragged-row', sentence: 'The row has 1 cells; the header has 2.' },
      { kind: 'rejected', line: 3, code: 'ragged-row', sentence: 'The row has 3 cells; the header has 2.' },
      { kind: 'rejected', line: 4, code: 'bad-bytes', sentence: "The line holds bytes that are not text in the file's encoding." },
      { kind: 'rejected', line: 5, code: 'nul-bytes', sentence: 'The line contains NUL bytes.' },
      { kind: 'row', line: 7, value: { a: '5', b: '6' } },
    ]);
  });

  it('loses one line to a stray quote, not the rest of the file', async () => {
    expect(valuesOf(await read('a,b\n1,"never closed\n3,4\n"5",6\n7,"8\n'))).toEqual(['2 unclosed-quote', { a: '3', b: '4' }, { a: '5', b: '6' }, '5 unclosed-quote']);
    expect(valuesOf(await read('a,b\n"he said "hi"",2\n3,4\n'))).toEqual(['2 text-after-quote', { a: '3', b: '4' }]);
    const long = `a,b\n1,"open\n${'x,y\n'.repeat(2000)}`;
    expect((await read(long)).filter((item) => item.kind === 'row')).toHaveLength(2000);
  });

  it('names blank and repeated columns and keeps __proto__ plain', async () => {
    const [row] = await read('id,,id,__proto__\n1,2,3,4\n');
    expect(row?.kind === 'row' && Object.entries(row.value)).toEqual([['id', '1'], ['column 2', '2'], ['id (2)', '3'], ['__proto__', '4']]);
  });

  it('reads GB18030', async () => {
    const bytes = Buffer.concat([Buffer.from('id,'), Buffer.from('cecacce2', 'hex'), Buffer.from('\n1,'), Buffer.from('cdcbbfee', 'hex'), Buffer.from('\n')]);
    expect(await read(bytes, { encoding: 'gb18030' })).toEqual([{ kind: 'row', line: 2, value: { id: '1', 问题: '退款' } }]);
  });

  it('finds the delimiter, also against commas inside cells', async () => {
    const tables: [string, Delimiter][] = [['a,b\n1,2', ','], ['a;b;c\n1,5;2;3\n2,5;3;4', ';'], ['a\tb\n1, 2\t3', '\t'], ['a|b\nx, y|2\n', '|'], ['alone\nx', ','], ['"a;b",c\n"d;e",f', ',']];
    expect(tables.map(([text]) => detectDelimiter(text.split('\n')))).toEqual(tables.map(([, delimiter]) => delimiter));
    expect(valuesOf(await read('a;b\n1,5;2\n'))).toEqual([{ a: '1,5', b: '2' }]);
  });

  it('agrees with the CSV library on generated tables', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '退', ';') });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const text = rows.map((row) => row.map(([value, isQuoted]) => (isQuoted || /[",\n]/.test(value) ? quote(value) : value)).join(',')).join('\n');
        const scanner = createCsvScanner(',');
        const found = text.split('\n').map((line) => scanner.feed(line)).flatMap((outcome) => (outcome.kind === 'record' ? [outcome.fields] : []));
        expect(found).toEqual(parse(text, { relax_column_count: true, record_delimiter: '\n' }));
        expect(found).toEqual(rows.map((row) => row.map(([value]) => value)));
      }),
    );
  });
});
