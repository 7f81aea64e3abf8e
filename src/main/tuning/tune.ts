import type { KnownText } from '../knowledge/known-text.repository.ts';
import { DEFAULT_WEIGHTS, LANGUAGE_PAIRS, pairOf, type FuseWeights, type LanguagePair } from '../search/fuse.ts';
import { SHIPPED_CALIBRATION, type ShopCalibration } from '../search/search-tuning.ts';
import type { Slices } from '../search/slices.ts';
import { intervalOf, leadOf, meanOf, resampleSlices, rounded, type Interval } from './bootstrap.ts';
import type { SplitHistory } from './history.ts';
import { poolRows } from './history-pool.ts';
import { fitCalibration, MIN_RIGHT, MIN_SHOWN, reliabilityOf, type Reliability } from './reliability.ts';
import { reciprocalRanks, replay, shownOf, type Replayed, type ShownRow } from './replay.ts';
import { breatheThrough, type TuneWork } from './tune-work.ts';

/** So many questions with a findable answer must speak for a weight of one pair of languages. */
const MIN_QUESTIONS = 50;
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** How search weighs words and meaning, and bends the probability of being right. */
export type Tuned = { weights: FuseWeights; calibration: ShopCalibration };
export const SHIPPED: Tuned = { weights: DEFAULT_WEIGHTS, calibration: SHIPPED_CALIBRATION };

export type Before<Figure> = { before: Figure; after: Figure };
/** How much there was to choose from, and how much it takes. */
export type Supply = { has: number; needed: number };
/** What was chosen on the older questions, and how it did on the newer ones; `weights` and `calibration` are null when they did no better there than what is in use. */
export type TuneResult = {
  choosing: number;
  /** Newer questions, and those of them whose reply was known: `mrr` is over these. */
  checking: number;
  answerable: number;
  weights: FuseWeights | null;
  calibration: ShopCalibration | null;
  /** In the older half: questions of the pair of languages that has most of them, suggestions that would have been shown, and right ones among these. */
  supply: Record<'questions' | 'shown' | 'right', Supply>;
  figures: { mrr: Before<number | null> & { lead: Interval | null }; reliability: Before<Reliability> };
};

/** `inUse` is what a choice must do better than, `threshold` (0–1) how likely a suggestion must be to be shown. */
export type TuneOptions = { inUse: Tuned; threshold: number };

/**
 * Chooses how words and meaning are weighed, and bends the probability of being right, by asking again what customers asked. The older
 * half of the questions chooses (each pair of languages by itself, from 50 answerable questions on), the newer half decides whether it is kept.
 */
export async function tuneOnHistory({ asked, known }: SplitHistory, knowledge: readonly KnownText[], options: TuneOptions, work: TuneWork): Promise<TuneResult> {
  const pool = await breatheThrough(poolRows(known, knowledge), work.breathe);
  const inOrder = asked.toSorted((a, b) => a.startedAt - b.startedAt);
  const [textCount, questionCount] = [new Set(pool.map(({ text }) => text)).size + new Set(asked.map(({ question }) => question)).size, asked.length];
  // choosing takes about as long as asking
  const total = textCount + 2 * questionCount;
  const replayed = await replay(inOrder, pool, work, { embedded: (count) => work.onProgress(count, total), replayed: (count) => work.onProgress(textCount + count, total) });
  const onTried = (ratio: number) => work.onProgress(Math.round(textCount + (1 + ratio) * questionCount), total);
  return breatheThrough(tuneSlices(replayed, options, onTried), work.breathe);
}

function* tuneSlices(replayed: readonly Replayed[], { inUse, threshold }: TuneOptions, onTried: (ratio: number) => void): Slices<TuneResult> {
  const half = Math.ceil(replayed.length / 2);
  const [older, newer] = [replayed.slice(0, half), replayed.slice(half)];
  const chosen = yield* chooseWeights(older, inUse.weights, onTried);
  const [before, after] = [yield* reciprocalRanks(newer, inUse.weights), yield* reciprocalRanks(newer, chosen)];
  const areWeightsKept = mean(after) > mean(before);
  const weights = areWeightsKept ? chosen : inUse.weights;
  const shownOlder = yield* shownOf(older, weights);
  const bent = fitCalibration(shownOlder);
  const shown = yield* shownOf(newer, weights);
  const [plain, calibrated] = [reliabilityOf(shown, inUse.calibration, threshold), reliabilityOf(shown, bent ?? inUse.calibration, threshold)];
  const isBetter = bent !== null && (calibrated.brier ?? 1) < (plain.brier ?? 0);
  return {
    choosing: older.length, checking: newer.length, answerable: before.length,
    weights: areWeightsKept ? chosen : null, calibration: isBetter ? bent : null, supply: supplyOf(older, shownOlder),
    figures: { mrr: { before: figure(before), after: figure(after), lead: yield* leadBetween(before, after) }, reliability: { before: plain, after: calibrated } },
  };
}

/** Within a language first, then what the other language is worth beside it. */
function* chooseWeights(questions: readonly Replayed[], inUse: FuseWeights, onTried: (ratio: number) => void): Slices<FuseWeights> {
  let weights = inUse;
  for (const [at, pair] of LANGUAGE_PAIRS.entries()) {
    const telling = questions.filter((question) => canTell(question, pair));
    if (telling.length >= MIN_QUESTIONS) weights = { ...weights, [pair]: yield* bestWeight(telling, weights, pair) };
    onTried((at + 1) / LANGUAGE_PAIRS.length);
  }
  return weights;
}

function* bestWeight(telling: readonly Replayed[], weights: FuseWeights, pair: LanguagePair): Slices<number> {
  const tried: { step: number; mrr: number }[] = [];
  for (const step of new Set([weights[pair], ...STEPS])) tried.push({ step, mrr: mean(yield* reciprocalRanks(telling, { ...weights, [pair]: step })) });
  const most = Math.max(...tried.map(({ mrr }) => mrr));
  // of equals the one nearest to what is in use
  const [best] = tried.filter(({ mrr }) => mrr >= most - 1e-9).toSorted((a, b) => Math.abs(a.step - weights[pair]) - Math.abs(b.step - weights[pair]));
  return best?.step ?? weights[pair];
}

function canTell({ language, rows, right }: Replayed, pair: LanguagePair): boolean {
  return right.size > 0 && rows.some((row) => pairOf(language, row.language) === pair);
}

function supplyOf(older: readonly Replayed[], shown: readonly ShownRow[]): TuneResult['supply'] {
  return {
    questions: { has: Math.max(...LANGUAGE_PAIRS.map((pair) => older.filter((question) => canTell(question, pair)).length)), needed: MIN_QUESTIONS },
    shown: { has: shown.length, needed: MIN_SHOWN },
    right: { has: shown.filter(({ isRight }) => isRight).length, needed: MIN_RIGHT },
  };
}

function* leadBetween(before: readonly number[], after: readonly number[]): Slices<Interval | null> {
  const samples = yield* resampleSlices(before.length, { before: meanOf(Float64Array.from(before)), after: meanOf(Float64Array.from(after)) });
  const interval = intervalOf(leadOf(samples.after, samples.before).samples);
  return interval === null ? null : [rounded(interval[0]), rounded(interval[1])];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

function figure(values: readonly number[]): number | null {
  return values.length === 0 ? null : rounded(mean(values));
}
