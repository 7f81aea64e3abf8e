import path from 'node:path';
import { iterateFinishedTurns } from '../../conversations/exchange.repository.ts';
import { listKnownTexts } from '../../knowledge/known-text.repository.ts';
import { DeskmateError } from '../../platform/errors.ts';
import { findTuning } from '../../search/search-tuning.ts';
import type { CliDeps, CliIo } from '../cli.types.ts';
import type { StoreChoice } from '../store-reader.ts';
import { addIntentLine, addPairLine, addRetrievalLine, intentSets, newIntentLines, newPairLines, newRetrievalLines, type EvalLine } from './eval-lines.ts';
import type { EvalWork } from './eval-work.ts';
import { historyFigures } from './history-figures.ts';
import { exchangesOf, splitByTime } from '../../tuning/history.ts';
import { intentFigures } from './intent-figures.ts';
import { pairFigures } from './pair-figures.ts';
import { retrievalFigures } from './retrieval-figures.ts';

/** `share` (0–1) and `limit` are for history, `file` and `hasLabels` for the others. `withModel` adds which model it was. */
type EvaluationInput = {
  file: string;
  hasLabels: boolean;
  share: number;
  limit: number;
  io: CliIo;
  deps: CliDeps;
  store: StoreChoice;
  signal: AbortSignal;
  withModel: (work: (evalWork: EvalWork, modelKey: string) => Promise<object>) => Promise<object>;
};
/** Answers what is printed. */
export type Evaluation = (input: EvaluationInput) => Promise<object>;

export const EVALUATIONS: Readonly<Record<string, Evaluation>> = {
  async retrieval(input) {
    const set = newRetrievalLines();
    await readEvalLines(input, (value) => addRetrievalLine(set, value));
    const absent = new Set(set.queries.flatMap(({ positives }) => positives).filter((text) => !set.corpus.has(text)));
    if (absent.size > 0) input.io.writeErr(`${absent.size} positives are no {"corpus":…} line of the file; they were added to the corpus\n`);
    const corpus = [...set.corpus, ...absent];
    needed(corpus.length > 0 && set.queries.length > 0, 'The file needs lines {"corpus":"…"} and {"query":"…","positives":["…"]}.');
    return input.withModel((work) => retrievalFigures({ corpus, queries: set.queries }, work));
  },
  async pairs(input) {
    const set = newPairLines();
    await readEvalLines(input, (value) => addPairLine(set, value));
    needed(set.pairs.length > 0, 'The file needs lines {"a":"…","b":"…","label":0|1} or {"a":"…","b":"…","score":0–5}.');
    return input.withModel((work) => pairFigures(set.pairs, set.isGraded === true, work));
  },
  async intents(input) {
    const set = newIntentLines();
    await readEvalLines(input, (value) => addIntentLine(set, value, input.hasLabels));
    const { texts, examples } = intentSets(set, input.hasLabels);
    needed(texts.some(({ intent }) => intent !== null) && examples.length > 0, 'The file needs lines {"text":"…","intent":"…","split":"train"|"test"} of both splits, or --labels.');
    return input.withModel((work) => intentFigures({ texts, examples, isZeroShot: input.hasLabels }, work));
  },
  async history({ deps, store, share, limit, withModel }) {
    const { exchanges, counts, knowledge, tuning } = await readHistory(deps, store);
    const split = splitByTime(exchanges, share);
    if (split === undefined) throw new DeskmateError('bad_request', `The store holds too little history: of ${counts.conversations} finished conversations ${counts.exchanges} answers can be told from small talk, and none comes before those to be asked.`);
    return withModel(async (work, modelKey) => {
      const weights = tuning?.modelKey === modelKey ? tuning.weights : null;
      return { ...counts, ...(await historyFigures(split, knowledge, limit, weights === null ? work : { ...work, weights })) };
    });
  },
};

/** All that is needed, so that the store is open for a moment only. */
async function readHistory(deps: CliDeps, store: StoreChoice) {
  const { db, close } = await deps.openReader(store);
  try {
    return { ...exchangesOf(iterateFinishedTurns(db)), knowledge: listKnownTexts(db), tuning: findTuning(db) };
  } finally {
    close();
  }
}

function needed(isThere: boolean, sentence: string): void {
  if (!isThere) throw new DeskmateError('bad_request', sentence);
}

const SHOWN_PROBLEM_COUNT = 5;

/** A measurement over half a file would mislead: any bad line ends it, after naming the first few. */
async function readEvalLines({ file, deps, io }: EvaluationInput, add: (value: unknown) => EvalLine): Promise<void> {
  let badCount = 0;
  for await (const item of (await deps.openFile(file)).rows()) {
    const added = item.kind === 'rejected' ? { ok: false as const, reason: item.sentence } : add(item.value);
    if (added.ok) continue;
    badCount++;
    if (badCount <= SHOWN_PROBLEM_COUNT) io.writeErr(`${path.basename(file)}:${item.line} ${added.reason}\n`);
  }
  if (badCount > 0) throw new DeskmateError('bad_request', `${badCount} lines of ${path.basename(file)} cannot be used; nothing was measured.`);
}
