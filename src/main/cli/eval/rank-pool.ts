import { detectLanguage } from '../../text/language.ts';
import { measureArms, type Leads, type Measured } from './arms.ts';
import { createPool, type EvalWork } from './eval-work.ts';
import { meanOf, type Statistic } from '../../tuning/bootstrap.ts';
import { hybridScores } from '../../tuning/hybrid-scores.ts';
import { MARK, rankQuality, type RankQuality } from './ranking.ts';

export type SearchArm = 'hybrid' | 'vector' | 'bm25' | 'tfidf';
const SEARCH_ARMS: readonly SearchArm[] = ['hybrid', 'vector', 'bm25', 'tfidf'];
export const SEARCH_LEADS: readonly (readonly [SearchArm, SearchArm])[] = [['hybrid', 'bm25'], ['vector', 'bm25'], ['vector', 'tfidf']];

/** Shares of queries whose right answer came first or among the first five, the mean reciprocal rank, nDCG of the first ten, share of right answers among the first 50. */
export type RankMetric = 'r1' | 'r5' | 'mrr' | 'ndcg10' | 'recall50';
export type SearchFigures = Record<SearchArm, Measured<RankMetric>>;
export type LanguageRow = { queries: number } & SearchFigures;
/** `languages` by the language of the query and of what it should find, such as `zh-en`. */
export type RankedPool = SearchFigures & { leads: Leads<RankMetric>; languages: Record<string, LanguageRow> };

/** A query, the places of the documents that are right for it, and of those that count neither as right nor as wrong. */
export type PoolQuery = { text: string; right: readonly number[]; leftOut?: readonly number[] };
type Qualities = Record<SearchArm, RankQuality[]>;
/** Told of each query in turn what each arm made of it. */
type Listener<Query> = (query: Query, scores: Record<SearchArm, Float64Array>) => void;

/** Searches the whole pool for each query by words, by meaning, and by the two fused as the product fuses them. */
export async function rankPool<Query extends PoolQuery>(documents: readonly string[], queries: readonly Query[], work: EvalWork, onQuery: Listener<Query> = () => {}): Promise<RankedPool> {
  const pool = await createPool(documents, queries.map(({ text }) => text), work);
  const languages = documents.map((text) => detectLanguage(text));
  const all = newQualities();
  const byPair = new Map<string, Qualities>();
  for (const query of queries) {
    await work.breathe();
    const found = pool.scores(query.text);
    const scores = { hybrid: hybridScores(query.text, { meaning: found.vector, words: found.bm25, languages }, work.weights), ...found };
    onQuery(query, scores);
    if (query.right.length === 0) continue;
    addQuality(all, scores, marksOf(documents.length, query, query.right));
    const from = detectLanguage(query.text);
    for (const [to, right] of Map.groupBy(query.right, (at) => languages[at] ?? 'other')) {
      const name = `${from}-${to}`;
      const pair = byPair.get(name) ?? newQualities();
      byPair.set(name, pair);
      addQuality(pair, scores, marksOf(documents.length, query, right));
    }
  }
  const { arms, leads } = measureArms(all.hybrid.length, statisticsOf(all), SEARCH_LEADS);
  const rows = [...byPair].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([pair, qualities]) => [pair, { queries: qualities.hybrid.length, ...measureArms(qualities.hybrid.length, statisticsOf(qualities)).arms }] as const);
  return { ...arms, leads, languages: Object.fromEntries(rows) };
}

function newQualities(): Qualities {
  return { hybrid: [], vector: [], bm25: [], tfidf: [] };
}

/** Right documents of another language than the one asked about are left out: finding them is no fault. */
function marksOf(documentCount: number, query: PoolQuery, right: readonly number[]): Uint8Array {
  const marks = new Uint8Array(documentCount);
  for (const at of [...query.right, ...(query.leftOut ?? [])]) marks[at] = MARK.leftOut;
  for (const at of right) marks[at] = MARK.right;
  return marks;
}

function addQuality(qualities: Qualities, scores: Record<SearchArm, Float64Array>, marks: Uint8Array): void {
  for (const arm of SEARCH_ARMS) qualities[arm].push(rankQuality(scores[arm], marks));
}

function statisticsOf(qualities: Qualities): Record<SearchArm, Record<RankMetric, Statistic>> {
  const of = (list: readonly RankQuality[]) => ({
    ...rankStatistics(list.map(({ rank }) => rank), { r1: 1, r5: 5 }),
    ndcg10: meanOf(list.map(({ ndcg10 }) => ndcg10)),
    recall50: meanOf(list.map(({ recall50 }) => recall50)),
  });
  return { hybrid: of(qualities.hybrid), vector: of(qualities.vector), bm25: of(qualities.bm25), tfidf: of(qualities.tfidf) };
}

/** Of ranks: the share up to each named depth, and the mean reciprocal rank. */
export function rankStatistics<Depth extends string>(ranks: readonly number[], depths: Readonly<Record<Depth, number>>): Record<Depth | 'mrr', Statistic> {
  const shares = Object.entries<number>(depths).map(([name, depth]) => [name, meanOf(Float64Array.from(ranks, (rank) => (rank <= depth ? 1 : 0)))]);
  return { ...Object.fromEntries(shares), mrr: meanOf(Float64Array.from(ranks, (rank) => 1 / rank)) } as Record<Depth | 'mrr', Statistic>;
}
