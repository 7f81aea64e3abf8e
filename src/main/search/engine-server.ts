import type { ReadableDb } from '../db/database.ts';
import { openReader, type StoreKey } from '../db/open-db.ts';
import { EMBED_RUN_SIZE, type EmbeddingModel, type EmbedPurpose, type ModelRoots } from '../engine/embedding-model.ts';
import { onReferenceScale } from '../engine/likeness.ts';
import { loadVectorBackend, type VectorBackend } from '../engine/nearest-rows.ts';
import { createRowSet, createVectorIndex, type VectorIndex } from '../engine/vector-index.ts';
import type { SearchKind } from '../../shared/contract/search.contract.ts';
import { DeskmateError } from '../platform/errors.ts';
import { DEFAULT_WEIGHTS } from './fuse.ts';
import { hybridSearch, type HybridSearchParts } from './hybrid-search.ts';
import type { SearchRequest, SearchResult } from './search.types.ts';
import { tuningInUse } from './search-tuning.ts';
import { nextTurn, runInTurns } from './slices.ts';
import { openModels, type OpenModels } from './engine-models.ts';
import type { EngineModels, ModelRole } from './model-roles.repository.ts';
import { findModelNumber, readVectors, refreshVectors } from './vector-store.ts';
import { createWordsIndex, type WordsIndex } from './words-index.ts';
import { INDEX_KINDS, type IndexKind } from './index-writer.ts';

/** `key` is the store's key as it is; it crosses to the engine by the private pipe only. */
export type EngineStart = {
  storeFile: string; key: Uint8Array;
  /** Folders of models, the shipped one first. */
  modelsDir: ModelRoots;
  /** The model that is wanted; the shipped one when left out. */
  modelId?: string;
  /** `key` of the model that made the vectors in the store: it serves until the wanted one has embedded everything. */
  servingKey?: string | null;
};

/** `loadedRatio` counts message vectors (0–1), replies among them; passages and macros are there before `start` answers. */
export type EngineReport = EngineModels & { nextProblem: string | null; vectors: Record<SearchKind, number>; loadedRatio: number; backend: VectorBackend['name'] };

export type SearchExample = { id: string; text: string };
type RowsOfKind = { kind: IndexKind; seqs: readonly number[] };

/** What the engine process answers. A type, not an interface: `callPort` needs it indexable. */
export type EngineHandlers = {
  start(input: EngineStart): Promise<EngineReport>;
  search(input: SearchRequest, signal: AbortSignal): Promise<SearchResult>;
  /** By the serving model when no role is named, as passages when no purpose is. */
  embed(input: { texts: readonly string[]; role?: ModelRole; purpose?: EmbedPurpose }, signal: AbortSignal): Promise<Int8Array[]>;
  registerExamples(input: { set: string; examples: readonly SearchExample[] }): Promise<void>;
  /** Cosines on the reference scale, in the order the examples of the set were registered in. */
  similarities(input: { text: string; set: string }): Promise<Float64Array>;
  vectorsAdded(input: RowsOfKind): void;
  removed(input: RowsOfKind): void;
  status(input: Record<string, never>): EngineReport;
  quit(input: Record<string, never>): Promise<void>;
};

/** What the engine process tells its parent unasked. */
export type EngineListenerHandlers = { statusChanged(report: EngineReport): void };

type RunningEngine = {
  db: ReadableDb;
  models: OpenModels;
  words: WordsIndex;
  vectors: Record<IndexKind, VectorIndex>;
  backend: VectorBackend['name'];
  loadedRatio: number;
};

/** The engine without its process: model, vectors and words over one read-only connection. `onQuit` is called once everything is closed. */
export function createEngineServer(onStatus: (report: EngineReport) => void, onQuit: () => void): EngineHandlers {
  const examples = new Map<string, (query: Int8Array) => Float64Array>();
  let running: RunningEngine | undefined;
  let isQuitting = false;

  const engine = (): RunningEngine => {
    if (running === undefined || isQuitting) throw new DeskmateError('engine_down', 'The search engine is not ready.', { retryable: true });
    return running;
  };
  const refresh = ({ kind, seqs }: RowsOfKind) => {
    const { db, models, vectors } = engine();
    const modelNumber = findModelNumber(db, models.serving.identity);
    if (modelNumber === undefined) return;
    refreshVectors(db, kind, modelNumber, vectors[kind], seqs);
    onStatus(reportOf(engine()));
  };

  return {
    async start(input) {
      if (running !== undefined) throw new DeskmateError('bad_request', 'The search engine has been started already.');
      running = await openEngine(input);
      const stop = () => isQuitting;
      // after the answer to `start`: messages stream in while questions are answered already
      setImmediate(() => void streamMessages(engine, stop, onStatus));
      return reportOf(running);
    },
    search: (request, signal) => hybridSearch(partsOf(engine()), request, signal),
    embed: ({ texts, role = 'serving', purpose = 'passage' }, signal) => embedInTurns(() => modelOf(engine(), role), texts, purpose, signal),
    async registerExamples({ set, examples: registered }) {
      examples.set(set, createRowSet(await embedInTurns(() => engine().models.serving, registered.map(({ text }) => text), 'passage')));
    },
    async similarities({ text, set }) {
      const known = examples.get(set);
      if (known === undefined) throw new DeskmateError('not_found', `No examples are registered as ${set}.`);
      const { serving } = engine().models;
      const [row] = await serving.embed([text], 'query');
      return row === undefined ? new Float64Array() : known(row).map((cosine) => onReferenceScale(cosine, serving.identity.likeness, 'same'));
    },
    vectorsAdded: refresh,
    removed({ kind, seqs }) {
      for (const seq of seqs) engine().vectors[kind].remove(seq);
      onStatus(reportOf(engine()));
    },
    status: () => reportOf(engine()),
    async quit() {
      if (isQuitting) return;
      isQuitting = true;
      // what is under way ends at its next turn; the session must not be in a run when the process ends
      await nextTurn();
      running?.words.stop();
      await running?.models.dispose();
      running?.db.close();
      onQuit();
    },
  };
}

