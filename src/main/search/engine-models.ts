import type { ReadableDb } from '../db/database.ts';
import { adaptedModel } from '../engine/adapted-model.ts';
import { DEFAULT_MODEL_ID, loadEmbeddingModel, type EmbeddingModel, type ModelIdentity, type ModelRoots } from '../engine/embedding-model.ts';
import { modelFolder } from '../engine/model-manifest.ts';
import { loadStaticModel, type StaticModel } from '../engine/static-model.ts';
import { DeskmateError } from '../platform/errors.ts';
import { findAcceptedModel } from './adapted-model.ts';
import { listAdaptedModels, readAdaptedTable } from './adapted-model.repository.ts';

/** `next` is null when nothing is to change; `nextProblem` says in one sentence why a wanted model does not open. */
export type OpenModels = { serving: EmbeddingModel; next: EmbeddingModel | null; nextProblem: string | null; dispose(): Promise<void> };
export type WantedModels = { modelsDir: ModelRoots; modelId?: string; servingKey?: string | null };

/** The path of a message asks with its text twice (search, warning), and typing asks again: the newest few are kept. */
const REMEMBERED_VECTORS = 64;

/**
 * Opens the wanted model, and beside it the one whose vectors the store holds: that one serves until the wanted one has embedded everything, and
 * goes on when the wanted one does not open. With neither, the shipped one serves what it can embed. What the shop has taught the wanted model, and a person took into use, is the wanted one.
 * @throws DeskmateError engine_down when none opens.
 */
export async function openModels(db: ReadableDb, { modelsDir, modelId = DEFAULT_MODEL_ID, servingKey = null }: WantedModels): Promise<OpenModels> {
  const wanted = await opened(() => openTaught(db, modelsDir, modelId));
  const former = servingKey === null || wanted.model?.identity.key === servingKey ? null : await openByKey(db, modelsDir, servingKey);
  if (former !== null) return pair(former, wanted.model ?? null, wanted.problem?.message ?? null);
  if (wanted.model !== undefined) return pair(wanted.model, null, null);
  return pair(await openShipped(db, modelsDir, modelId, wanted.problem), null, wanted.problem.message);
}

/** Instead of another model that does not open. */
async function openShipped(db: ReadableDb, modelsDir: ModelRoots, wantedId: string, problem: DeskmateError): Promise<EmbeddingModel> {
  const { model } = wantedId === DEFAULT_MODEL_ID ? {} : await opened(() => openTaught(db, modelsDir, DEFAULT_MODEL_ID));
  if (model === undefined) throw problem;
  return model;
}

type Opened = { model: EmbeddingModel; problem?: undefined } | { model?: undefined; problem: DeskmateError };

async function opened(load: () => Promise<EmbeddingModel>): Promise<Opened> {
  try {
    return { model: await load() };
  } catch (problem) {
    if (!(problem instanceof DeskmateError)) throw problem;
    return { problem };
  }
}

async function openTaught(db: ReadableDb, modelsDir: ModelRoots, modelId: string): Promise<EmbeddingModel> {
  const base = await loadEmbeddingModel(modelsDir, modelId);
  if (listAdaptedModels(db).length === 0) return base;
  const own = tableOf(modelsDir, base.identity);
  return (own && findAcceptedModel(db, base.identity, own)) ?? base;
}

/** Null when the model of these vectors is not there any more, or is not what it was: its vectors cannot be asked then. */
async function openByKey(db: ReadableDb, modelsDir: ModelRoots, key: string): Promise<EmbeddingModel | null> {
  const [baseKey = '', learned] = key.split('+');
  const { model } = await opened(() => loadEmbeddingModel(modelsDir, baseKey.slice(0, baseKey.lastIndexOf('@'))));
  if (model === undefined) return null;
  const same = model.identity.key === baseKey ? model : undefined;
  const found = learned === undefined ? same : same && withTable(db, modelsDir, same, key);
  if (found === undefined) await model.dispose();
  return found ?? null;
}

/** The model with the table that the store keeps under this key; undefined when it is gone, or the model is no table of tokens. */
function withTable(db: ReadableDb, modelsDir: ModelRoots, { identity }: EmbeddingModel, key: string): EmbeddingModel | undefined {
  const own = tableOf(modelsDir, identity);
  const table = own && readAdaptedTable(db, key);
  return own && table && adaptedModel(identity, own, table);
}

function tableOf(modelsDir: ModelRoots, identity: ModelIdentity): StaticModel | undefined {
  return loadStaticModel(modelFolder(modelsDir, identity.id), identity);
}

function pair(serving: EmbeddingModel, next: EmbeddingModel | null, nextProblem: string | null): OpenModels {
  return {
    serving: withMemory(serving), next, nextProblem,
    async dispose() {
      await serving.dispose();
      await next?.dispose();
    },
  };
}

/** The same model; a single text embedded a moment ago is not embedded again. */
function withMemory(model: EmbeddingModel): EmbeddingModel {
  // kept as promises: the warning asks while the search is still embedding the same text
  const remembered = new Map<string, Promise<Int8Array[]>>();
  return {
    ...model,
    embed(texts, purpose = 'passage') {
      const [only, ...others] = texts;
      if (only === undefined || others.length > 0) return model.embed(texts, purpose);
      const name = `${purpose} ${only}`;
      const known = remembered.get(name);
      if (known !== undefined) return known;
      const rows = model.embed(texts, purpose);
      if (remembered.size >= REMEMBERED_VECTORS) remembered.delete(remembered.keys().next().value ?? '');
      remembered.set(name, rows);
      rows.catch(() => remembered.delete(name));
      return rows;
    },
  };
}
