import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessageId } from '../../shared/contract/ids.contract.ts';
import { responsesOf, responseStats, type ResponseTurn } from './response-times.ts';

const asks = (at: number): ResponseTurn => ({ kind: 'customer', at });
const closes = (at: number): ResponseTurn => ({ kind: 'closed', at });
const answers = (at: number, repId: string | null = 'a'): ResponseTurn => ({ kind: 'rep', at, messageId: `m${at}` as MessageId, repId });
const waits = (turns: ResponseTurn[]) => responsesOf(turns).map(({ repId, askedAt, answeredAt, isFirst }) => [repId, askedAt, answeredAt, isFirst]);

describe('responsesOf', () => {
  test.each<[string, ResponseTurn[], unknown[]]>([
    ['a wait runs from the oldest unanswered message', [asks(1), asks(5), answers(9)], [['a', 1, 9, true]]],
    ['a second message of the rep answers nothing', [asks(1), answers(2), answers(7), asks(8), answers(9)], [['a', 1, 2, true], ['a', 8, 9, false]]],
    ['a greeting before any question is no response', [answers(1), asks(2), answers(4)], [['a', 2, 4, true]]],
    ['it belongs to whoever ended the wait', [asks(1), answers(3, 'b'), asks(4), answers(9)], [['b', 1, 3, true], ['a', 4, 9, false]]],
    ['closing ends a wait without a response', [asks(1), closes(2), asks(10), answers(11)], [['a', 10, 11, true]]],
    ['an old log does not say who', [asks(1), answers(2, null)], [[null, 1, 2, true]]],
    ['nobody answered', [asks(1), asks(2)], []],
    ['nothing', [], []],
  ])('%s', (_name, turns, expected) => {
    expect(waits(turns)).toEqual(expected);
  });
});

describe('responseStats', () => {
  test('median and ninetieth percentile, the latter from ten on', () => {
    expect(responseStats([])).toEqual({ count: 0, medianMs: null, p90Ms: null });
    expect(responseStats([30])).toEqual({ count: 1, medianMs: 30, p90Ms: null });
    expect(responseStats([40, 10, 20, 30])).toEqual({ count: 4, medianMs: 25, p90Ms: null });
    expect(responseStats([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])).toEqual({ count: 10, medianMs: 55, p90Ms: 91 });
  });

  test('both lie within the waits, in order, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 10, maxLength: 80 }), (values) => {
        const { medianMs, p90Ms } = responseStats(values);
        expect(responseStats(values.toReversed())).toEqual({ count: values.length, medianMs, p90Ms });
        expect(Math.min(...values) <= medianMs! && medianMs! <= p90Ms! && p90Ms! <= Math.max(...values)).toBe(true);
      }),
    );
  });
});
