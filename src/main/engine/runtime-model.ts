import path from 'node:path';
import type * as Transformers from '@huggingface/transformers';
import { DeskmateError } from '../platform/errors.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import type { EmbedPurpose, ModelForm } from './model-manifest.ts';

export type Runtime = Pick<typeof Transformers, 'env' | 'pipeline'>;

/** A model run by transformers.js. Not re-entrant. */
export type RuntimeModel = {
  /** One row of float numbers a text, as long as the model makes them, all texts in one run. */
  rows(texts: readonly string[], purpose: EmbedPurpose): Promise<Float32Array[]>;
  dispose(): Promise<void>;
};

type Output = { last_hidden_state?: Tensor; token_embeddings?: Tensor; logits?: Tensor };
type Tensor = { dims: number[]; data: unknown; to(type: 'float32'): { data: Float32Array } };
type TokenBatch = { attention_mask: { data: BigInt64Array } };

/** What the model is given for a text: in the form it was trained on. */
export function preparedText(text: string, { prefixes, input }: Pick<ModelForm, 'prefixes' | 'input'>, purpose: EmbedPurpose): string {
  return prefixes[purpose] + (input === 'plain' ? text.toWellFormed() : normaliseForMatch(text));
}

/**
 * Loads the model of a folder; nothing is ever fetched, and nothing of the folder is checked here. One thread.
 * @throws Error of the runtime when a file is missing or makes no model.
 */
export async function loadRuntimeModel(dir: string, form: ModelForm, importRuntime: () => Promise<Runtime> = () => import('@huggingface/transformers')): Promise<RuntimeModel> {
  const { env, pipeline } = await importRuntime();
  env.allowRemoteModels = false;
  // a folder by its whole path is no name of a hub
  const extract = await pipeline('feature-extraction', path.resolve(dir), {
    dtype: form.file.dtype,
    local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' },
  });
  return {
    async rows(texts, purpose) {
      const inputs = extract.tokenizer(texts.map((text) => preparedText(text, form, purpose)), { padding: true, truncation: true, max_length: form.maxTokens }) as TokenBatch;
      const output = (await extract.model(inputs)) as Output;
      const states = output.last_hidden_state ?? output.token_embeddings ?? output.logits;
      if (states?.dims.length !== 3) throw new DeskmateError('engine_down', 'The language model does not give one vector a token.');
      const data = states.data instanceof Float32Array ? states.data : states.to('float32').data;
      return pooledRows(data, inputs.attention_mask.data, texts.length, form);
    },
    async dispose() {
      await extract.dispose();
    },
  };
}

/**
 * One row a text: the mean over its tokens, or the state of its first or last one, scaled to unit length. What transformers.js does with `pooling` and
 * `normalize: true`, whose tensors cost five times as much as a small model. `states` is texts × tokens × dims, `mask` texts × tokens; padding may stand
 * on either side. A text whose numbers are all zero stays so.
 */
export function pooledRows(states: Float32Array, mask: BigInt64Array, textCount: number, { pooling, normalize }: Pick<ModelForm, 'pooling' | 'normalize'>): Float32Array[] {
  const tokenCount = mask.length / textCount;
  const dims = states.length / mask.length;
  return Array.from({ length: textCount }, (_, text) => {
    const row = new Float32Array(dims);
    const tokens = Array.from({ length: tokenCount }, (__, at) => text * tokenCount + at).filter((token) => mask[token] !== 0n);
    const taken = pooling === 'mean' ? tokens : tokens.slice(...(pooling === 'cls' ? [0, 1] : [-1]));
    for (const token of taken) {
      for (let at = 0; at < dims; at++) row[at] = (row[at] as number) + (states[token * dims + at] as number);
    }
    // a mean that keeps its length is divided by its tokens; scaled to unit length it need not be
    const length = normalize ? Math.hypot(...row) : Math.max(1, taken.length);
    return length > 0 ? row.map((x) => x / length) : row;
  });
}
