import type { KnownText } from '../../knowledge/known-text.repository.ts';
import { normaliseForMatch } from '../../text/normalise.ts';
import { measureArms, type Leads, type Measured } from './arms.ts';
import type { EvalWork } from './eval-work.ts';
import type { SplitHistory } from '../../tuning/history.ts';
import { runAtOnce } from '../../search/slices.ts';
import { meanOf, type Statistic } from '../../tuning/bootstrap.ts';
import { diceOf, holdersOf, poolRows, type PoolRow } from '../../tuning/history-pool.ts';
import { topOf } from '../../tuning/hybrid-scores.ts';
import { rankPool, SEARCH_LEADS, type RankedPool, type SearchArm } from './rank-pool.ts';
import { createSeededNumbers, drawSome } from '../../tuning/seeded-numbers.ts';

const DRAW_SEED = 1;
/** So many suggestions are seen at a glance. */
const GLANCE = 5;

/** Likeness of what came first to the reply sent, and of the likest of the first five. */
type LikenessMetric = 'dice1' | 'dice5';
type Likeness = Record<LikenessMetric, number>;

/**
 * `queries` of `asked` questions, when there were more than the limit. `coverage`: the share of them whose reply the pool holds word for
 * word; the search figures and `languages` are over those, `answerable` of them. `likeness` is over all: how like the found answers were to the one sent.
 */
export type HistoryFigures = {
  cutAt: string;
  asked: number;
  queries: number;
  answerable: number;
  pool: { turns: number; passages: number; macros: number };
  coverage: Record<'pool', Measured<'covered'>>;
  likeness: Record<SearchArm, Measured<LikenessMetric>> & { leads: Leads<LikenessMetric> };
} & RankedPool;

/**
 * Asks again what customers asked last, of what was known then: earlier questions with their replies, and knowledge. Right is whatever
 * holds the reply really sent, the same text after `normaliseForMatch`.
 */
export async function historyFigures({ asked, known, cutAt }: SplitHistory, knowledge: readonly KnownText[], limit: number, work: EvalWork): Promise<HistoryFigures> {
  const pool = runAtOnce(poolRows(known, knowledge));
  const holders = runAtOnce(holdersOf(pool));
  const drawn = drawSome(createSeededNumbers(DRAW_SEED), asked.length, limit).toSorted((a, b) => a - b).flatMap((place) => asked[place] ?? []);
  const queries = drawn.map(({ question, reply }) => ({ text: question, right: holders.get(normaliseForMatch(reply)) ?? [], reply }));
  const likeness: Record<SearchArm, Likeness[]> = { hybrid: [], vector: [], bm25: [], tfidf: [] };
  const ranked = await rankPool(pool.map(({ text }) => text), queries, work, ({ reply }, scores) => {
    for (const arm of ['hybrid', 'vector', 'bm25', 'tfidf'] as const) likeness[arm].push(likenessOf(scores[arm], pool, reply));
  });
  const countOf = (kind: PoolRow['kind']) => pool.filter((row) => row.kind === kind).length;
  const statistic = (arm: SearchArm): Record<LikenessMetric, Statistic> => ({ dice1: meanOf(likeness[arm].map(({ dice1 }) => dice1)), dice5: meanOf(likeness[arm].map(({ dice5 }) => dice5)) });
  const alike = measureArms<SearchArm, LikenessMetric>(queries.length, { hybrid: statistic('hybrid'), vector: statistic('vector'), bm25: statistic('bm25'), tfidf: statistic('tfidf') }, SEARCH_LEADS);
  return {
    cutAt: new Date(cutAt).toISOString(), asked: asked.length, queries: queries.length, answerable: queries.filter(({ right }) => right.length > 0).length,
    pool: { turns: countOf('turn'), passages: countOf('passage'), macros: countOf('macro') },
    coverage: measureArms(queries.length, { pool: { covered: meanOf(queries.map(({ right }) => (right.length > 0 ? 1 : 0))) } }).arms,
    ...ranked,
    likeness: { ...alike.arms, leads: alike.leads },
  };
}

/** Of the rows that come first by these scores, each by its newest answer; 0 when nothing was found. */
function likenessOf(scores: Float64Array, pool: readonly PoolRow[], reply: string): Likeness {
  const found = topOf(scores, GLANCE).filter((at) => (scores[at] ?? 0) > 0);
  const alike = found.map((at) => diceOf(pool[at]?.answers.at(-1) ?? '', reply));
  return { dice1: alike[0] ?? 0, dice5: Math.max(0, ...alike) };
}
