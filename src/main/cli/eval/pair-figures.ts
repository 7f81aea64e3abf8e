import { detectLanguage } from '../../text/language.ts';
import { measureArms, type Leads, type Measured } from './arms.ts';
import type { Statistic } from '../../tuning/bootstrap.ts';
import { wordSimilarity } from '../../tuning/bm25.ts';
import { createPool, type EvalWork } from './eval-work.ts';
import { areaUnderCurveOf, bestAccuracyOf, spearmanOf } from './statistics.ts';
import { dot } from '../../tuning/vectors.ts';

/** `gold` is a label 0 or 1, or a score 0–5. */
export type LabelledPair = { a: string; b: string; gold: number };
type PairArm = 'vector' | 'bm25' | 'tfidf';
/** `auc` and `accuracy` are null for graded pairs, `auc` also when one label is absent. */
type PairMetric = 'spearman' | 'auc' | 'accuracy';
type PairArms = Record<PairArm, Measured<PairMetric>>;
/** `languages` by the languages of the two texts: `zh`, or `en-zh` when they differ. */
export type PairFigures = { pairs: number } & PairArms & { leads: Leads<PairMetric>; languages: Record<string, { pairs: number } & PairArms> };

const ARMS: readonly PairArm[] = ['vector', 'bm25', 'tfidf'];
type Scored = { pair: LabelledPair } & Record<PairArm, number>;

/** How well likeness by meaning and by words agrees with what people said of pairs. */
export async function pairFigures(pairs: readonly LabelledPair[], isGraded: boolean, work: EvalWork): Promise<PairFigures> {
  const pool = await createPool(pairs.flatMap(({ a, b }) => [a, b]), [], work);
  const scored = pairs.map((pair) => ({ pair, vector: dot(pool.vectorOf(pair.a), pool.vectorOf(pair.b)), bm25: wordSimilarity(pool.bm25, pair.a, pair.b), tfidf: pool.tfidf.similarity(pair.a, pair.b) }));
  const { arms, leads } = measureArms(pairs.length, statisticsOf(scored, isGraded), [['vector', 'bm25'], ['vector', 'tfidf']]);
  const languages: PairFigures['languages'] = {};
  for (const [language, rows] of [...Map.groupBy(scored, ({ pair }) => languageOf(pair))].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await work.breathe();
    languages[language] = { pairs: rows.length, ...measureArms(rows.length, statisticsOf(rows, isGraded)).arms };
  }
  return { pairs: pairs.length, ...arms, leads, languages };
}

function languageOf({ a, b }: LabelledPair): string {
  return [...new Set([detectLanguage(a), detectLanguage(b)])].toSorted().join('-');
}

function statisticsOf(rows: readonly Scored[], isGraded: boolean): Record<PairArm, Record<PairMetric, Statistic>> {
  const gold = rows.map(({ pair }) => pair.gold);
  const isPositive = gold.map((label) => label === 1);
  const of = (arm: PairArm): Record<PairMetric, Statistic> => {
    const scores = Float64Array.from(rows, (row) => row[arm]);
    return { spearman: spearmanOf(scores, gold), auc: isGraded ? () => null : areaUnderCurveOf(scores, isPositive), accuracy: isGraded ? () => null : bestAccuracyOf(scores, isPositive) };
  };
  return Object.fromEntries(ARMS.map((arm) => [arm, of(arm)])) as Record<PairArm, Record<PairMetric, Statistic>>;
}
