import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance } from 'i18next';
import { Converter } from 'opencc-js';
import { describe, expect, test } from 'vitest';
import { resolveLanguage } from '../src/shared/i18n/language.ts';
import { guardedActionSchema } from '../src/shared/contract/access.contract.ts';
import { catalogue, hasText, texts } from '../src/shared/i18n/texts.ts';
import type { TextRow } from '../src/shared/i18n/text-row.ts';

const renderer = path.join(import.meta.dirname, '../src/renderer');
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !file.startsWith('testing'))
  .map((file) => ({ file, code: readFileSync(path.join(renderer, file), 'utf8') }));
const allCode = sources.map(({ code }) => code).join('\n');

/** Keys written out, and the beginnings of keys built from a code (`risk.band.${band}`). */
const written = new Set([...allCode.matchAll(/'([a-z]\w*(?:\.[\w-]+)+)'/g)].map((match) => match[1] ?? ''));
const built = [...allCode.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/g)].map((match) => match[1] ?? '');
/** `risk.${place}.${feature}`, `settings.key.${…}` and the like begin with a code themselves. */
const PLACES = ['risk.reason.', 'risk.step.'];

describe('texts', () => {
  test('no key without a use on screen', () => {
    const unused = Object.keys(texts).filter((key) => !written.has(key) && ![...built, ...PLACES].some((start) => start !== 'risk.' && key.startsWith(start)) && !/^risk\.(escalation|bad_review|churn|refund_abuse)$/.test(key));
    expect(unused).toEqual([]);
  });

  test('no use of a key that has no text', () => {
    const known = Object.keys(texts);
    const places = new Set(known.map((key) => key.split('.')[0]));
    const tails = new Set(['ts', 'tsx', 'css']);
    const missing = [...written].filter((key) => places.has(key.split('.')[0] ?? '') && !hasText(key) && !tails.has(key.split('.').at(-1) ?? ''));
    expect(missing.filter((key) => !isCommandOrEvent(key) && !ACTIONS.includes(key))).toEqual([]);
    expect(built.filter((start) => !known.some((key) => key.startsWith(start)))).toEqual([]);
  });

  test('a counted English noun has its singular', () => {
    const counted = /\{\{count\}\} (?:more )?(?:[a-z]+s\b|apologies)/;
    const rows = Object.entries<TextRow>(texts);
    expect(rows.filter(([, row]) => counted.test(row[2] ?? '') !== (row[3] !== undefined)).map(([key]) => key)).toEqual([]);
    const english = createInstance();
    void english.init({ lng: 'en', initAsync: false, keySeparator: false, nsSeparator: false, resources: { en: { translation: catalogue('en') } } });
    expect([0, 1, 2].map((count) => english.t('queue.viewCount', { view: 'Mine', count }))).toEqual(['Mine: 0 conversations', 'Mine: 1 conversation', 'Mine: 2 conversations']);
  });

  test('every text is there in all three languages, with the same values', () => {
    const names = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();
    // "once" needs no number
    const isSame = (text: string, place: number, row: readonly string[]): boolean => names(text).join() === names(row[0] ?? '').filter((name) => place < 3 || name !== 'count' || text.includes('{{count}}')).join();
    const uneven = Object.entries<TextRow>(texts).filter(([, row]) => row.some((text, place) => text === '' || !isSame(text, place, row)));
    expect(uneven).toEqual([]);
  });

  test('Chinese is Chinese, English is English', () => {
    const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
    const mixed = Object.entries<TextRow>(texts).filter(([, [hans, hant, en]]) => hasHan(en) || (en.length > 6 && !SYMBOLS.test(hans) && (!hasHan(hans) || !hasHan(hant))));
    expect(mixed.map(([key]) => key)).toEqual([]);
  });

  test('traditional texts hold no simplified character and the other way round', () => {
    const toTraditional = Converter({ from: 'cn', to: 't' });
    const toSimplified = Converter({ from: 't', to: 'cn' });
    // 台, 里, 只, 向, 系: the same character stands in both scripts for some of its meanings.
    const ignore = (text: string): string => text.replaceAll(/[复覆複核覈台臺里裡裏只隻系係繫干乾幹後后面麵回迴余餘了瞭周週歷曆表錶准準出齣才纔卷捲制製采採注註群羣床牀線綫為爲说說]/g, '');
    const wrong = Object.entries<TextRow>(texts).filter(([, [hans, hant]]) => ignore(toTraditional(hant)) !== ignore(hant) || ignore(toSimplified(hans)) !== ignore(hans));
    expect(wrong.map(([key, row]) => [key, row[0], row[1]])).toEqual([]);
  });

  test('no banned words: no AI, no 智能, no exclamation mark', () => {
    const banned = Object.entries<TextRow>(texts).filter(([, row]) => row.some((text) => /\bAI\b|智能|智慧|[!！]|\bwe\b|\bour\b/i.test(text)));
    expect(banned).toEqual([]);
  });

  test('no Chinese in the code of the screens but language names and sample values', () => {
    const inCode = sources.flatMap(({ file, code }) => [...code.matchAll(/['"`>]([^'"`<>\n]*\p{Script=Han}[^'"`<>\n]*)['"`<]/gu)].map((match) => `${path.basename(file)}: ${match[1]}`));
    expect(inCode.filter((line) => !line.includes('简体中文') && !line.includes('繁體中文'))).toEqual([]);
  });

  test('no English words in the code of the screens: text between tags, names and hints of controls', () => {
    const NAMES = /^(?:English|Ctrl|Alt|Enter|Esc|Shift|Tab|Deskmate|https:\/\/)$/;
    const inCode = sources.filter(({ file }) => file.endsWith('.tsx')).flatMap(({ file, code }) =>
      [...code.matchAll(/<[a-zA-Z][^<>{}]*>\s*([A-Z]?[a-z]{2,}[^<>{}=;()]*)<\/|\s(?:aria-label|title|placeholder|alt|label)="([^"]*[A-Za-z]{3,}[^"]*)"/g)]
        .map((match) => (match[1] ?? match[2] ?? '').trim()).filter((words) => !NAMES.test(words)).map((words) => `${path.basename(file)}: ${words}`));
    expect(inCode).toEqual([]);
  });

  test('a catalogue is one column', () => {
    expect([catalogue('zh-Hans')['nav.desk'], catalogue('zh-Hant')['nav.import'], catalogue('en')['nav.desk']]).toEqual(['工作台', '匯入', 'Desk']);
  });
});

const ACTIONS: readonly string[] = guardedActionSchema.options;
const SYMBOLS = /^[\d\s{}A-Za-z%;:：×.]*$/;
const isCommandOrEvent = (key: string): boolean => /^(app|settings|job|outbox|risk|suggestion|conversation|message|data|feed|go|desk)\.(changed|scored|shown|received|opened|\w+)$/.test(key) && /(changed|scored|shown|received|opened)$|^(go|desk|app)\./.test(key);

describe('resolveLanguage', () => {
  test.each([
    ['en', ['zh-CN'], 'en'],
    ['system', ['fr', 'zh-TW'], 'zh-Hant'],
    ['system', ['zh-HK'], 'zh-Hant'],
    ['system', ['zh-Hant-HK'], 'zh-Hant'],
    ['system', ['zh-CN', 'en'], 'zh-Hans'],
    ['system', ['en-US', 'zh-CN'], 'en'],
    ['system', ['de'], 'en'],
  ] as const)('%s with %j is %s', (setting, preferred, expected) => {
    expect(resolveLanguage(setting, preferred)).toBe(expected);
  });
});
