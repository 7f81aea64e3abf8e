/** Shares of queries (0–1) whose right answer came first, and the mean reciprocal rank. */
export type RankFigures = { r1: number; r5: number; mrr: number };

/**
 * Place of the best right answer among all, from 1. Of equal scores nobody knows the order: each wrong answer that ties costs half a place,
 * which for one right answer is the usual (ties − 1)/2.
 */
export function rankOf(scores: ArrayLike<number>, isRight: (index: number) => boolean): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < scores.length; index++) if (isRight(index)) best = Math.max(best, scores[index] ?? 0);
  let rank = 1;
  for (let index = 0; index < scores.length; index++) {
    if (isRight(index)) continue;
    const score = scores[index] ?? 0;
    if (score > best) rank += 1;
    else if (score === best) rank += 0.5;
  }
  return rank;
}

export function rankFigures(ranks: readonly number[]): RankFigures {
  return { r1: shareOf(ranks, (rank) => rank <= 1), r5: shareOf(ranks, (rank) => rank <= 5), mrr: rounded(mean(ranks.map((rank) => 1 / rank))) };
}

export function shareOf<T>(values: readonly T[], isCounted: (value: T) => boolean): number {
  return rounded(values.length === 0 ? 0 : values.filter(isCounted).length / values.length);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Figures are printed with six decimals. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Ranks from 1, equal values sharing their mean rank. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (let place = start; place < end; place++) ranks[order[place] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Spearman's rank correlation: Pearson's over average ranks. 0 when either side is constant. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [left, right] = [averageRanks(a), averageRanks(b)];
  const centre = (left.length + 1) / 2;
  let [cross, squaresLeft, squaresRight] = [0, 0, 0];
  for (let index = 0; index < left.length; index++) {
    const [x, y] = [(left[index] ?? 0) - centre, (right[index] ?? 0) - centre];
    cross += x * y;
    squaresLeft += x * x;
    squaresRight += y * y;
  }
  return squaresLeft === 0 || squaresRight === 0 ? 0 : cross / Math.sqrt(squaresLeft * squaresRight);
}

/** Area under the ROC curve by the Mann–Whitney statistic, ties counting half; null when one class is absent. */
export function areaUnderCurve(scores: ArrayLike<number>, isPositive: readonly boolean[]): number | null {
  const positiveCount = isPositive.filter(Boolean).length;
  const negativeCount = isPositive.length - positiveCount;
  if (positiveCount === 0 || negativeCount === 0) return null;
  const ranks = averageRanks(scores);
  const rankSum = isPositive.reduce((sum, positive, index) => sum + (positive ? (ranks[index] ?? 0) : 0), 0);
  return (rankSum - (positiveCount * (positiveCount + 1)) / 2) / (positiveCount * negativeCount);
}

/** Share of right answers at the threshold that suits these very pairs best (an upper bound, the same for every arm). */
export function bestThresholdAccuracy(scores: ArrayLike<number>, isPositive: readonly boolean[]): number {
  const order = Array.from({ length: scores.length }, (_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  let right = isPositive.filter((positive) => !positive).length;
  let best = right;
  for (let place = 0; place < order.length; place++) {
    right += isPositive[order[place] ?? 0] === true ? 1 : -1;
    const isCut = place + 1 === order.length || scores[order[place + 1] ?? 0] !== scores[order[place] ?? 0];
    if (isCut) best = Math.max(best, right);
  }
  return scores.length === 0 ? 0 : best / scores.length;
}
