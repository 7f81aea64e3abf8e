import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_MODEL_ID, verifyModel } from '../engine/embedding-model.ts';
import type { StreamOutside } from '../platform/contact-log.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import { addModel, ADDING_PREFIX, freeId, type AddOptions } from './add-model.ts';
import { isHubAddress, parseHubAddress } from './hub-address.ts';
import { downloadModel, downloadName } from './hub-download.ts';
import type { MeasureFolder } from './measure.client.ts';
import type { ModelWork } from './model-files.ts';
import { checkFolder, listRoot, removeFolder, sweepRoot, type ModelInfo, type ModelOrigin } from './model-list.ts';

export type ModelServiceDeps = {
  shippedDir: string;
  /** Models that the user added; made when the first one comes. */
  userDir: string;
  nowMs: () => number;
  /** The way out of this machine; used for an address that somebody typed, and for nothing else. */
  streamOutside: StreamOutside;
  measure: MeasureFolder;
  /** The model that is to serve, and the one that does; null in a store without vectors. */
  wantedId: () => string;
  servingId: () => string | null;
  /** Stores the wish and lets the engine follow. */
  setWanted: (id: string) => void;
};

export type ListedModel = ModelInfo & { isWanted: boolean; isServing: boolean };
/** `problem` is one sentence, null when the files are whole; `sha256` is of what the model is known by, null when they are not. */
export type CheckedModel = { modelId: string; isShipped: boolean; problem: string | null; sha256: string | null; byteCount: number };
export type ModelService = ReturnType<typeof createModelService>;

/** The language models of this machine: shipped ones, and those the user added. */
export function createModelService(deps: ModelServiceDeps) {
  const { shippedDir, userDir } = deps;
  const busy = new Set<string>();
  const isTaken = (id: string): boolean => [shippedDir, userDir].some((root) => existsSync(path.join(root, id)));
  const list = (): ListedModel[] => {
    sweepRoot(userDir, deps.nowMs(), busy);
    const [wanted, serving] = [deps.wantedId(), deps.servingId()];
    return [...listRoot(shippedDir, true), ...listRoot(userDir, false)].map((model) => ({ ...model, isWanted: model.id === wanted, isServing: model.id === serving }));
  };
  const find = (id: string): ListedModel => {
    const found = list().find((model) => model.id === id);
    if (found === undefined) throw new DeskmateError('not_found', `There is no model ${id}.`);
    return found;
  };
  const add = createAdding({ ...deps, busy, isTaken });

  return {
    /** Shipped ones first. */
    list,
    /** The id that a model will have, before anything is fetched or copied. @throws DeskmateError bad_request, conflict when the name is taken */
    idFor: (target: string, options: AddOptions = {}): string => freeId({ name: isHubAddress(target) ? parseHubAddress(target).repo : target, options, isTaken }),
    /**
     * From a folder of this machine, or from the address of a hub: nothing is asked but that address and what it leads to.
     * @throws DeskmateError file_refused for what is no model, conflict for a name that is taken, not_found, channel_failed, cancelled
     */
    add: async (target: string, options: AddOptions = {}, work: ModelWork = {}): Promise<ListedModel> => find(await add(target, options, work)),
    /** @throws DeskmateError not_found, conflict for a shipped model and for one that is wanted or serves */
    remove(id: string): void {
      const { origin, isWanted, isServing } = find(id);
      if (origin === 'shipped') throw new DeskmateError('conflict', `The model ${id} ships with Deskmate and cannot be removed.`);
      if (isWanted || isServing) throw new DeskmateError('conflict', `The model ${id} is in use. Choose another one first, and wait until everything is embedded by it.`);
      removeFolder(userDir, id);
    },
    /** One sentence a problem. @throws DeskmateError not_found */
    check(id: string): string[] {
      const { origin } = find(id);
      return checkFolder(path.join(origin === 'shipped' ? shippedDir : userDir, id), id);
    },
    /** The files of the model that serves, and of the one that is wanted where it is another. */
    checkInUse: (): CheckedModel[] => [...new Set([deps.servingId(), deps.wantedId()])].filter((id) => id !== null).map((id) => checkModel(deps, id)),
    /** @throws DeskmateError not_found, engine_down for a model that is broken */
    use(id: string): void {
      find(id);
      verifyModel([shippedDir, userDir], id);
      deps.setWanted(id);
    },
  };
}

