import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from './file-fixtures.ts';
import { jsonErrorColumn } from './json-error-column.ts';
import { readJsonLines, type JsonValue } from './read-json-lines.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
const read = (text: string | Buffer) => collect(readJsonLines(once(Buffer.from(text)), { encoding: 'utf-8' }));

describe('readJsonLines', () => {
  it('reads values and rejects bad lines one by one', async () => {
    const text = ['\ufeff{"text":"退款🙂"}', '', '{"a":1', 'nope', '[1,2]', '{"a":"\\u0000"}', '{"a":"b\0"}', `${'['.repeat(200)}${']'.repeat(200)}`].join('\r\n');
    expect(await read(text)).toEqual([
      { kind: 'row', line: 1, value: { text: '退款🙂' } },
      { kind: 'rejected', line: 3, code: 'bad-json', sentence: 'The line is not valid JSON at column 7.' },
      { kind: 'rejected', line: 4, code: 'bad-json', sentence: 'The line is not valid JSON at column 1.' },
      { kind: 'row', line: 5, value: [1, 2] },
      { kind: 'rejected', line: 6, code: 'nul-bytes', sentence: 'The line contains NUL bytes.' },
      { kind: 'rejected', line: 7, code: 'nul-bytes', sentence: 'The line contains NUL bytes.' },
      { kind: 'rejected', line: 8, code: 'too-deep', sentence: 'The value is nested deeper than 64 levels.' },
    ]);
  });

  it('replaces lone surrogates and says so; whole pairs stay', async () => {
    expect(await read(String.raw`{"a":["\ud83d\ude42","cut \ud83d"],"\udc00":{"b":null}}`)).toEqual([{ kind: 'row', line: 1, value: { a: ['🙂', 'cut \ufffd'], '\ufffd': { b: null } }, cleaned: 'lone-surrogates' }]);
  });

  it('keeps keys that look like prototypes plain keys', async () => {
    const [row] = await read('{"__proto__":{"isAdmin":true},"text":"\\ud800"}');
    expect(row).toMatchObject({ kind: 'row' });
    expect(row?.kind === 'row' && Object.keys(row.value as object)).toEqual(['__proto__', 'text']);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('gives back any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 4 }), { minLength: 1 }), async (values) => {
        const text = values.map((value) => JSON.stringify(value)).join('\n');
        fc.pre(!/\\u0000|\\u[dD][89a-fA-F]/.test(text));
        expect(await read(text)).toEqual(values.map((value, index) => ({ kind: 'row', line: index + 1, value: JSON.parse(JSON.stringify(value)) as JsonValue })));
      }),
    );
  });
});

describe('jsonErrorColumn', () => {
  it('finds the place of each kind of mistake', () => {
    const columns = ['', '[1,]', '{"a" 1}', '{"a":"\t"}', '{"a":tru}', '{} x', '["\\q"]', '{bad}', '01', '"open', '[1}', '-'].map(jsonErrorColumn);
    expect(columns).toEqual([1, 4, 6, 7, 6, 4, 3, 2, 2, 6, 3, 1]);
  });

  it('agrees with the engine on what is valid, for mutilated JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '1', 'x', ' ', '\u0001'), (json, place, piece) => {
        const at = place % (json.length + 1);
        const text = json.slice(0, at) + piece + json.slice(at + (place % 2));
        let isValid = true;
        try {
          JSON.parse(text);
        } catch {
          isValid = false;
        }
        expect(jsonErrorColumn(text) === null).toBe(isValid);
      }),
      { numRuns: 500 },
    );
  });
});
