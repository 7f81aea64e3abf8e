import { expect, it } from 'vitest';
import { addIntentLine, intentSets, newIntentLines } from './eval-lines.ts';

function read(lines: readonly object[], hasLabels: boolean) {
  const set = newIntentLines();
  const reasons = lines.flatMap((line) => {
    const added = addIntentLine(set, line, hasLabels);
    return added.ok ? [] : [added.reason];
  });
  return { reasons, ...intentSets(set, hasLabels) };
}

const lines = [
  { text: '退货', intent: 'start_return', split: 'train' }, { text: '我要退', intent: 'start_return', split: 'test' }, { text: '到哪了', intent: 'track-order', split: 'test' },
  { text: '讲个笑话', intent: null }, { text: '你几岁', intent: null, split: 'train' }, { intent: 'start_return', label: '退货退款' },
];

it('recognises by examples, out of scope being no example whatever its split', () => {
  expect(read(lines, false)).toEqual({
    reasons: [],
    texts: [{ text: '我要退', intent: 'start_return' }, { text: '到哪了', intent: 'track-order' }, { text: '讲个笑话', intent: null }, { text: '你几岁', intent: null }],
    examples: [{ text: '退货', intent: 'start_return' }],
  });
});

it('recognises by label texts, else by the names of the intents', () => {
  const { texts, examples } = read([...lines, { text: '包裹', intent: 'track-order' }], true);
  expect([texts.length, examples]).toEqual([5, [{ text: '退货退款', intent: 'start_return' }, { text: 'track order', intent: 'track-order' }]]);
});

it('says what is wrong with a line', () => {
  const expected = 'This line is not {"text":"…","intent":"…"|null,"split":"train"|"test"} or {"intent":"…","label":"…"}.';
  expect(read([{ text: 'x', intent: 'y' }, { text: 'x', intent: '' }, { text: 'x' }, { text: 'x', intent: 'y', split: 'dev' }, { intent: 'y', label: '' }], false).reasons).toEqual([
    'This line names no split, "train" or "test"; only --labels does without.', expected, expected, expected, expected,
  ]);
});
