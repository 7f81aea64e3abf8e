import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreEscalation } from './cold-start.ts';
import { addContribution } from './escalation-score.ts';
import { DEFAULT_NEARNESS, MAX_CALM_WEIGHT, MAX_ESCALATE_WEIGHT, nearestExampleContribution, type NearExample } from './nearest-examples.ts';

const turn = { id: 't1', text: '你们到底管不管' };

function example(exampleId: string, label: NearExample['label'], similarity: number): NearExample {
  return { exampleId, label, text: `text ${exampleId}`, similarity };
}

test('close escalated examples give the full weight and the nearest as the reason', () => {
  expect(nearestExampleContribution(turn, [example('a', 'escalate', 0.6), example('b', 'escalate', 0.7), example('c', 'calm', 0.2)])).toEqual({
    feature: 'like_escalated', weight: MAX_ESCALATE_WEIGHT, turnId: 't1', quote: '你们到底管不管',
    values: { exampleId: 'b', example: 'text b', similarity: 0.7 },
  });
});

test('close calm examples soothe by at most one', () => {
  expect(nearestExampleContribution(turn, [example('a', 'calm', 0.9)])).toMatchObject({ feature: 'like_calm', weight: -MAX_CALM_WEIGHT });
});

test('evidence below the full amount weighs in proportion', () => {
  const examples = [example('a', 'escalate', 0.41), example('b', 'calm', 0.4)];
  expect(nearestExampleContribution(turn, examples)?.weight).toBeCloseTo((MAX_ESCALATE_WEIGHT * 0.01) / DEFAULT_NEARNESS.fullEvidence, 10);
  expect(nearestExampleContribution(turn, [example('a', 'escalate', 0.4), example('b', 'calm', 0.41)])?.weight).toBeCloseTo((-MAX_CALM_WEIGHT * 0.01) / DEFAULT_NEARNESS.fullEvidence, 10);
});

test('the number of examples of a label does not matter, their nearness does', () => {
  const calm = Array.from({ length: 20 }, (_, index) => example(`calm${index}`, 'calm', 0.4));
  expect(nearestExampleContribution(turn, [example('a', 'escalate', 0.5), ...calm])?.feature).toBe('like_escalated');
});

test.each([
  ['no examples', []],
  ['nothing near', [example('a', 'escalate', DEFAULT_NEARNESS.floor), example('b', 'calm', -1)]],
  ['even sides', [example('a', 'escalate', 0.6), example('b', 'calm', 0.6)]],
  ['not a number', [example('a', 'escalate', Number.NaN)]],
])('%s says nothing', (_, examples) => {
  expect(nearestExampleContribution(turn, examples)).toBeUndefined();
});

test('examples alone warn but never alert; words and examples together alert', () => {
  const near = nearestExampleContribution(turn, [example('a', 'escalate', 0.8)]);
  const score = (text: string) => addContribution(scoreEscalation([{ id: 't1', role: 'customer', text, at: 0 }], { now: 0 }), near).p;
  expect([score('请问在哪看'), score('转人工')].map((p) => Number(p.toFixed(2)))).toEqual([0.5, 0.94]);
  expect(addContribution(scoreEscalation([], { now: 0 }), undefined)).toEqual(scoreEscalation([], { now: 0 }));
});

test('the weight stays within its caps and does not depend on the order of the examples', () => {
  const anyExample = fc.record({ exampleId: fc.uuid(), label: fc.constantFrom<NearExample['label']>('escalate', 'calm'), text: fc.string(), similarity: fc.double({ min: -1, max: 1 }) });
  fc.assert(
    fc.property(fc.array(anyExample, { maxLength: 30 }), (examples) => {
      const contribution = nearestExampleContribution(turn, examples);
      expect(nearestExampleContribution(turn, examples.toReversed())).toEqual(contribution);
      expect(contribution?.weight ?? 0).toBeLessThanOrEqual(MAX_ESCALATE_WEIGHT);
      expect(contribution?.weight ?? 0).toBeGreaterThanOrEqual(-MAX_CALM_WEIGHT);
    }),
  );
});
