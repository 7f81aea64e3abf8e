import path from 'node:path';
import type { EmbeddingModel } from '../../engine/embedding-model.ts';
import { DeskmateError } from '../../platform/errors.ts';
import { textOption, UsageError, writeJson, type CliDeps, type CliIo, type Command } from '../cli.types.ts';
import { addIntentLine, addPairLine, addRetrievalLine, intentSets, newPairLines, newRetrievalLines, type EvalLine } from '../eval/eval-lines.ts';
import { intentFigures } from '../eval/intent-figures.ts';
import { pairFigures } from '../eval/pair-figures.ts';
import { retrievalFigures } from '../eval/retrieval-figures.ts';
import { createProgressLines } from '../progress-lines.ts';

type Progress = (doneCount: number, totalCount: number) => void;
type Evaluation = (input: { file: string; hasLabels: boolean; deps: CliDeps; io: CliIo; withModel: <T>(work: (model: EmbeddingModel, progress: Progress) => Promise<T>) => Promise<T> }) => Promise<object>;

const EVALUATIONS: Readonly<Record<string, Evaluation>> = {
  async retrieval({ file, deps, io, withModel }) {
    const set = newRetrievalLines();
    await readEvalLines(file, deps, io, (value) => addRetrievalLine(set, value));
    const absent = new Set(set.queries.flatMap(({ positives }) => positives).filter((text) => !set.corpus.has(text)));
    if (absent.size > 0) io.writeErr(`${absent.size} positives are no {"corpus":…} line of the file; they were added to the corpus\n`);
    const corpus = [...set.corpus, ...absent];
    needed(corpus.length > 0 && set.queries.length > 0, 'The file needs lines {"corpus":"…"} and {"query":"…","positives":["…"]}.');
    return withModel((model, progress) => retrievalFigures({ corpus, queries: set.queries }, model, progress));
  },
  async pairs({ file, deps, io, withModel }) {
    const set = newPairLines();
    await readEvalLines(file, deps, io, (value) => addPairLine(set, value));
    needed(set.pairs.length > 0, 'The file needs lines {"a":"…","b":"…","label":0|1} or {"a":"…","b":"…","score":0–5}.');
    return withModel((model, progress) => pairFigures(set.pairs, set.isGraded === true, model, progress));
  },
  async intents({ file, hasLabels, deps, io, withModel }) {
    const lines: { text: string; intent: string; split: 'train' | 'test' }[] = [];
    await readEvalLines(file, deps, io, (value) => addIntentLine(lines, value, hasLabels));
    const { texts, examples } = intentSets(lines, hasLabels);
    needed(texts.length > 0 && examples.length > 0, 'The file needs lines {"text":"…","intent":"…","split":"train"|"test"} of both splits, or --labels.');
    return withModel((model, progress) => intentFigures(texts, examples, model, progress));
  },
};

export const evalCommand: Command = {
  name: 'eval',
  usage: 'eval retrieval|pairs|intents --data FILE [--labels]',
  summary: 'Measures search and understanding on a file of your own',
  details: `  --data FILE  JSON lines:
               retrieval  {"corpus":"…"} and {"query":"…","positives":["…"]}
               pairs      {"a":"…","b":"…","label":0|1} or {"a":"…","b":"…","score":0–5}
               intents    {"text":"…","intent":"…","split":"train"|"test"}
  --labels     intents: match each text against the names of the intents instead of examples
Prints hybrid, vector and bm25 figures as JSON; ratios are 0–1. No store is opened.`,
  options: { labels: { type: 'boolean' } },
  async run({ io, deps, values, positionals }) {
    const [name, ...rest] = positionals;
    const evaluate = name === undefined || !Object.hasOwn(EVALUATIONS, name) ? undefined : EVALUATIONS[name];
    if (evaluate === undefined || rest.length > 0) throw new UsageError(`Say what to measure: ${Object.keys(EVALUATIONS).join(', ')}.`);
    const file = textOption(values, 'data');
    if (file === undefined) throw new UsageError('Name the file with --data FILE.');
    const hasLabels = values['labels'] === true;
    const figures = await evaluate({
      file: path.resolve(file), hasLabels, deps, io,
      async withModel(work) {
        const model = await deps.loadModel();
        try {
          return await work(model, createProgressLines(io, 'texts embedded', deps.nowMs).at);
        } finally {
          await model.dispose();
        }
      },
    });
    writeJson(io, figures);
    return 0;
  },
};

function needed(isThere: boolean, sentence: string): void {
  if (!isThere) throw new DeskmateError('bad_request', sentence);
}

const SHOWN_PROBLEM_COUNT = 5;

/** A measurement over half a file would mislead: any bad line ends it, after naming the first few. */
async function readEvalLines(file: string, deps: CliDeps, io: CliIo, add: (value: unknown) => EvalLine): Promise<void> {
  let badCount = 0;
  for await (const item of (await deps.openFile(file)).rows()) {
    const added = item.kind === 'rejected' ? { ok: false as const, reason: item.sentence } : add(item.value);
    if (added.ok) continue;
    badCount++;
    if (badCount <= SHOWN_PROBLEM_COUNT) io.writeErr(`${path.basename(file)}:${item.line} ${added.reason}\n`);
  }
  if (badCount > 0) throw new DeskmateError('bad_request', `${badCount} lines of ${path.basename(file)} cannot be used; nothing was measured.`);
}
