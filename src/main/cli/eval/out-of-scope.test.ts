import { expect, it } from 'vitest';
import { scopeFigures } from './out-of-scope.ts';

it('chooses the threshold on one half and decides the other', () => {
  // In scope .9 .8 .7 .3, out .1 .2 .65 .4; dealt out in turn: halves {.9 .7 | .1 .65} and {.8 .3 | .2 .4}. The first takes what is below
  // .675 (no fault), the second below .6 (F1 .8 with one fault). So the second loses .3 and finds .2 .4, the first finds .1 and misses .65.
  const certainty = [0.9, 0.1, 0.8, 0.2, 0.7, 0.65, 0.3, 0.4];
  const isOut = [false, true, false, true, false, true, false, true];
  const { vector, ...rest } = scopeFigures([['vector', certainty]], isOut);
  // .9 .8 .7 are above all four, .3 is above .1 and .2; found 3, taken wrongly 1, missed 1
  expect([rest, vector?.auroc, vector?.f1]).toEqual([{ texts: 8, outOfScope: 4 }, 14 / 16, 0.75]);
});
