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

const NDCG_DEPTH = 10;
const RECALL_DEPTH = 50;

/** What a document is to a query. `left_out` is neither right nor wrong, as if it were not there. */
export const MARK = { wrong: 0, right: 1, leftOut: 2 } as const;

/** `rank` as `rankOf` says; `ndcg10` 0–1; `recall50` the share of right documents among the first 50. */
export type RankQuality = { rank: number; ndcg10: number; recall50: number };

/**
 * How well scores rank the right documents, `marks` telling which they are. `ndcg10` (Järvelin and Kekäläinen 2002, gain 1 for a right
 * document) and `recall50` take of equal scores the mean over every order of them (McSherry and Najork 2008).
 */
export function rankQuality(scores: Float64Array, marks: Uint8Array): RankQuality {
  const levels = rightLevels(scores, marks);
  const lowest = levels.at(-1)?.score ?? Number.POSITIVE_INFINITY;
  let wrongCount = 0;
  for (let index = 0; index < scores.length; index++) {
    if (marks[index] !== MARK.wrong) continue;
    wrongCount += 1;
    const score = scores[index] as number;
    if (score >= lowest) place(levels, score);
  }
  const first = levels[0];
  if (first === undefined) return { rank: wrongCount + 1, ndcg10: 0, recall50: 0 };
  return { rank: 1 + first.wrongAbove + first.wrongTies / 2, ...gains(levels) };
}

/** One score that right documents have, from the highest; `wrongAbove` counts those below the level before only. */
type Level = { score: number; rightCount: number; wrongTies: number; wrongAbove: number };

function rightLevels(scores: Float64Array, marks: Uint8Array): Level[] {
  const counts = new Map<number, number>();
  for (let index = 0; index < scores.length; index++) {
    if (marks[index] === MARK.right) counts.set(scores[index] as number, (counts.get(scores[index] as number) ?? 0) + 1);
  }
  return [...counts].toSorted(([a], [b]) => b - a).map(([score, rightCount]) => ({ score, rightCount, wrongTies: 0, wrongAbove: 0 }));
}

/** Puts a wrong score that is not below the last level at the first level it does not fall below. */
function place(levels: readonly Level[], score: number): void {
  let [low, high] = [0, levels.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (score >= (levels[middle] as Level).score) high = middle;
    else low = middle + 1;
  }
  const level = levels[low] as Level;
  if (score === level.score) level.wrongTies += 1;
  else level.wrongAbove += 1;
}

function gains(levels: readonly Level[]): { ndcg10: number; recall50: number } {
  let [before, gained, found, rightCount] = [0, 0, 0, 0];
  for (const level of levels) {
    const size = level.rightCount + level.wrongTies;
    before += level.wrongAbove;
    gained += (level.rightCount / size) * (discountUpTo(before + size) - discountUpTo(before));
    found += level.rightCount * Math.min(1, Math.max(0, (RECALL_DEPTH - before) / size));
    before += size;
    rightCount += level.rightCount;
  }
  return { ndcg10: gained / discountUpTo(rightCount), recall50: found / rightCount };
}

/** Sum of 1 / log2(place + 1) over the first places, at most ten. */
function discountUpTo(placeCount: number): number {
  let sum = 0;
  for (let at = 1; at <= Math.min(placeCount, NDCG_DEPTH); at++) sum += 1 / Math.log2(at + 1);
  return sum;
}
