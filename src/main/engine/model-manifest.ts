import { createHash, type Hash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { DeskmateError } from '../platform/errors.ts';
import { likenessSchema, type Likeness } from './likeness.ts';

export const MODEL_ID = /^[a-z0-9][a-z0-9._-]{0,79}$/;
const MANIFEST_NAME = 'manifest.json';
const DEFAULT_FILE = { path: 'onnx/model_quantized.onnx', dtype: 'q8' } as const;

/** Weights in the names that transformers.js gives them, by its name of the number format. */
export const MODEL_DTYPES = ['q8', 'int8', 'uint8', 'fp16', 'fp32'] as const;
const relativePath = z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\:\0]+$/);

/**
 * `models/<id>/manifest.json`. `vectorScale` turns a unit float into int8 (127 ÷ the 99.95th percentile of |x|). Everything with a default was added for
 * models that are not ours; `normalize: false` is for a model whose rows have unit length already. `input` says what the tokenizer gets: the text as
 * search normalises it, or as a person wrote it.
 */
export const manifestSchema = z.object({
  id: z.string().regex(MODEL_ID),
  dims: z.int().min(1).max(4096),
  vectorScale: z.number().positive(),
  maxTokens: z.int().positive(),
  pooling: z.enum(['mean', 'cls', 'last_token']).default('mean'),
  normalize: z.boolean().default(true),
  prefixes: z.object({ query: z.string().max(400), passage: z.string().max(400) }).default({ query: '', passage: '' }),
  file: z.object({ path: relativePath, dtype: z.enum(MODEL_DTYPES) }).default(DEFAULT_FILE),
  // models of ours say in words what they get
  input: z.enum(['deskmate', 'plain']).catch('deskmate').default('deskmate'),
  likeness: likenessSchema.optional(),
  files: z.array(z.object({ path: relativePath, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

export type ModelManifest = z.infer<typeof manifestSchema>;
/** How a text becomes a row: what the runtime needs besides the files. */
export type ModelForm = Pick<ModelManifest, 'pooling' | 'normalize' | 'prefixes' | 'file' | 'input' | 'maxTokens'>;
export type EmbedPurpose = 'query' | 'passage';

/** What a vector must be stored with to be comparable later. `key` names this exact content: id and the first 12 digits of `sha256`. `likeness` is absent where cosines are on the reference scale already. */
export type ModelIdentity = { id: string; key: string; dims: number; vectorScale: number; sha256: string; likeness?: Likeness };

/** Folders that hold models, the shipped one first: a shipped model is never replaced by another of its name. */
export type ModelRoots = string | readonly string[];

/** Where the model lies; its place in the first root when it is nowhere. @throws DeskmateError engine_down for what cannot be the name of a model. */
export function modelFolder(roots: ModelRoots, modelId: string): string {
  if (!MODEL_ID.test(modelId)) throw new DeskmateError('engine_down', 'This cannot be the name of a language model.');
  const places = [roots].flat().map((root) => path.join(root, modelId));
  return places.find((place) => existsSync(path.join(place, MANIFEST_NAME))) ?? places[0] ?? modelId;
}

/** @throws Error when the folder has no manifest, or one that is not of the form above. */
export function readManifest(dir: string): ModelManifest {
  return manifestSchema.parse(JSON.parse(readFileSync(path.join(dir, MANIFEST_NAME), 'utf8')));
}

/** The files that are read when a model is loaded; data that its weights keep beside them included. */
export function loadedFiles({ file, files }: Pick<ModelManifest, 'file' | 'files'>): string[] {
  return ['config.json', 'tokenizer.json', 'tokenizer_config.json', file.path, ...files.map((one) => one.path).filter((one) => one === `${file.path}_data`)];
}

/** Compares the files that are loaded with the manifest. @throws DeskmateError engine_down when one is missing or is not the file that was shipped. */
export function verifyFolder(dir: string, modelId: string): { manifest: ModelManifest; identity: ModelIdentity } {
  const manifest = readManifest(dir);
  if (manifest.id !== modelId) throw new DeskmateError('engine_down', `The folder ${modelId} holds the model ${manifest.id}.`);
  const listed = new Map(manifest.files.map((file) => [file.path, file.sha256]));
  const needed = loadedFiles(manifest);
  for (const name of needed) {
    const expected = listed.get(name);
    if (expected === undefined) throw new DeskmateError('engine_down', `The manifest of the model ${modelId} does not list ${name}.`);
    if (sha256OfFile(path.join(dir, name)) !== expected) throw new DeskmateError('engine_down', `The file ${name} of the model ${modelId} is not the one that was shipped.`);
  }
  return { manifest, identity: identityOf(manifest, needed.map((name) => listed.get(name))) };
}

function identityOf({ id, dims, vectorScale, maxTokens, likeness, ...form }: ModelManifest, digests: unknown[]): ModelIdentity {
  // what every model had from the beginning keeps the digest that stores know it by
  const special = isUsualForm(form) ? [] : [[form.pooling, form.normalize, form.prefixes.query, form.prefixes.passage, form.file.path, form.file.dtype, form.input]];
  const sha256 = createHash('sha256').update(JSON.stringify([id, dims, vectorScale, maxTokens, digests, ...special])).digest('hex');
  return { id, key: `${id}@${sha256.slice(0, 12)}`, dims, vectorScale, sha256, ...(likeness && { likeness }) };
}

function isUsualForm({ pooling, normalize, prefixes, file, input }: Omit<ModelForm, 'maxTokens'>): boolean {
  return pooling === 'mean' && normalize && prefixes.query === '' && prefixes.passage === '' && file.path === DEFAULT_FILE.path && file.dtype === DEFAULT_FILE.dtype && input === 'deskmate';
}

/** Whether the own static path may run it: it knows one way of pooling and one file. */
export function isStaticForm({ pooling, normalize, file, input }: ModelForm): boolean {
  return isUsualForm({ pooling, normalize, file, input, prefixes: { query: '', passage: '' } });
}

const READ_BYTES = 1 << 20;

/** A piece at a time, as weights may be larger than one buffer. @throws Error when it cannot be read. */
export function sha256OfFile(file: string): string {
  return digestOfFile(file, createHash('sha256'));
}

/** As above, by a hash that may have been given something already. */
export function digestOfFile(file: string, hash: Hash): string {
  const piece = Buffer.allocUnsafe(READ_BYTES);
  const handle = openSync(file, 'r');
  try {
    for (;;) {
      const byteCount = readSync(handle, piece, 0, READ_BYTES, null);
      if (byteCount === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, byteCount));
    }
  } finally {
    closeSync(handle);
  }
}
