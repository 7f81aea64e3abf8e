import { coverageOf, questionTokens } from '../../assist/answer-text.ts';
import { fitLogistic, sigmoid, type LabelledFeatures } from '../../assist/logistic.ts';
import { matchLogit } from '../../assist/match-probability.ts';
import type { KnownText } from '../../knowledge/known-text.repository.ts';
import { DEFAULT_WEIGHTS, fuse, isForeignPair, LANGUAGE_PAIRS, pairOf, type ArmScores, type FuseWeights, type LanguagePair } from '../../search/fuse.ts';
import { SHIPPED_CALIBRATION, type ShopCalibration } from '../../search/search-tuning.ts';
import { detectLanguage, type Language } from '../../text/language.ts';
import { normaliseForMatch } from '../../text/normalise.ts';
import { wordsOf } from './bm25.ts';
import { intervalOf, leadOf, resample, type Interval } from './bootstrap.ts';
import { createPool, type EvalWork } from './eval-work.ts';
import type { SplitHistory } from './history.ts';
import { diceOf, holdersOf, poolRows, type PoolRow } from './history-pool.ts';
import { armRows } from './hybrid-scores.ts';
import { rounded } from './ranking.ts';
import { meanOf } from './statistics.ts';

/** So many questions with a findable answer must speak for a weight of one pair of languages. */
const MIN_QUESTIONS = 50;
/** So many shown rows, and so many right ones among them, for a calibration. */
const MIN_SHOWN = 100;
const MIN_RIGHT = 20;
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const SHOWN = 3;
/** An answer this like the one sent (Dice) would have served as well. */
const SERVES_AS_WELL = 0.6;
/** Draws slope and offset towards what is shipped, so that a hundred outcomes do not overturn it. */
const RIDGE = 5;

export type Before<Figure> = { before: Figure; after: Figure };
/** What was chosen on the older questions, and how it did on the newer ones; `weights` and `calibration` are null when they did no better there. */
export type TuneResult = {
  choosing: number;
  checking: number;
  weights: FuseWeights | null;
  calibration: ShopCalibration | null;
  figures: { mrr: Before<number | null> & { lead: Interval | null }; brier: Before<number | null>; calibrationError: Before<number | null> };
};

type ShownRow = { logit: number; isRight: boolean };
/** One question replayed: what both arms brought, which rows hold the reply really sent, which would have served. */
type Replayed = { language: Language; rows: ArmScores[]; right: ReadonlySet<number>; logitOf(row: ArmScores): number; serves(place: number): boolean };

/**
 * Chooses how words and meaning are weighed, and bends the probability of being right, by asking again what customers asked. The older
 * half of the questions chooses (each pair of languages by itself, from 50 answerable questions on), the newer half decides whether it is kept.
 */
export async function tuneOnHistory({ asked, known }: SplitHistory, knowledge: readonly KnownText[], work: EvalWork): Promise<TuneResult> {
  const replayed = await replay(asked.toSorted((a, b) => a.startedAt - b.startedAt), poolRows(known, knowledge), work);
  const half = Math.ceil(replayed.length / 2);
  const [older, newer] = [replayed.slice(0, half), replayed.slice(half)];
  const chosen = chooseWeights(older);
  const [before, after] = [reciprocalRanks(newer, DEFAULT_WEIGHTS), reciprocalRanks(newer, chosen)];
  const areWeightsKept = mean(after) > mean(before);
  const weights = areWeightsKept ? chosen : DEFAULT_WEIGHTS;
  const bent = fitCalibration(shownOf(older, weights));
  const shown = shownOf(newer, weights);
  const [plain, calibrated] = [reliabilityOf(shown, SHIPPED_CALIBRATION), reliabilityOf(shown, bent ?? SHIPPED_CALIBRATION)];
  const isBetter = bent !== null && (calibrated.brier ?? 1) < (plain.brier ?? 0);
  return {
    choosing: older.length, checking: newer.length, weights: areWeightsKept ? chosen : null, calibration: isBetter ? bent : null,
    figures: {
      mrr: { before: figure(before), after: figure(after), lead: leadBetween(before, after) },
      brier: { before: plain.brier, after: calibrated.brier }, calibrationError: { before: plain.ece, after: calibrated.ece },
    },
  };
}

