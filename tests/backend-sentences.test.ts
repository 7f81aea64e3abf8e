import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Converter } from 'opencc-js';
import { expect, test } from 'vitest';
import { TABLES_OF_KIND } from '../src/main/importing/column-mapping.ts';
import { translateSentence } from '../src/shared/i18n/backend-sentence.ts';
import { PLAIN_SENTENCES, SENTENCE_PATTERNS } from '../src/shared/i18n/backend-sentences.texts.ts';

const main = path.join(import.meta.dirname, '../src/main');
/** Never shown on a screen: the command line's own, and what only a fault in the code can bring about. */
const UNSEEN = ['unknown method', 'unexpected value', ' was cancelled', 'A macro without a view.', 'A record without rows.', 'No examples are registered', 'another bank', 'wordings; ', 'no bank of replies', 'YAML', 'it is not a conversation with', ': x7 file'];

/** Every sentence written out where an expected error is made or a row is rejected, its values as `{slot}`. */
function shownSentences(): string[] {
  const files = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\./.test(file) && !file.startsWith('cli'));
  const made = /(?:new DeskmateError\(\s*'[a-z_]+',|rejectedRow\([^()]*(?:\([^()]*\))?[^()']*'[a-z-]+',|(?:refusedFile|unreadableFile|notParsed|refused)\((?:file, [^,]+, )?|(?:reason|sentence):)\s*(?:'((?:[^'\\]|\\.)+)'|"([^"]+)"|`((?:[^`\\]|\\.)+)`)/g;
  const all = files.flatMap((file) => [...readFileSync(path.join(main, file), 'utf8').matchAll(made)].map((match) => (match[1] ?? match[2] ?? withSlots(match[3] ?? '')).replaceAll("\\'", "'")));
  // a reason that is one word is a code
  return [...new Set(all)].filter((sentence) => sentence.includes(' ') && /[a-z]{3}/.test(sentence.replaceAll('x7', '')) && !UNSEEN.some((part) => sentence.includes(part)));
}

/** `${a[b({})]}` becomes one sample value. */
function withSlots(template: string): string {
  let [text, depth] = ['', 0];
  for (let at = 0; at < template.length; at += 1) {
    if (template.startsWith('${', at)) {
      if (depth === 0) text += 'x7';
      depth += 1;
      at += 1;
    } else if (depth > 0) depth += template[at] === '{' ? 1 : template[at] === '}' ? -1 : 0;
    else text += template[at] ?? '';
  }
  return text;
}

test('every sentence that a rep may see is there in Chinese', () => {
  const sentences = shownSentences();
  expect(sentences.length).toBeGreaterThan(100);
  // `reason` and `what` are sentences of their own
  const missing = sentences.map((sentence) => sentence.replace('line x7: x7', 'line x7: This is not a whole number.').replace('protected by x7', 'protected by a passphrase').replace('Entry x7: x7', 'Entry x7: One size is there twice.').replace(/^The x7 x7\.$/, 'The macro x7 was changed here, so the new text of the pack was not taken.'))
    .filter((sentence) => translateSentence(sentence, 'zh-Hans') === null);
  expect(missing).toEqual([]);
});

/** A place and its reason: nothing of it is in any language. */
const NO_WORDS = new Set(['{field}：{reason}', 'turns[{place}].{field}：{reason}', 'turns[{place}]：{reason}']);

test('each row is written in its own script, with the same values', () => {
  const slots = (text: string): string => [...new Set(text.match(/\{[a-z]+\}/g))].toSorted().join();
  const [toTraditional, toSimplified] = [Converter({ from: 'cn', to: 't' }), Converter({ from: 't', to: 'cn' })];
  const ignore = (text: string): string => text.replaceAll(/[台臺里裡只系係干後后面回余了表准出采採注復複覆]/g, '');
  for (const [hans, hant, en] of [...PLAIN_SENTENCES, ...SENTENCE_PATTERNS]) {
    expect([ignore(toTraditional(hant)), ignore(toSimplified(hans))]).toEqual([ignore(hant), ignore(hans)]);
    expect([hans, hant].every((text) => /\p{Script=Han}/u.test(text) || NO_WORDS.has(text))).toBe(true);
    // a value may be left out where the Chinese says it without, but none may be made up
    expect(slots(en).split(',').filter((slot) => slot !== '')).toEqual(expect.arrayContaining(slots(hans).split(',').filter((slot) => slot !== '')));
    expect(slots(hant)).toBe(slots(hans));
  }
});

test.each([
  ['There is no such rep.', '没有这位客服。', '沒有這位客服。'],
  ['The pack winter is not installed.', '包 winter 没有安装。', '包 winter 沒有安裝。'],
  ['paid_at (column 付款时间): There is no such day or time. amount: This is not a whole number.', '付款时间（列 付款时间）：没有这个日期或时间。金额：这不是整数。', '付款時間（列 付款时间）：沒有這個日期或時間。金額：這不是整數。'],
  ['a.csv, line 3: size: it is empty; needed is a whole number of 0 or more.', 'a.csv 第 3 行：size：是空的，需要不小于 0 的整数。', 'a.csv 第 3 行：size：是空的，需要不小於 0 的整數。'],
  ['Line 4: turns[2].at: it is empty, and the conversation has no openedAt either; needed is a date such as 2025-03-04 05:06, ISO 8601 or epoch ms.', '第 4 行：turns[2].时间：是空的，会话也没有 openedAt；需要日期，例如 2025-03-04 05:06、ISO 8601 或毫秒时间戳。', '第 4 行：turns[2].時間：是空的，會話也沒有 openedAt；需要日期，例如 2025-03-04 05:06、ISO 8601 或毫秒時間戳。'],
  ['Something else: quite unknown to us.', null, null],
  ['', null, null],
])('%s', (sentence, hans, hant) => {
  expect([translateSentence(sentence, 'zh-Hans'), translateSentence(sentence, 'zh-Hant'), translateSentence(sentence, 'en')]).toEqual([hans, hant, sentence]);
});

test('what a field needs is there in Chinese', () => {
  const expects = new Set(Object.values(TABLES_OF_KIND).flat().flatMap((table) => Object.values(table).map((field) => field.expects)));
  expect([...expects].filter((words) => /\p{Script=Han}/u.test(translateSentence(`code: it is empty; needed is ${words}.`, 'zh-Hans') ?? '') === false)).toEqual([]);
});
