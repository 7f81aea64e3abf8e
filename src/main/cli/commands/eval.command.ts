import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { countOption, textOption, UsageError, writeJson, type CommandContext, type Command } from '../cli.types.ts';
import { EVALUATIONS, type Evaluation } from '../eval/evaluations.ts';
import { figureTable } from '../eval/figure-table.ts';
import { createProgressLines } from '../progress-lines.ts';

const MODEL_ID = /^[a-z0-9][a-z0-9._-]*$/;

export const evalCommand: Command = {
  name: 'eval',
  usage: 'eval retrieval|pairs|intents --data FILE [--labels] | eval history [--data DIR]  [--model ID] [--table]',
  summary: 'Measures search and understanding on a file of your own, or on the history of the store',
  details: `  --data FILE  JSON lines:
               retrieval  {"corpus":"…"} and {"query":"…","positives":["…"]}
               pairs      {"a":"…","b":"…","label":0|1} or {"a":"…","b":"…","score":0–5}
               intents    {"text":"…","intent":"…"|null,"split":"train"|"test"}; null is out of scope
  --labels     intents: match each text against the names of the intents instead of examples,
               or against their {"intent":"…","label":"…"} lines
  --share N    history: how many percent of the exchanges, the newest, are asked (default 20)
  --limit N    history: ask at most so many, drawn by chance (default 2000)
  --model ID   a model by its id in "models list" (default: the shipped one)
  --table      tables for people instead of JSON
Prints vector, bm25 and tfidf figures (and hybrid, where there is a search) with 95 % intervals as JSON; ratios
are 0–1. A file is measured without a store; history only reads the store and prints no text of it. docs/evaluation.md`,
  options: { labels: { type: 'boolean' }, share: { type: 'string' }, limit: { type: 'string' }, model: { type: 'string' }, table: { type: 'boolean' } },
  async run(context) {
    const { io, values, positionals, isJson } = context;
    const [name = '', ...rest] = positionals;
    const evaluate = Object.hasOwn(EVALUATIONS, name) ? EVALUATIONS[name] : undefined;
    if (evaluate === undefined || rest.length > 0) throw new UsageError(`Say what to measure: ${Object.keys(EVALUATIONS).join(', ')}.`);
    const figures = await evaluate(inputOf(name, context));
    if (values['table'] === true && !isJson) io.writeOut(figureTable(name, JSON.parse(JSON.stringify(figures))));
    else writeJson(io, figures);
    return 0;
  },
};

function inputOf(name: string, { io, deps, values, store, signal }: CommandContext): Parameters<Evaluation>[0] {
  const file = textOption(values, 'data');
  if (file === undefined && name !== 'history') throw new UsageError('Name the file with --data FILE.');
  const modelId = textOption(values, 'model');
  if (modelId !== undefined && !MODEL_ID.test(modelId)) throw new UsageError(`--model must be the id of a model, not ${modelId}.`);
  return {
    file: path.resolve(file ?? ''),
    hasLabels: values['labels'] === true,
    share: countOption(values, 'share', { fallback: 20, min: 1, max: 90 }) / 100,
    limit: countOption(values, 'limit', { fallback: 2000, min: 1, max: 1_000_000 }),
    io, deps, store, signal,
    async withModel(work) {
      const model = await deps.loadModel(modelId, store.storeDir);
      try {
        const figures = await work({
          model,
          onProgress: createProgressLines(io, 'texts embedded', deps.nowMs).at,
          async breathe() {
            await nextTurn();
            signal.throwIfAborted();
          },
        }, model.identity.key);
        return { model: model.identity.key, ...figures };
      } finally {
        await model.dispose();
      }
    },
  };
}
