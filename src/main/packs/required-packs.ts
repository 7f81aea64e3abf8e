import path from 'node:path';
import type { PackProblem } from '../../shared/contract/pack.contract.ts';
import { readIntentIds, readManifestOf, readPack, type ReadPackOptions } from './read-pack.ts';

/** The folder of a required pack: beside the pack that needs it, or among those that ship with the app; null when it is nowhere. */
export async function findRequired(name: string, dir: string, shippedDir: string): Promise<string | null> {
  for (const candidate of [path.join(path.dirname(dir), name), path.join(shippedDir, name)]) {
    if ((await readManifestOf(candidate))?.name === name) return candidate;
  }
  return null;
}

/** What a store has already. */
export type InstalledIntents = { ids: Iterable<string>; has(packName: string): boolean };

/** The intents that a pack may name beside its own: those of the store, and of required packs that are not in it yet. */
export async function intentsFor(requires: readonly string[], dir: string, shippedDir: string, installed: InstalledIntents): ReturnType<ReadPackOptions['intentsOf']> {
  const ids = new Set(installed.ids);
  for (const name of requires) {
    if (installed.has(name)) continue;
    const found = await findRequired(name, dir, shippedDir);
    if (found === null) return { missing: name };
    for (const id of await readIntentIds(found)) ids.add(id);
  }
  return { ids };
}

/** Checks a pack without any store. @throws DeskmateError file_unreadable, file_refused */
export async function checkPack(dir: string, { shippedDir, templateProblem }: { shippedDir: string } & Pick<ReadPackOptions, 'templateProblem'>): Promise<PackProblem[]> {
  const intentsOf = (requires: readonly string[]) => intentsFor(requires, dir, shippedDir, { ids: [], has: () => false });
  return (await readPack(dir, { templateProblem, intentsOf })).problems;
}
