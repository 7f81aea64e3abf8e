import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { texts, type TextKey } from '../../shared/i18n/texts.ts';
import { callFailure } from './call-failure.ts';
import { coalesce } from './coalesce.ts';
import { createCompositionGuard } from './composition.ts';
import { createFormats, type Translate } from './formats.ts';

const translateTo = (column: 0 | 1 | 2): Translate => (key: TextKey, values = {}) => texts[key][column].replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => String(values[name]));

describe('formats', () => {
  const zh = createFormats('zh-Hans', translateTo(0), 'Asia/Shanghai');
  const en = createFormats('en', translateTo(2), 'UTC');
  const at = Date.UTC(2026, 10, 22, 1, 41);
  test('money, times and durations', () => {
    expect([zh.money(123_450), zh.money(-5), zh.money(0)]).toEqual(['¥1,234.50', '−¥0.05', '¥0.00']);
    expect([zh.clock(at), zh.date(at), zh.dateTime(at), en.clock(at)]).toEqual(['09:41', '2026-11-22', '2026-11-22 09:41', '01:41']);
    expect([zh.duration(130_000), zh.duration(5000), zh.duration(3_720_000), zh.duration(2 * 86_400_000), en.duration(130_000)]).toEqual(['2 分 10 秒', '5 秒', '1 小时 2 分', '2 天', '2 min 10 s']);
    expect([zh.stopwatch(130_000), zh.stopwatch(3_723_000), zh.stopwatch(-4), zh.stopwatch(1e12)]).toEqual(['02:10', '1:02:03', '00:00', '99:59:59']);
  });
  test('midnight in the reader’s zone, also on days an hour longer or shorter', () => {
    const newYork = createFormats('en', translateTo(2), 'America/New_York');
    expect([zh.dayStart(at), en.dayStart(at)]).toEqual([Date.UTC(2026, 10, 21, 16), Date.UTC(2026, 10, 22)]);
    expect(newYork.dayStart(Date.UTC(2026, 2, 8, 20))).toBe(Date.UTC(2026, 2, 8, 5));
    expect(newYork.dayStart(Date.UTC(2026, 10, 1, 20))).toBe(Date.UTC(2026, 10, 1, 4));
    expect(zh.dayStart(zh.dayStart(at))).toBe(zh.dayStart(at));
  });
  test('relative within a month, absolute beyond', () => {
    expect([zh.relative(at, at + 1000), zh.relative(at, at + 3 * 3_600_000), zh.relative(at, at + 3 * 86_400_000), zh.relative(at, at + 400 * 86_400_000)]).toEqual(['刚刚', '3 小时前', '3 天前', '2026-11-22']);
  });
  test('sizes and shares', () => {
    expect([zh.bytes(512), zh.bytes(188_416), zh.bytes(18_874_368), zh.percent(0.624)]).toEqual(['512 B', '184 KB', '18 MB', '62%']);
  });
});

describe('composition guard', () => {
  const enter = (change: Partial<{ isComposing: boolean; keyCode: number; timeStamp: number }> = {}) => ({ isComposing: false, keyCode: 13, timeStamp: 1000, ...change });
  test('owns every key while composing, and the Enter that ends it, in either order of events', () => {
    const guard = createCompositionGuard();
    expect(guard.owns(enter())).toBe(false);
    expect(guard.owns(enter({ isComposing: true }))).toBe(true);
    expect(guard.owns(enter({ keyCode: 229 }))).toBe(true);
    guard.start();
    expect(guard.owns(enter())).toBe(true);
    guard.end(990);
    expect(guard.owns(enter({ timeStamp: 991 }))).toBe(true);
    expect(guard.owns(enter({ timeStamp: 1100 }))).toBe(false);
  });
});

test('callFailure tells a refusal from no answer', () => {
  const refusal = Object.assign(new Error('The file is empty.'), { code: 'file_refused' });
  expect(callFailure(refusal)).toEqual({ code: 'file_refused', sentence: 'The file is empty.' });
  expect(callFailure(Object.assign(new Error('Input validation failed'), { code: 'BAD_REQUEST' }))).toEqual({ code: 'bad_request', sentence: 'Input validation failed' });
  expect(callFailure(Object.assign(new Error('boom'), { code: 'INTERNAL_SERVER_ERROR' }))).toEqual({ code: 'internal', sentence: null });
  expect(callFailure(new Error('closed'))).toEqual({ code: 'connection', sentence: null });
  expect(callFailure('x')).toEqual({ code: 'internal', sentence: null });
});

describe('coalesce', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  test('many calls are one run; a call during a run is one more', async () => {
    let runs = 0;
    let finish = (): void => {};
    const call = coalesce(() => new Promise<void>((done) => { runs += 1; finish = done; }), 50);
    call();
    call();
    await vi.advanceTimersByTimeAsync(50);
    expect(runs).toBe(1);
    call();
    call();
    await vi.advanceTimersByTimeAsync(500);
    expect(runs).toBe(1);
    finish();
    await vi.advanceTimersByTimeAsync(500);
    expect(runs).toBe(2);
  });
});
