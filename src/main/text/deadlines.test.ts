import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPromises } from './deadlines.ts';

const ZONE = 8 * 3_600_000;
/** Sunday 2026-11-22, 09:44 in Shanghai. */
const NOW = Date.UTC(2026, 10, 22, 1, 44);
const local = (at: number | null): string | null => (at === null ? null : new Date(at + ZONE).toISOString().slice(0, 16).replace('T', ' '));
const promises = (text: string): [string, string | null][] => findPromises(text, NOW, ZONE).map(({ text: words, dueAt }) => [words, local(dueAt)]);

describe('findPromises', () => {
  test.each([
    ['我现在催件，今天18点前答复您。', '2026-11-22 18:00'],
    ['明天上午10点半给您回电', '2026-11-23 10:30'],
    ['我们会在24小时内处理', '2026-11-23 09:44'],
    ['三个工作日内退款到账', '2026-11-25 09:44'],
    ['明天给您发货', '2026-11-23 18:00'],
    ['下周三会寄出', '2026-11-25 18:00'],
    ['周五帮您跟进', '2026-11-27 18:00'],
    ['今晚8点前回复您', '2026-11-22 20:00'],
    ['下午3点前联系您', '2026-11-22 15:00'],
    ['12月1日会补发', '2026-12-01 18:00'],
    ['十分钟内回复', '2026-11-22 09:54'],
    ["I'll reply by 18:00 today.", '2026-11-22 18:00'],
    ['We will refund you within 2 days', '2026-11-24 09:44'],
    ["I'm chasing it now and will get back to you by 6 pm tomorrow", '2026-11-23 18:00'],
    ['It will ship tomorrow', '2026-11-23 18:00'],
    ['You will hear from me within an hour', '2026-11-22 10:44'],
  ])('%s', (text, due) => {
    expect(promises(text)).toEqual([[text, due]]);
  });

  test.each(['请问您明天方便收货吗？', '昨天已经给您发出', '好的，给您添麻烦了', '尽快为您处理', '订单是3月5日签收的', 'Could you send me a photo today?', '今天天气不错'])('no promise: %s', (text) => {
    expect(promises(text)).toEqual([]);
  });

  test('of several sentences only those that promise, quoted as they stand', () => {
    const text = '给您添麻烦了，包裹停了两天。我现在催件，今天18点前答复；明天仍没更新，补发还是退款由您选。';
    expect(findPromises(text, NOW, ZONE).map(({ start, end }) => text.slice(start, end))).toEqual(['我现在催件，今天18点前答复；']);
  });

  test('never throws, quotes only what is there, and is never due long before it was said', () => {
    const word = fc.constantFrom('今天', '明天', '下周三', '2月30日', '18点', '24小时内', '会', '回复', ' by ', 'tomorrow', '6 pm', '。', '吗', 'will ', '一');
    fc.assert(fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join('');
      for (const promise of findPromises(text, NOW, ZONE)) {
        expect(text.slice(promise.start, promise.end)).toBe(promise.text);
        expect(promise.dueAt ?? NOW).toBeGreaterThan(NOW - 86_400_000);
      }
    }));
  });
});