/** Reads every file of an added model, and of a shipped one those that are loaded. */
function checkModel({ shippedDir, userDir }: ModelServiceDeps, modelId: string): CheckedModel {
  const isShipped = modelId === DEFAULT_MODEL_ID || existsSync(path.join(shippedDir, modelId));
  const root = isShipped ? shippedDir : userDir;
  const found = listRoot(root, isShipped).find(({ id }) => id === modelId);
  const byteCount = found?.bytes ?? 0;
  try {
    if (!isShipped && found === undefined) throw new DeskmateError('not_found', `There is no model ${modelId}.`);
    const [problem] = isShipped ? [] : checkFolder(path.join(root, modelId), modelId);
    if (problem !== undefined) return { modelId, isShipped, problem, sha256: null, byteCount };
    return { modelId, isShipped, problem: null, sha256: verifyModel(root, modelId).sha256, byteCount };
  } catch (error) {
    return { modelId, isShipped, problem: error instanceof DeskmateError ? error.message : `A file of the model ${modelId} cannot be read: ${messageOf(error)}`, sha256: null, byteCount };
  }
}

/** Answers the id of what was added. `busy` holds the names of folders at work. */
function createAdding({ userDir, busy, isTaken, ...deps }: ModelServiceDeps & { busy: Set<string>; isTaken: (id: string) => boolean }) {
  /** One at a time: measuring two at once would measure neither. */
  const working = async <T>(names: readonly string[], work: () => Promise<T>): Promise<T> => {
    if (busy.size > 0) throw new DeskmateError('conflict', 'A model is being added already. Wait until it is done.');
    for (const name of names) busy.add(name);
    try {
      sweepRoot(userDir, deps.nowMs(), busy);
      return await work();
    } finally {
      for (const name of names) busy.delete(name);
    }
  };
  const addFrom = (dir: string, name: string, origin: ModelOrigin, options: AddOptions, work: ModelWork): Promise<string> =>
    addModel({ dir, name, origin, userDir, isTaken, nowMs: deps.nowMs(), options, measure: deps.measure }, work);
  const addFolder = async (dir: string, options: AddOptions, work: ModelWork): Promise<string> => {
    const id = freeId({ name: dir, options, isTaken });
    return working([`${ADDING_PREFIX}${id}`], () => addFrom(dir, dir, { kind: 'folder', address: dir }, options, work));
  };
  const addAddress = async (text: string, options: AddOptions, work: ModelWork): Promise<string> => {
    const address = parseHubAddress(text);
    // before a gigabyte comes for a name that is taken
    const id = freeId({ name: address.repo, options, isTaken });
    const gathered = downloadName(address);
    return working([`${ADDING_PREFIX}${id}`, gathered], async () => {
      const dir = path.join(userDir, gathered);
      const revision = await downloadModel(deps.streamOutside, address, dir, work);
      try {
        const added = await addFrom(dir, address.repo, { kind: 'url', address: `${address.origin}/${address.repo}`, revision }, options, work);
        rmSync(dir, { recursive: true, force: true });
        return added;
      } catch (error) {
        // what cannot be a model is not kept for another try
        if (error instanceof DeskmateError && error.code === 'file_refused' && !error.retryable) rmSync(dir, { recursive: true, force: true });
        throw error;
      }
    });
  };
  return (target: string, options: AddOptions, work: ModelWork): Promise<string> => (isHubAddress(target) ? addAddress(target, options, work) : addFolder(path.resolve(target), options, work));
}