async function openEngine({ storeFile, key, ...wanted }: EngineStart): Promise<RunningEngine> {
  // native libraries first, one after the other: loading them is not thread-safe
  const backend = await loadVectorBackend();
  const db = openReader(storeFile, Buffer.from(key) as StoreKey);
  try {
    const models = await openModels(db, wanted);
    const { identity } = models.serving;
    const emptyIndex = () => createVectorIndex(identity.dims, backend);
    const vectors = { passage: emptyIndex(), macro: emptyIndex(), message: emptyIndex(), reply: emptyIndex() };
    const modelNumber = findModelNumber(db, identity);
    if (modelNumber !== undefined) {
      for (const kind of ['passage', 'macro'] as const) await runInTurns(readVectors(db, kind, modelNumber, vectors[kind]));
    }
    return { db, models, words: createWordsIndex(db), vectors, backend: backend.name, loadedRatio: 0 };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Collection figures, then message vectors, a slice at a time between questions. */
async function streamMessages(engine: () => RunningEngine, isStopped: () => boolean, onStatus: (report: EngineReport) => void): Promise<void> {
  if (isStopped()) return;
  const { db, models, vectors, words } = engine();
  await words.load(INDEX_KINDS);
  if (isStopped()) return;
  const modelNumber = findModelNumber(db, models.serving.identity);
  const onProgress = (ratio: number) => {
    if (ratio < 1 && ratio - engine().loadedRatio < 0.02) return;
    engine().loadedRatio = ratio;
    onStatus(reportOf(engine()));
  };
  if (modelNumber === undefined) onProgress(1);
  else {
    // what customers asked first: suggestions are found in it
    await runInTurns(readVectors(db, 'message', modelNumber, vectors.message, (ratio) => onProgress(ratio / 2)), isStopped);
    await runInTurns(readVectors(db, 'reply', modelNumber, vectors.reply, (ratio) => onProgress(0.5 + ratio / 2)), isStopped);
  }
}

/** Background batches give way to live questions after every run of the model. */
async function embedInTurns(model: () => EmbeddingModel, texts: readonly string[], purpose: EmbedPurpose, signal?: AbortSignal): Promise<Int8Array[]> {
  const rows: Int8Array[] = [];
  for (let start = 0; start < texts.length; start += EMBED_RUN_SIZE) {
    if (signal?.aborted === true) throw new DeskmateError('cancelled', 'The embedding was cancelled.');
    rows.push(...(await model().embed(texts.slice(start, start + EMBED_RUN_SIZE), purpose)));
    await nextTurn();
  }
  return rows;
}

/** @throws DeskmateError engine_down when no other model is to take over. */
function modelOf({ models }: RunningEngine, role: ModelRole): EmbeddingModel {
  const model = models[role];
  if (model === null) throw new DeskmateError('engine_down', 'The search engine has no second model open.', { retryable: true });
  return model;
}

function reportOf({ models, vectors, loadedRatio, backend }: RunningEngine): EngineReport {
  return { serving: models.serving.identity, next: models.next?.identity ?? null, nextProblem: models.nextProblem, vectors: { passage: vectors.passage.size(), macro: vectors.macro.size(), message: vectors.message.size() + vectors.reply.size() }, loadedRatio, backend };
}

function partsOf({ db, words, vectors, models: { serving } }: RunningEngine): HybridSearchParts {
  const embed = async (text: string) => (await serving.embed([text], 'query'))[0] ?? new Int8Array(serving.identity.dims);
  return { words, meaning: { embed, vectors, likeness: serving.identity.likeness }, weights: tuningInUse(db)?.weights ?? DEFAULT_WEIGHTS };
}
