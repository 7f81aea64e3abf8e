import type { SearchKind } from '../src/shared/contract/search.contract.ts';
import { openReader } from '../src/main/db/open-db.ts';
import { SEARCH_TABLES } from '../src/main/search/index-writer.ts';
import { matchExpression } from '../src/main/search/word-query.ts';
import { createWordsIndex } from '../src/main/search/words-index.ts';
import { MESSAGE_COUNT, openBenchStore, openStoreDb, type BenchPlace, type BenchSize } from './bench-store.ts';
import { cpuOfSync } from './cpu-clock.ts';
import { mean, spreadOf } from './figures.ts';
import { figure, type Figure, type Limit } from './report.ts';
import { listQuestions } from './shop-texts.ts';

const QUESTION_COUNT = 120;
const WARM_UP_COUNT = 10;
const RETURNED = 50;
const BEST = 10;
const TARGETS: Readonly<Record<BenchSize, Limit | undefined>> = { '10k': undefined, '100k': { atMost: 5 }, '1.1m': { atMost: 10 } };

/** Finding and scoring rows by words: CPU, and the score of the best ten against looking up every token of the question. */
export async function benchWords(place: BenchPlace, size: BenchSize): Promise<Figure[]> {
  const store = await openBenchStore(place, size);
  const { db: writer, key, file } = await openStoreDb(store.dir);
  writer.close();
  const db = openReader(file, key);
  const kind: SearchKind = MESSAGE_COUNT[size] > 0 ? 'message' : 'passage';
  const words = createWordsIndex(db);
  await words.load([kind]);
  const { fts } = SEARCH_TABLES[kind];
  const everyToken = db.prepare(`SELECT rowid FROM ${fts} WHERE ${fts} MATCH ? ORDER BY rank LIMIT ${RETURNED}`).pluck();
  const times: number[] = [];
  const fullTimes: number[] = [];
  const ratios: number[] = [];
  for (const [at, question] of listQuestions(QUESTION_COUNT + WARM_UP_COUNT).entries()) {
    const ours = cpuOfSync(() => {
      const query = words.question(question);
      const scored = words.score(kind, query, words.candidates(kind, query, 'suggest', RETURNED));
      return { query, scored };
    });
    const { query, scored } = ours.value;
    if (at < WARM_UP_COUNT || query.tokens.length === 0) continue;
    times.push(ours.cpuMs);
    const full = cpuOfSync(() => words.score(kind, query, everyToken.all(matchExpression(query.tokens, 'OR')) as number[]));
    fullTimes.push(full.cpuMs);
    const reached = bestScore(scored);
    const possible = Math.max(reached, bestScore(full.value));
    if (possible > 0) ratios.push(reached / possible);
  }
  words.stop();
  db.close();
  const section = `fts ${size}`;
  const [spread, fullSpread] = [spreadOf(times), spreadOf(fullTimes)];
  return [
    figure(section, `${kind} words p50`, spread.p50, 'CPU ms', undefined, `${spread.count} questions, lookup and scoring`),
    figure(section, `${kind} words p95`, spread.p95, 'CPU ms', TARGETS[size]),
    figure(section, 'best 10 score ÷ every token', mean(ratios), 'of 1', { atLeast: 0.99 }),
    figure(section, 'every token p50', fullSpread.p50, 'CPU ms'),
    figure(section, 'every token p95', fullSpread.p95, 'CPU ms'),
  ];
}

function bestScore(scored: readonly { bm25: number }[]): number {
  return scored.map(({ bm25 }) => bm25).toSorted((a, b) => b - a).slice(0, BEST).reduce((sum, score) => sum + score, 0);
}
