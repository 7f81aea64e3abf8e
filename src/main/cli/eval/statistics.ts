import type { Statistic } from '../../tuning/bootstrap.ts';

/** Items from the lowest score to the highest; `ends` marks the last of each run of equal scores. */
type Order = { items: Int32Array; ends: Uint8Array };

function orderOf(scores: ArrayLike<number>): Order {
  const items = Int32Array.from({ length: scores.length }, (_, item) => item).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  return { items, ends: Uint8Array.from(items, (item, place) => (place + 1 === items.length || scores[items[place + 1] as number] !== scores[item] ? 1 : 0)) };
}

/** Ranks from 1, equal values sharing their mean rank; `into` gets one for each item. */
function countedRanks({ items, ends }: Order, counts: Uint32Array, into: Float64Array): void {
  let [before, here, start] = [0, 0, 0];
  for (let place = 0; place < items.length; place++) {
    here += counts[items[place] as number] as number;
    if (ends[place] === 0) continue;
    for (; start <= place; start++) into[items[start] as number] = before + (here + 1) / 2;
    before += here;
    here = 0;
  }
}

/** Spearman's rank correlation: Pearson's over average ranks. 0 when either side is constant. */
export function spearmanOf(a: ArrayLike<number>, b: ArrayLike<number>): Statistic {
  const orders = [orderOf(a), orderOf(b)] as const;
  const [left, right] = [new Float64Array(a.length), new Float64Array(a.length)];
  return (counts) => {
    countedRanks(orders[0], counts, left);
    countedRanks(orders[1], counts, right);
    const centre = (counts.reduce((sum, count) => sum + count, 0) + 1) / 2;
    let [cross, squaresLeft, squaresRight] = [0, 0, 0];
    for (let item = 0; item < counts.length; item++) {
      const [count, x, y] = [counts[item] as number, (left[item] as number) - centre, (right[item] as number) - centre];
      cross += count * x * y;
      squaresLeft += count * x * x;
      squaresRight += count * y * y;
    }
    return squaresLeft === 0 || squaresRight === 0 ? 0 : cross / Math.sqrt(squaresLeft * squaresRight);
  };
}

/** Area under the ROC curve by the Mann–Whitney statistic, ties counting half; null when one class is absent. */
export function areaUnderCurveOf(scores: ArrayLike<number>, isPositive: readonly boolean[]): Statistic {
  const { items, ends } = orderOf(scores);
  return (counts) => {
    let [inOrder, positives, negatives, positivesHere, negativesHere] = [0, 0, 0, 0, 0];
    for (let place = 0; place < items.length; place++) {
      const item = items[place] as number;
      if (isPositive[item] === true) positivesHere += counts[item] as number;
      else negativesHere += counts[item] as number;
      if (ends[place] === 0) continue;
      inOrder += positivesHere * (negatives + negativesHere / 2);
      positives += positivesHere;
      negatives += negativesHere;
      [positivesHere, negativesHere] = [0, 0];
    }
    return positives === 0 || negatives === 0 ? null : inOrder / (positives * negatives);
  };
}

/** Share of right answers at the threshold that suits these very items best (an upper bound, the same for every arm). */
export function bestAccuracyOf(scores: ArrayLike<number>, isPositive: readonly boolean[]): Statistic {
  const { items, ends } = orderOf(scores);
  return (counts) => {
    let [total, right] = [0, 0];
    for (let item = 0; item < counts.length; item++) {
      total += counts[item] as number;
      if (isPositive[item] === true) right += counts[item] as number;
    }
    // all taken as positive; then one run of equal scores after the other is given up, from the lowest
    let best = right;
    for (let place = 0; place < items.length; place++) {
      const item = items[place] as number;
      right += isPositive[item] === true ? -(counts[item] as number) : (counts[item] as number);
      if (ends[place] === 1) best = Math.max(best, right);
    }
    return total === 0 ? null : best / total;
  };
}

/** F1 of decisions already made: 2 TP ÷ (2 TP + FP + FN); null when nothing is positive and nothing was taken for it. */
export function f1Of(isTaken: readonly boolean[], isPositive: readonly boolean[]): Statistic {
  return (counts) => {
    let [both, either] = [0, 0];
    for (let item = 0; item < counts.length; item++) {
      const count = counts[item] as number;
      if (isTaken[item] === true && isPositive[item] === true) both += count;
      if (isTaken[item] === true) either += count;
      if (isPositive[item] === true) either += count;
    }
    return either === 0 ? null : (2 * both) / either;
  };
}

/** The score from which items are best taken as positive, by F1: half way to the next lower score; −∞ when taking all is best, +∞ without a positive. */
export function bestF1Threshold(scores: ArrayLike<number>, isPositive: readonly boolean[]): number {
  const { items, ends } = orderOf(scores);
  const positiveCount = isPositive.filter(Boolean).length;
  let [best, threshold, taken, right] = [0, Number.POSITIVE_INFINITY, 0, 0];
  for (let place = items.length - 1; place >= 0; place--) {
    const item = items[place] as number;
    taken += 1;
    if (isPositive[item] === true) right += 1;
    if (place > 0 && ends[place - 1] === 0) continue;
    const f1 = (2 * right) / (taken + positiveCount);
    if (f1 <= best) continue;
    best = f1;
    threshold = place === 0 ? Number.NEGATIVE_INFINITY : ((scores[item] as number) + (scores[items[place - 1] as number] as number)) / 2;
  }
  return threshold;
}
