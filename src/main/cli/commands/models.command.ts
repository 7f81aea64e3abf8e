import type { AddOptions } from '../../models/add-model.ts';
import type { ModelProgress } from '../../models/model-files.ts';
import type { ListedModel } from '../../models/model.service.ts';
import type { CliServices } from '../cli-services.ts';
import { textOption, UsageError, writeJson, type CliIo, type Command, type CommandContext, type OptionValues } from '../cli.types.ts';
import { createProgressLines } from '../progress-lines.ts';

const ACTIONS = { list, add, use, remove, check } as const;
const POOLINGS = ['mean', 'cls', 'last_token'] as const;
const INPUTS = ['plain', 'deskmate'] as const;

export const modelsCommand: Command = {
  name: 'models',
  usage: 'models list|add|use|remove|check [FOLDER|ADDRESS|ID]',
  summary: 'Lists, adds, chooses, removes or checks language models',
  details: `  models list             the models, their licence, size and speed on this machine
  models add FOLDER       a feature-extraction model converted for transformers.js: it is copied and measured
  models add ADDRESS      https://host/owner/name, or https://host/owner/name/tree/revision: fetched from there, then as above
  models use ID           is to serve: embeds everything anew; stopped, the next start of Deskmate goes on, and meanwhile the former one serves
  models remove ID        an added model that is not in use
  models check ID         compares every file with its digest
Options of add:
  --id ID                 what it is called here (default: the last part of its name)
  --pooling MODE          mean, cls or last_token, where the folder does not say
  --query-prefix TEXT     what the model wants before a question
  --passage-prefix TEXT   what it wants before anything else
  --input FORM            plain (default) or deskmate: traditional characters made simplified, width and case made equal
Prints JSON with --json. Exit code 1 for a model that is broken. More: docs/models.md.`,
  options: { id: { type: 'string' }, pooling: { type: 'string' }, 'query-prefix': { type: 'string' }, 'passage-prefix': { type: 'string' }, input: { type: 'string' } },
  async run(context) {
    const [action, target, ...rest] = context.positionals;
    if (action === undefined || !Object.hasOwn(ACTIONS, action) || rest.length > 0) throw new UsageError(`The first word must be one of ${Object.keys(ACTIONS).join(', ')}.`);
    if ((action === 'list') !== (target === undefined)) throw new UsageError(action === 'list' ? 'models list takes no further words.' : `Name the ${action === 'add' ? 'folder or the address' : 'id'} of the model.`);
    const choice = choiceOf(context.values);
    const services = await context.deps.openServices(context.store);
    try {
      return await ACTIONS[action as keyof typeof ACTIONS](context, services.models, target ?? '', choice);
    } finally {
      await services.close();
    }
  },
};

type Models = CliServices['models'];

function choiceOf(values: OptionValues): AddOptions {
  const given = { id: textOption(values, 'id'), pooling: oneOf(values, 'pooling', POOLINGS), queryPrefix: textOption(values, 'query-prefix'), passagePrefix: textOption(values, 'passage-prefix'), input: oneOf(values, 'input', INPUTS) };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as AddOptions;
}

function oneOf<T extends string>(values: OptionValues, name: string, known: readonly T[]): T | undefined {
  const text = textOption(values, name);
  const found = known.find((one) => one === text);
  if (text !== undefined && found === undefined) throw new UsageError(`--${name} must be one of ${known.join(', ')}.`);
  return found;
}

function list({ io, isJson }: CommandContext, models: Models): number {
  const found = models.list();
  if (isJson) writeJson(io, found);
  else for (const model of found) io.writeOut(lineOf(model));
  return 0;
}

function lineOf({ id, origin, licence, dims, bytes, state, reason, speed, isWanted, isServing }: ListedModel): string {
  const parts = [
    `${isWanted ? '*' : ' '} ${id}`, origin, licence ?? 'licence unknown', `${dims ?? '?'} numbers`, `${(bytes / 1e6).toFixed(1)} MB`,
    ...(speed === null ? [] : [`${speed.shortTextCpuMs} CPU ms a short text, ${speed.textsPerCpuSecond} texts a CPU second`]), ...(isServing ? ['serving'] : []), ...(state === 'ok' ? [] : [`broken: ${reason ?? ''}`]),
  ];
  return `${parts.join('  ')}\n`;
}

async function add({ io, deps, isJson, signal }: CommandContext, models: Models, target: string, choice: AddOptions): Promise<number> {
  const lines = new Map<string, ReturnType<typeof createProgressLines>>();
  const onProgress = ({ step, doneBytes, totalBytes }: ModelProgress) => {
    const line = lines.get(step) ?? createProgressLines(io, WORDS[step], deps.nowMs);
    lines.set(step, line);
    line.at(doneBytes, totalBytes ?? doneBytes);
  };
  const model = await models.add(target, choice, { onProgress, signal });
  if (isJson) writeJson(io, model);
  else io.writeOut(`${lineOf(model)}deskmate models use ${model.id} lets it serve.\n`);
  return 0;
}

const WORDS: Record<ModelProgress['step'], string> = { download: 'bytes fetched', copy: 'bytes copied', measure: 'measuring' };

async function use({ io, deps, isJson, signal }: CommandContext, models: Models, id: string): Promise<number> {
  models.use(id);
  const line = createProgressLines(io, 'percent embedded anew', deps.nowMs);
  try {
    const problem = await models.switched((doneRatio) => line.at(Math.round(doneRatio * 100), 100), signal);
    told(io, isJson, { wanted: id, isServing: problem === null, problem }, problem === null ? `${id} serves.\n` : `${id} is wanted, but does not serve: ${problem}\n`);
    return problem === null ? 0 : 1;
  } catch (error) {
    if (!signal.aborted) throw error;
    return told(io, isJson, { wanted: id, isServing: false, problem: null }, `${id} is wanted. The next start of Deskmate goes on embedding; until it is done the former model serves.\n`);
  }
}

function remove({ io, isJson }: CommandContext, models: Models, id: string): number {
  models.remove(id);
  return told(io, isJson, { removed: id }, `${id} is removed.\n`);
}

function check({ io, isJson }: CommandContext, models: Models, id: string): number {
  const problems = models.check(id);
  told(io, isJson, { problems }, problems.length === 0 ? 'Every file is as it was added.\n' : problems.map((problem) => `${problem}\n`).join(''));
  return problems.length === 0 ? 0 : 1;
}

function told(io: CliIo, isJson: boolean, value: unknown, text: string): number {
  if (isJson) writeJson(io, value);
  else io.writeOut(text);
  return 0;
}
