import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSourceFork } from '../app/app.fixture.ts';
import { fillMacro } from '../assist/macro-text.ts';
import { makeTestDir } from '../db/open-test-store.ts';
import { openFile } from '../files/open-file.ts';
import { phraseTemplate, planPhrases, readPhraseList } from './phrase-list.ts';

async function read(name: string, content: string) {
  const file = path.join(makeTestDir(), name);
  writeFileSync(file, content);
  return readPhraseList(await openFile(file, { fork: createSourceFork().fork }));
}

describe('a phrase list', () => {
  test('is read from a table of code, title and text', async () => {
    expect(await read('mine.csv', 'code,title,text\nhi,问候,您好\n坏 码,,在的\nx,空的,\nlong,,"两行\n文字"\n')).toEqual({
      columns: { code: 'code', title: 'title', text: 'text' },
      phrases: [{ line: 2, code: 'hi', title: '问候', text: '您好' }, { line: 3, code: null, title: '', text: '在的' }, { line: 5, code: 'long', title: '', text: '两行\n文字' }],
      rejected: [{ line: 4, reason: 'text: it is empty; needed is text of at most 100,000 characters.' }],
    });
  });

  test('is read from the columns of a chat tool, group and phrase', async () => {
    const { columns, phrases } = await read('qn.csv', '快捷编码,快捷短语,快捷短语分组\n1,亲，您好,欢迎语\n,稍等哦,欢迎语\n');
    expect(columns).toEqual({ code: '快捷编码', text: '快捷短语', group: '快捷短语分组' });
    expect(phrases).toEqual([{ line: 2, code: '1', title: '欢迎语', text: '亲，您好' }, { line: 3, code: null, title: '欢迎语', text: '稍等哦' }]);
  });

  test('is read from plain text, one phrase a line', async () => {
    expect(await read('mine.txt', '您好，在的\n\n  请稍等，我查一下  \n')).toEqual({
      columns: null, rejected: [],
      phrases: [{ line: 1, code: null, title: '', text: '您好，在的' }, { line: 3, code: null, title: '', text: '请稍等，我查一下' }],
    });
  });

  test('a table without phrases is refused, naming its columns', async () => {
    await expect(read('x.csv', 'a,b\n1,2\n')).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('Its columns are a, b') as string });
  });

  test('a guarded cell loses its guard', async () => {
    expect((await read('x.csv', "code,text\na,'=1+1 是多少\nb,'quoted'\n")).phrases.map(({ text }) => text)).toEqual(['=1+1 是多少', "'quoted'"]);
  });
});

describe('planPhrases', () => {
  const listed = (text: string, code: string | null = null, title = '') => ({ line: 1, code, title, text });
  test('gives codes, keeps what is there, says what changes', () => {
    const own = [{ code: 'hi', title: '问候', text: '您好' }, { code: '稍等', title: '', text: '旧的' }];
    expect(planPhrases([listed('您好'), listed('新的问候', 'hi', '问候'), listed('稍等', null), listed('稍等一下', null, '组 · 稍等')], own).map(({ code, state }) => [code, state])).toEqual([['hi', 'same'], ['hi', 'changed'], ['稍等.2', 'new'], ['稍等.3', 'new']]);
  });

  test('codes are unique and can be typed; planning the outcome again changes nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }).map((text) => text.trim()).filter((text) => text !== ''), { maxLength: 12 }), (texts) => {
        const planned = planPhrases(texts.map((text) => listed(text)), []);
        expect(planned.every(({ code }) => /^[\p{L}\p{N}._-]{1,40}$/u.test(code))).toBe(true);
        const stored = planned.filter(({ state }) => state === 'new');
        expect(new Set(stored.map(({ code }) => code)).size).toBe(stored.length);
        expect(planPhrases(texts.map((text) => listed(text)), stored).every(({ state }) => state === 'same')).toBe(true);
      }),
    );
  });
});

test('a phrase is inserted as it was written, whatever braces it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('{', '}', '%', 'a', ' ', '"', '|', '客'), { maxLength: 12 }).map((parts) => parts.join('')), (text) => {
      const words = text.trim();
      expect(fillMacro(phraseTemplate(words), {}).text).toBe(words);
    }),
  );
  expect(phraseTemplate('您好 {{ customer.name }}')).toBe('您好 {{ customer.name }}');
});
