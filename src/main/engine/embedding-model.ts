import { DeskmateError, messageOf } from '../platform/errors.ts';
import { isStaticForm, modelFolder, verifyFolder, type EmbedPurpose, type ModelIdentity, type ModelManifest, type ModelRoots } from './model-manifest.ts';
import { loadRuntimeModel, type Runtime } from './runtime-model.ts';
import { loadStaticModel } from './static-model.ts';
import { toInt8 } from './unit-rows.ts';

export type { EmbedPurpose, ModelIdentity, ModelRoots } from './model-manifest.ts';

export const DEFAULT_MODEL_ID = 'deskmate-embed-2';

/** A loaded model. Not re-entrant: run one `embed` at a time. */
export type EmbeddingModel = {
  readonly identity: ModelIdentity;
  /**
   * Unit-length rows of `dims` int8 numbers in the order of the texts, which are taken as people wrote them; at most 8 at a time go through the model.
   * A `query` is what is asked, a `passage` (when left out) what may answer it: some models want to be told.
   */
  embed(texts: readonly string[], purpose?: EmbedPurpose): Promise<Int8Array[]>;
  dispose(): Promise<void>;
};

/** One run blocks the thread for its whole length, so a run is kept near 10 ms. */
export const EMBED_RUN_SIZE = 8;

/**
 * Checks the files of `<root>/<modelId>` against its manifest and loads it; nothing is ever fetched. A static embedding is run right here, so it works
 * where no native runtime loads; any other model by transformers.js.
 * @throws DeskmateError engine_down (not retryable) when a file is missing, changed or does not load.
 */
export async function loadEmbeddingModel(roots: ModelRoots, modelId: string = DEFAULT_MODEL_ID, importRuntime?: () => Promise<Runtime>): Promise<EmbeddingModel> {
  try {
    const dir = modelFolder(roots, modelId);
    const { manifest, identity } = verifyFolder(dir, modelId);
    const { prefixes } = manifest;
    const own = isStaticForm(manifest) ? loadStaticModel(dir, identity) : undefined;
    if (own !== undefined) return { identity, embed: async (texts, purpose = 'passage') => texts.map((text) => own.row(prefixes[purpose] + text)), async dispose() {} };
    return await loadByRuntime(dir, manifest, identity, importRuntime);
  } catch (error) {
    if (error instanceof DeskmateError) throw error;
    throw new DeskmateError('engine_down', `The language model ${modelId} does not load: ${messageOf(error)}`, { cause: error });
  }
}

async function loadByRuntime(dir: string, manifest: ModelManifest, identity: ModelIdentity, importRuntime?: () => Promise<Runtime>): Promise<EmbeddingModel> {
  const model = await loadRuntimeModel(dir, manifest, importRuntime);
  return {
    identity,
    async embed(texts, purpose = 'passage') {
      const rows: Int8Array[] = [];
      for (let start = 0; start < texts.length; start += EMBED_RUN_SIZE) {
        for (const row of await model.rows(texts.slice(start, start + EMBED_RUN_SIZE), purpose)) {
          if (row.length !== identity.dims) throw new DeskmateError('engine_down', `The language model ${identity.id} gives ${row.length} numbers a text, its manifest says ${identity.dims}.`);
          rows.push(toInt8(row, identity.vectorScale));
        }
      }
      return rows;
    },
    dispose: () => model.dispose(),
  };
}

/** Reads the manifest and compares the files that are loaded. @throws DeskmateError engine_down when one is missing or is not the file that was shipped. */
export function verifyModel(roots: ModelRoots, modelId: string): ModelIdentity {
  return verifyFolder(modelFolder(roots, modelId), modelId).identity;
}
