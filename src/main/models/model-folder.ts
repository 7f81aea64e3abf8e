import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { ModelForm, MODEL_DTYPES } from '../engine/model-manifest.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';

/** What a person may say where the folder does not, or says it wrongly. */
export type FormChoice = { pooling?: ModelForm['pooling'] | undefined; queryPrefix?: string | undefined; passagePrefix?: string | undefined; input?: ModelForm['input'] | undefined };

/** `files` are relative paths of all that is kept of the folder. */
export type FolderReading = { files: { path: string; sizeBytes: number }[]; form: ModelForm; licence: string | null };

export const NEEDED_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json'] as const;
export const OPTIONAL_FILES = ['1_Pooling/config.json', 'config_sentence_transformers.json', 'README.md', 'LICENSE'] as const;
/** The smallest that loses little goes first. */
export const WEIGHT_FILES: readonly { path: string; dtype: (typeof MODEL_DTYPES)[number] }[] = [
  { path: 'onnx/model_quantized.onnx', dtype: 'q8' },
  { path: 'onnx/model_int8.onnx', dtype: 'int8' },
  { path: 'onnx/model_uint8.onnx', dtype: 'uint8' },
  { path: 'onnx/model_fp16.onnx', dtype: 'fp16' },
  { path: 'onnx/model.onnx', dtype: 'fp32' },
];
/** Weights beyond this many bytes are for other machines. */
export const MAX_MODEL_BYTES = 2_000_000_000;
const MAX_JSON_BYTES = 64 * 1024 * 1024;
/** What customers write is short, and a run over more would hold up everybody. */
const MOST_TOKENS = 512;

const configSchema = z.looseObject({ _name_or_path: z.string().optional().catch(undefined), max_position_embeddings: z.int().positive().optional().catch(undefined) });
const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().positive().optional().catch(undefined) });
const poolingSchema = z.looseObject({ pooling_mode_cls_token: z.boolean().optional(), pooling_mode_mean_tokens: z.boolean().optional(), pooling_mode_lasttoken: z.boolean().optional() });
const promptsSchema = z.looseObject({ prompts: z.record(z.string(), z.string().max(400)).optional() });

/** Models whose folder often forgets to say how they were trained; by their name. */
const FAMILIES: readonly { name: RegExp; pooling: ModelForm['pooling']; query: string; passage: string }[] = [
  { name: /(?:^|[^a-z0-9])e5(?![a-z0-9])(?!.*instruct)/i, pooling: 'mean', query: 'query: ', passage: 'passage: ' },
  { name: /bge-.*zh/i, pooling: 'cls', query: '为这个句子生成表示以用于检索相关文章：', passage: '' },
  { name: /bge-.*en/i, pooling: 'cls', query: 'Represent this sentence for searching relevant passages: ', passage: '' },
  { name: /(?:^|[^a-z])bge-/i, pooling: 'cls', query: '', passage: '' },
];

const NO_FAMILY = { pooling: 'mean', query: '', passage: '' } as const;

/**
 * Reads what a transformers.js model folder says of itself; `name` is what the model is called where it comes from.
 * @throws DeskmateError file_refused that names the file and what is wrong with it
 */
export function readModelFolder(dir: string, name: string, choice: FormChoice = {}): FolderReading {
  const file = weightsOf(dir);
  const { _name_or_path: trainedAs = '', max_position_embeddings: positions } = readJson(dir, 'config.json', configSchema);
  readJson(dir, 'tokenizer.json', z.looseObject({ model: z.looseObject({}) }));
  const { model_max_length: tokenLimit } = readJson(dir, 'tokenizer_config.json', tokenizerConfigSchema);
  const family = FAMILIES.find((one) => one.name.test(name) || one.name.test(trainedAs)) ?? NO_FAMILY;
  const prompts = promptsOf(dir);
  return {
    files: keptFiles(dir, file.path),
    licence: sizeOf(dir, 'README.md') === null ? null : licenceOf(readFileSync(path.join(dir, 'README.md'), 'utf8')),
    form: {
      pooling: choice.pooling ?? poolingOf(dir) ?? family.pooling,
      normalize: true,
      prefixes: { query: choice.queryPrefix ?? prompts.query ?? family.query, passage: choice.passagePrefix ?? prompts.passage ?? family.passage },
      file,
      input: choice.input ?? 'plain',
      maxTokens: Math.floor(Math.max(8, Math.min(...[MOST_TOKENS, tokenLimit, positions].filter((limit) => limit !== undefined)))),
    },
  };
}

