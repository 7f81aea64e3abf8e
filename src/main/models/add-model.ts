import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { MODEL_ID } from '../engine/model-manifest.ts';
import { DeskmateError } from '../platform/errors.ts';
import { writeFileAtomically } from '../platform/atomic-file.ts';
import type { ModelMeasure } from './measure-model.ts';
import type { MeasureFolder } from './measure.client.ts';
import { copyFile, diskProblem, syncFolder, throwIfStopped, type ModelWork } from './model-files.ts';
import { readModelFolder, type FolderReading, type FormChoice } from './model-folder.ts';
import type { ModelOrigin } from './model-list.ts';

export type AddOptions = FormChoice & { id?: string | undefined };
/** `name` is what the model is called where it comes from: its id and its family are guessed from it. */
export type AddRequest = { dir: string; name: string; origin: ModelOrigin; userDir: string; isTaken: (id: string) => boolean; nowMs: number; options: AddOptions; measure: MeasureFolder };

/** Unfinished work lies under names that no model can have. */
export const ADDING_PREFIX = '.adding-';

/**
 * Copies a model folder beside the others, measures it on this machine and makes it a model by renaming it: it is there as a whole or not at all.
 * Answers its id. @throws DeskmateError file_refused for a folder that is no model, conflict for a name that is taken, cancelled
 */
export async function addModel(request: AddRequest, work: ModelWork = {}): Promise<string> {
  const { dir, name, userDir, options } = request;
  const id = freeId(request);
  const reading = readModelFolder(dir, name, options);
  const place = path.join(userDir, `${ADDING_PREFIX}${id}`);
  try {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true, mode: 0o700 });
    const files = await copyFiles(dir, place, reading, work);
    const measure = await measured(place, reading, request.measure, work);
    throwIfStopped(work.signal);
    writeFileAtomically(path.join(place, 'manifest.json'), manifestText(id, request, reading, files, measure));
    renameSync(place, path.join(userDir, id));
    syncFolder(userDir);
    return id;
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    throw diskProblem(error);
  }
}

/** @throws DeskmateError bad_request, conflict when the name is taken */
export function freeId({ name, options, isTaken }: Pick<AddRequest, 'name' | 'options' | 'isTaken'>): string {
  const id = options.id ?? idOf(name);
  if (!MODEL_ID.test(id)) throw new DeskmateError('bad_request', `A model cannot be called ${id}: use small letters, digits, dots and hyphens.`);
  if (isTaken(id)) throw new DeskmateError('conflict', `There is a model ${id} already. Remove it first, or give the new one another name.`);
  return id;
}

/** The last part of a path or of a hub's name, in the letters an id may have. */
export function idOf(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return last.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+/, '').slice(0, 80);
}

type KeptFile = { path: string; bytes: number; sha256: string };

async function copyFiles(from: string, to: string, { files }: FolderReading, { onProgress, signal }: ModelWork): Promise<KeptFile[]> {
  const totalBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  let doneBytes = 0;
  const kept: KeptFile[] = [];
  for (const file of files) {
    throwIfStopped(signal);
    let bytes = 0;
    const sha256 = await copyFile(path.join(from, file.path), path.join(to, file.path), (count) => {
      bytes += count;
      doneBytes += count;
      onProgress?.({ step: 'copy', doneBytes, totalBytes });
    }, signal);
    kept.push({ path: file.path, bytes, sha256 });
  }
  return kept;
}

async function measured(place: string, { form }: FolderReading, measure: MeasureFolder, { onProgress, signal }: ModelWork): Promise<ModelMeasure> {
  throwIfStopped(signal);
  onProgress?.({ step: 'measure', doneBytes: 0, totalBytes: null });
  return measure({ dir: place, form }, signal);
}

function manifestText(id: string, { origin, nowMs }: AddRequest, { form, licence }: FolderReading, files: KeptFile[], measure: ModelMeasure): string {
  return `${JSON.stringify({ id, ...measure, ...form, licence, origin, addedAt: nowMs, files }, null, 1)}\n`;
}
