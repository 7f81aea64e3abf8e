import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { manifestSchema, MODEL_ID, sha256OfFile } from '../engine/model-manifest.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { ModelSpeed } from './measure-model.ts';

/** Where an added model came from: a folder of this machine, or an address with the revision that was fetched. */
export type ModelOrigin = { kind: 'folder' | 'url'; address: string; revision?: string };

/** `bytes` are those of its files; `reason` says in one sentence what is wrong with a broken one. `speed` and `licence` are null where nobody said. */
export type ModelInfo = {
  id: string; origin: 'shipped' | 'folder' | 'url'; source: string | null; revision: string | null; licence: string | null;
  dims: number | null; bytes: number; state: 'ok' | 'broken'; reason: string | null; speed: ModelSpeed | null;
};

/** What a listing reads of a manifest beside what the engine needs. */
const listedSchema = manifestSchema.extend({
  licence: z.string().nullish(),
  origin: z.object({ kind: z.enum(['folder', 'url']), address: z.string(), revision: z.string().optional() }).optional(),
  speed: z.object({ shortTextCpuMs: z.number(), textsPerCpuSecond: z.number() }).optional(),
  files: z.array(manifestSchema.shape.files.element.extend({ bytes: z.int().min(0) })),
});

type Listed = z.infer<typeof listedSchema>;

/** Every model of a root by name. Digests are not compared here: `checkFolder` does. */
export function listRoot(root: string, isShipped: boolean): ModelInfo[] {
  if (!existsSync(root)) return [];
  const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && MODEL_ID.test(entry.name));
  // a folder of ours without a manifest is none of the models: it holds how they are made
  return names.filter(({ name }) => !isShipped || existsSync(path.join(root, name, 'manifest.json'))).map(({ name }) => describe(path.join(root, name), name, isShipped)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const NO_ORIGIN = { kind: 'folder', address: null, revision: null } as const;

function describe(dir: string, id: string, isShipped: boolean): ModelInfo {
  const manifest = readListed(dir);
  if (manifest === undefined) {
    const reason = `The manifest of the model ${id} is missing or damaged. Remove the model and add it again.`;
    return { id, origin: isShipped ? 'shipped' : 'folder', source: null, revision: null, licence: null, dims: null, bytes: 0, state: 'broken', reason, speed: null };
  }
  const { origin: { kind, address: source, revision = null } = NO_ORIGIN, licence = null, dims, files, speed = null } = manifest;
  const reason = shapeProblem(dir, id, manifest);
  return { id, origin: isShipped ? 'shipped' : kind, source, revision, licence, dims, bytes: files.reduce((sum, file) => sum + file.bytes, 0), state: reason === null ? 'ok' : 'broken', reason, speed };
}

function readListed(dir: string): Listed | undefined {
  try {
    return listedSchema.safeParse(JSON.parse(readFileSync(path.join(dir, 'manifest.json'), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function shapeProblem(dir: string, id: string, { id: named, files }: Listed): string | null {
  if (named !== id) return `The folder ${id} holds the model ${named}.`;
  const wrong = files.find((file) => !existsSync(path.join(dir, file.path)) || statSync(path.join(dir, file.path)).size !== file.bytes);
  return wrong === undefined ? null : brokenFile(id, wrong.path);
}

function brokenFile(id: string, file: string): string {
  return `The file ${file} of the model ${id} is missing or is not the one that was added. Remove the model and add it again.`;
}

/** Reads every file of a model and compares its digest; one sentence a problem, none when it is whole. */
export function checkFolder(dir: string, id: string): string[] {
  const manifest = readListed(dir);
  const { reason } = describe(dir, id, false);
  if (manifest === undefined || reason !== null) return reason === null ? [] : [reason];
  return manifest.files.filter((file) => sha256OfFile(path.join(dir, file.path)) !== file.sha256).map((file) => brokenFile(id, file.path));
}

const REMOVING_PREFIX = '.removing-';

/** Gone for everybody by one rename; a kill between the two leaves something to sweep. */
export function removeFolder(root: string, id: string): void {
  if (!MODEL_ID.test(id) || !existsSync(path.join(root, id))) throw new DeskmateError('not_found', `There is no model ${id}.`);
  const away = path.join(root, `${REMOVING_PREFIX}${id}`);
  rmSync(away, { recursive: true, force: true });
  renameSync(path.join(root, id), away);
  rmSync(away, { recursive: true, force: true });
}

/** What is not resumed for this long is not wanted any more. */
const KEEP_DOWNLOAD_MS = 30 * 86_400_000;
export const DOWNLOAD_PREFIX = '.download-';

/** Clears away what a killed add or remove left; a download stays for a month, as it can be resumed. Folders at work are `busy`. */
export function sweepRoot(root: string, nowMs: number, busy: ReadonlySet<string>): void {
  if (!existsSync(root)) return;
  for (const name of readdirSync(root)) {
    if (!name.startsWith('.') || busy.has(name)) continue;
    if (name.startsWith(DOWNLOAD_PREFIX) && nowMs - statSync(path.join(root, name)).mtimeMs < KEEP_DOWNLOAD_MS) continue;
    rmSync(path.join(root, name), { recursive: true, force: true });
  }
}