function promptsOf(dir: string): { query: string | undefined; passage: string | undefined } {
  const { prompts = {} } = sizeOf(dir, 'config_sentence_transformers.json') === null ? {} : readJson(dir, 'config_sentence_transformers.json', promptsSchema);
  return { query: prompts['query'], passage: prompts['passage'] ?? prompts['document'] };
}

function weightsOf(dir: string): (typeof WEIGHT_FILES)[number] {
  for (const file of NEEDED_FILES) {
    if (sizeOf(dir, file) === null) throw new DeskmateError('file_refused', `The model folder ${dir} has no ${file}. It needs config.json, tokenizer.json, tokenizer_config.json and onnx/model_quantized.onnx (or another onnx/model file).`);
  }
  const file = WEIGHT_FILES.find((one) => sizeOf(dir, one.path) !== null);
  if (file === undefined) throw new DeskmateError('file_refused', `The model folder ${dir} has no onnx/model file. Only models converted for transformers.js can be added.`);
  return file;
}

function keptFiles(dir: string, weights: string): FolderReading['files'] {
  const files = [...NEEDED_FILES, weights, `${weights}_data`, ...OPTIONAL_FILES].flatMap((one) => {
    const sizeBytes = sizeOf(dir, one);
    return sizeBytes === null ? [] : [{ path: one, sizeBytes }];
  });
  if (files.reduce((sum, one) => sum + one.sizeBytes, 0) > MAX_MODEL_BYTES) throw new DeskmateError('file_refused', 'The model is larger than 2 GB. Choose a smaller one.');
  return files;
}

function sizeOf(dir: string, file: string): number | null {
  const place = path.join(dir, file);
  if (!existsSync(place)) return null;
  const found = statSync(place);
  return found.isFile() ? found.size : null;
}

function readJson<S extends z.ZodType>(dir: string, file: string, schema: S): z.infer<S> {
  try {
    if ((sizeOf(dir, file) ?? 0) > MAX_JSON_BYTES) throw new RangeError('it is too large');
    return schema.parse(JSON.parse(readFileSync(path.join(dir, file), 'utf8')));
  } catch (error) {
    throw new DeskmateError('file_refused', `The file ${file} of the model folder cannot be used: ${error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)}`, { cause: error });
  }
}

function poolingOf(dir: string): ModelForm['pooling'] | undefined {
  if (sizeOf(dir, '1_Pooling/config.json') === null) return undefined;
  const modes = readJson(dir, '1_Pooling/config.json', poolingSchema);
  if (modes.pooling_mode_cls_token === true) return 'cls';
  if (modes.pooling_mode_lasttoken === true) return 'last_token';
  if (modes.pooling_mode_mean_tokens === true) return 'mean';
  throw new DeskmateError('file_refused', 'The model pools in a way that Deskmate does not know; it knows mean, cls and last_token. Choose another model.');
}

/** The `license` of the front matter of a model card; null when it has none. */
export function licenceOf(readme: string): string | null {
  const [, matter = ''] = /^\ufeff?---\r?\n([\s\S]{0,20000}?)\r?\n---/.exec(readme) ?? [];
  const field = (name: string): string | null => new RegExp(`^${name}:[ \\t]*["']?([^"'\\r\\n]{1,80}?)["']?[ \\t]*$`, 'm').exec(matter)?.[1] ?? null;
  const licence = field('license');
  return licence === 'other' ? (field('license_name') ?? licence) : licence;
}
