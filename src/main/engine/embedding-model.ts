import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type * as Transformers from '@huggingface/transformers';
import { z } from 'zod';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { loadStaticModel } from './static-model.ts';
import { toInt8 } from './unit-rows.ts';

export const DEFAULT_MODEL_ID = 'deskmate-embed-1';

/** `models/<id>/manifest.json`; `vectorScale` turns a unit float into int8 (127 ÷ the 99.95th percentile of |x|). */
const manifestSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  dims: z.int().min(1).max(4096),
  vectorScale: z.number().positive(),
  maxTokens: z.int().positive(),
  files: z.array(z.object({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

/** What a vector must be stored with to be comparable later. `key` names this exact content: id and the first 12 digits of `sha256`. */
export type ModelIdentity = { id: string; key: string; dims: number; vectorScale: number; sha256: string };

/** A loaded model. Not re-entrant: run one `embed` at a time. */
export type EmbeddingModel = {
  readonly identity: ModelIdentity;
  /** Unit-length rows of `dims` int8 numbers in the order of the texts, which are taken as people wrote them; at most 8 at a time go through the model. */
  embed(texts: readonly string[]): Promise<Int8Array[]>;
  dispose(): Promise<void>;
};

/** One run blocks the thread for its whole length, so a run is kept near 10 ms. */
export const EMBED_RUN_SIZE = 8;

type Runtime = Pick<typeof Transformers, 'env' | 'pipeline'>;

const NEEDED_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];

/**
 * Checks the files of `<modelsDir>/<modelId>` against its manifest and loads it; nothing is ever fetched. A static embedding is run right here, so it works
 * where no native runtime loads; any other model by transformers.js.
 * @throws DeskmateError engine_down (not retryable) when a file is missing, changed or does not load.
 */
export async function loadEmbeddingModel(modelsDir: string, modelId: string = DEFAULT_MODEL_ID, importRuntime: () => Promise<Runtime> = () => import('@huggingface/transformers')): Promise<EmbeddingModel> {
  try {
    const identity = verifyModel(modelsDir, modelId);
    const own = loadStaticModel(path.join(modelsDir, modelId), identity);
    if (own !== undefined) return { identity, embed: async (texts) => texts.map(own.row), async dispose() {} };
    const { env, pipeline } = await importRuntime();
    env.allowRemoteModels = false;
    env.localModelPath = modelsDir;
    const extract = await pipeline('feature-extraction', modelId, {
      dtype: 'q8',
      local_files_only: true,
      session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' },
    });
    const run = async (texts: string[]) => {
      const inputs = extract.tokenizer(texts, { padding: true, truncation: true }) as TokenBatch;
      const output = (await extract.model(inputs)) as { last_hidden_state: { data: Float32Array } };
      const rows = poolMean(output.last_hidden_state.data, inputs.attention_mask.data, texts.length, identity.dims);
      return rows.map((row) => toInt8(row, identity.vectorScale));
    };
    return {
      identity,
      async embed(texts) {
        const rows: Int8Array[] = [];
        for (let start = 0; start < texts.length; start += EMBED_RUN_SIZE) rows.push(...(await run(texts.slice(start, start + EMBED_RUN_SIZE).map(normaliseForMatch))));
        return rows;
      },
      async dispose() {
        await extract.dispose();
      },
    };
  } catch (error) {
    if (error instanceof DeskmateError) throw error;
    throw new DeskmateError('engine_down', `The language model ${modelId} does not load: ${messageOf(error)}`, { cause: error });
  }
}

/** Reads the manifest and compares the files that are loaded. @throws DeskmateError engine_down when one is missing or is not the file that was shipped. */
export function verifyModel(modelsDir: string, modelId: string): ModelIdentity {
  const dir = path.join(modelsDir, modelId);
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(path.join(dir, 'manifest.json'), 'utf8')));
  if (manifest.id !== modelId) throw new DeskmateError('engine_down', `The folder ${modelId} holds the model ${manifest.id}.`);
  const listed = new Map(manifest.files.map((file) => [file.path, file.sha256]));
  for (const name of NEEDED_FILES) {
    const expected = listed.get(name);
    if (expected === undefined) throw new DeskmateError('engine_down', `The manifest of the model ${modelId} does not list ${name}.`);
    if (sha256Of(readFileSync(path.join(dir, name))) !== expected) throw new DeskmateError('engine_down', `The file ${name} of the model ${modelId} is not the one that was shipped.`);
  }
  const { id, dims, vectorScale, maxTokens } = manifest;
  const sha256 = sha256Of(JSON.stringify([id, dims, vectorScale, maxTokens, NEEDED_FILES.map((name) => listed.get(name))]));
  return { id, key: `${id}@${sha256.slice(0, 12)}`, dims, vectorScale, sha256 };
}

function sha256Of(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

type TokenBatch = { attention_mask: { data: BigInt64Array } };

/**
 * The mean over the tokens of each text, scaled to unit length: what transformers.js does with `pooling: 'mean', normalize: true`, whose
 * tensors cost five times as much as the model. `states` is texts × tokens × dims, `mask` texts × tokens.
 */
function poolMean(states: Float32Array, mask: BigInt64Array, textCount: number, dims: number): Float32Array[] {
  const tokenCount = mask.length / textCount;
  return Array.from({ length: textCount }, (_, text) => {
    const sum = new Float32Array(dims);
    for (let token = text * tokenCount; token < (text + 1) * tokenCount; token++) {
      if (mask[token] === 0n) continue;
      for (let at = 0; at < dims; at++) sum[at] = (sum[at] as number) + (states[token * dims + at] as number);
    }
    const length = Math.hypot(...sum);
    return sum.map((x) => x / length);
  });
}