async function replay(asked: SplitHistory['asked'], pool: readonly PoolRow[], work: EvalWork): Promise<Replayed[]> {
  const holders = holdersOf(pool);
  const texts = pool.map(({ text }) => text);
  const search = await createPool(texts, asked.map(({ question }) => question), work);
  const languages = texts.map((text) => detectLanguage(text));
  const replayed: Replayed[] = [];
  for (const { question, reply } of asked) {
    await work.breathe();
    const { vector, bm25 } = search.scores(question);
    const language = detectLanguage(question);
    const tokens = questionTokens(question);
    replayed.push({
      language, rows: armRows({ meaning: vector, words: bm25, languages }), right: new Set(holders.get(normaliseForMatch(reply))),
      logitOf: ({ seq, cosine, language: rowLanguage }) => matchLogit({ cosine, wordCoverage: coverageOf(tokens, wordsOf(texts[seq] ?? '')), isSameLanguage: !isForeignPair(pairOf(language, rowLanguage)), tokenCount: tokens.size }),
      serves: (place) => diceOf(pool[place]?.answers.at(-1) ?? '', reply) >= SERVES_AS_WELL,
    });
  }
  return replayed;
}

/** Within a language first, then what the other language is worth beside it. */
function chooseWeights(questions: readonly Replayed[]): FuseWeights {
  return LANGUAGE_PAIRS.reduce<FuseWeights>((weights, pair) => {
    const telling = questions.filter((question) => canTell(question, pair));
    if (telling.length < MIN_QUESTIONS) return weights;
    const tried = STEPS.map((step) => ({ step, mrr: mean(reciprocalRanks(telling, { ...weights, [pair]: step })) }));
    const most = Math.max(...tried.map(({ mrr }) => mrr));
    // of equals the one nearest to what is shipped
    const [best] = tried.filter(({ mrr }) => mrr >= most - 1e-9).toSorted((a, b) => Math.abs(a.step - DEFAULT_WEIGHTS[pair]) - Math.abs(b.step - DEFAULT_WEIGHTS[pair]));
    return best === undefined ? weights : { ...weights, [pair]: best.step };
  }, DEFAULT_WEIGHTS);
}

function canTell({ language, rows, right }: Replayed, pair: LanguagePair): boolean {
  return right.size > 0 && rows.some((row) => pairOf(language, row.language) === pair);
}

/** 1 ÷ place of the first right row; 0 where it was not found, answerable questions only. */
function reciprocalRanks(questions: readonly Replayed[], weights: FuseWeights): number[] {
  return questions.filter(({ right }) => right.size > 0).map(({ rows, right, language }) => {
    const place = fuse(rows, language, weights).findIndex(({ seq, score }) => score > 0 && right.has(seq));
    return place < 0 ? 0 : 1 / (place + 1);
  });
}

/** What would have been shown, each row with its log-odds. */
function shownOf(questions: readonly Replayed[], weights: FuseWeights): ShownRow[] {
  return questions.flatMap(({ rows, right, language, logitOf, serves }) => {
    const byPlace = new Map(rows.map((row) => [row.seq, row]));
    const first = fuse(rows, language, weights).slice(0, SHOWN).flatMap(({ seq }) => byPlace.get(seq) ?? []);
    return first.map((row) => ({ logit: logitOf(row), isRight: right.has(row.seq) || serves(row.seq) }));
  });
}

function fitCalibration(shown: readonly ShownRow[]): ShopCalibration | null {
  if (shown.length < MIN_SHOWN || shown.filter(({ isRight }) => isRight).length < MIN_RIGHT) return null;
  const examples: LabelledFeatures[] = shown.map(({ logit, isRight }) => ({ features: [1, logit], isRight }));
  const { offset, slope } = SHIPPED_CALIBRATION;
  const [bentOffset = offset, bentSlope = slope] = fitLogistic(examples, { ridge: RIDGE, prior: [offset, slope], floor: [1] });
  return bentSlope > 0 ? { slope: rounded(bentSlope), offset: rounded(bentOffset) } : null;
}

/** Mean squared error of the probabilities, and how far ten bins of them are from what came true. */
function reliabilityOf(shown: readonly ShownRow[], { slope, offset }: ShopCalibration): { brier: number | null; ece: number | null } {
  const said = shown.map(({ logit, isRight }) => ({ p: sigmoid(slope * logit + offset), right: Number(isRight) }));
  const bins = [...Map.groupBy(said, ({ p }) => Math.min(9, Math.floor(10 * p))).values()];
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.reduce((total, { p, right }) => total + p - right, 0)), 0);
  return said.length === 0 ? { brier: null, ece: null } : { brier: rounded(mean(said.map(({ p, right }) => (p - right) ** 2))), ece: rounded(off / said.length) };
}

function leadBetween(before: readonly number[], after: readonly number[]): Interval | null {
  const samples = resample(before.length, { before: meanOf(Float64Array.from(before)), after: meanOf(Float64Array.from(after)) });
  const interval = intervalOf(leadOf(samples.after, samples.before).samples);
  return interval === null ? null : [rounded(interval[0]), rounded(interval[1])];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

function figure(values: readonly number[]): number | null {
  return values.length === 0 ? null : rounded(mean(values));
}
