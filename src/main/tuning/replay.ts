import { coverageOf, questionTokens } from '../assist/answer-text.ts';
import { matchLogit } from '../assist/match-probability.ts';
import { onReferenceScale } from '../engine/likeness.ts';
import { fuse, isForeignPair, pairOf, type ArmScores, type FuseWeights } from '../search/fuse.ts';
import type { Slices } from '../search/slices.ts';
import { detectLanguage, type Language } from '../text/language.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { bm25Slices, wordsOf } from './bm25.ts';
import type { Exchange } from './history.ts';
import { diceOf, holdersOf, type PoolRow } from './history-pool.ts';
import { armRows } from './hybrid-scores.ts';
import { breatheThrough, type TuneWork } from './tune-work.ts';
import { dots, embedAll, matrixOf, vectorOf } from './vectors.ts';

const SHOWN = 3;
/** An answer this like the one sent (Dice) would have served as well. */
const SERVES_AS_WELL = 0.6;

/** One question replayed: what both arms brought, which rows hold the reply really sent, which would have served. */
export type Replayed = { language: Language; rows: ArmScores[]; right: ReadonlySet<number>; logitOf(row: ArmScores): number; serves(place: number): boolean };
/** A row that would have been shown: log-odds of being right, before any calibration. */
export type ShownRow = { logit: number; isRight: boolean };

/** Asks the questions of the pool, in their order. `onReplayed` hears how many are done. */
export async function replay(asked: readonly Exchange[], pool: readonly PoolRow[], work: TuneWork, onProgress: { embedded(count: number): void; replayed(count: number): void }): Promise<Replayed[]> {
  const texts = pool.map(({ text }) => text);
  const known = await embedAll(work.model, texts, 'passage', onProgress.embedded);
  // some models want to be told what is asked
  const queries = await embedAll(work.model, asked.map(({ question }) => question), 'query', (count) => onProgress.embedded(known.size + count));
  const vectors = matrixOf(known, texts);
  return breatheThrough(replaySlices(asked, pool, (question) => dots(vectors, vectorOf(queries, question)), work, onProgress.replayed), work.breathe);
}

function* replaySlices(asked: readonly Exchange[], pool: readonly PoolRow[], meaningOf: (question: string) => Float64Array, { likeness }: TuneWork, onReplayed: (count: number) => void): Slices<Replayed[]> {
  const holders = yield* holdersOf(pool);
  const bm25 = yield* bm25Slices(pool.map(({ text }) => text));
  const languages: Language[] = [];
  for (const { text } of pool) {
    languages.push(detectLanguage(text));
    yield;
  }
  const replayed: Replayed[] = [];
  for (const { question, reply } of asked) {
    const language = detectLanguage(question);
    const tokens = questionTokens(question);
    const isForeign = (row: ArmScores) => isForeignPair(pairOf(language, row.language));
    const rows = armRows({ meaning: meaningOf(question), words: bm25.scores(question), languages });
    replayed.push({
      language, right: new Set(holders.get(normaliseForMatch(reply))),
      rows: likeness === undefined ? rows : rows.map((row) => ({ ...row, cosine: row.cosine === null ? null : onReferenceScale(row.cosine, likeness, isForeign(row) ? 'across' : 'same') })),
      logitOf: (row) => matchLogit({ cosine: row.cosine, wordCoverage: coverageOf(tokens, wordsOf(pool[row.seq]?.text ?? '')), isSameLanguage: !isForeign(row), tokenCount: tokens.size }),
      serves: (place) => diceOf(pool[place]?.answers.at(-1) ?? '', reply) >= SERVES_AS_WELL,
    });
    onReplayed(replayed.length);
    yield;
  }
  return replayed;
}

/** 1 ÷ place of the first right row, 0 where it was not found, of every question whose reply was known. */
export function* reciprocalRanks(questions: readonly Replayed[], weights: FuseWeights): Slices<number[]> {
  const ranks: number[] = [];
  for (const { rows, right, language } of questions) {
    if (right.size === 0) continue;
    const place = fuse(rows, language, weights).findIndex(({ seq, score }) => score > 0 && right.has(seq));
    ranks.push(place < 0 ? 0 : 1 / (place + 1));
    yield;
  }
  return ranks;
}

/** What would have been shown, each row with its log-odds. */
export function* shownOf(questions: readonly Replayed[], weights: FuseWeights): Slices<ShownRow[]> {
  const shown: ShownRow[] = [];
  for (const { rows, right, language, logitOf, serves } of questions) {
    const byPlace = new Map(rows.map((row) => [row.seq, row]));
    for (const { seq } of fuse(rows, language, weights).slice(0, SHOWN)) {
      const row = byPlace.get(seq);
      if (row !== undefined) shown.push({ logit: logitOf(row), isRight: right.has(seq) || serves(seq) });
    }
    yield;
  }
  return shown;
}
