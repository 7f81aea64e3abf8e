import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StreamOutside } from '../platform/contact-log.ts';
import { DeskmateError } from '../platform/errors.ts';
import { fileAddress, type HubAddress } from './hub-address.ts';
import { fetchFile, type Fetched } from './hub-fetch.ts';
import { diskProblem, throwIfStopped, type ModelWork } from './model-files.ts';
import { MAX_MODEL_BYTES, NEEDED_FILES, OPTIONAL_FILES, WEIGHT_FILES } from './model-folder.ts';
import { DOWNLOAD_PREFIX } from './model-list.ts';

/** The folder that a download of this address is gathered in, and gone on with. */
export function downloadName({ origin, repo, revision }: HubAddress): string {
  return `${DOWNLOAD_PREFIX}${createHash('sha256').update(JSON.stringify([origin, repo, revision])).digest('hex').slice(0, 16)}`;
}

/**
 * Fetches the files of a model into a folder: what a model needs, the smallest weights that are there, and what says how it is used. What was fetched by an
 * earlier try of the same commit is kept. Answers the revision: the commit, where the hub names it.
 * @throws DeskmateError not_found that names a missing file, channel_failed, file_refused, cancelled
 */
export async function downloadModel(stream: StreamOutside, address: HubAddress, dir: string, work: ModelWork): Promise<string> {
  const fetching = createFetching(stream, address, dir, work);
  try {
    rmSync(path.join(dir, 'config.json'), { force: true });
    const { commit } = await fetching.needed('config.json');
    pin(dir, commit);
    const revision = fetching.pinned(commit);
    for (const name of NEEDED_FILES.slice(1)) await fetching.needed(name);
    const weights = await fetching.firstOf(WEIGHT_FILES.map((file) => file.path));
    for (const name of [`${weights}_data`, ...OPTIONAL_FILES]) await fetching.optional(name);
    return revision;
  } catch (error) {
    throw diskProblem(error);
  }
}

const COMMIT_NOTE = 'commit';

/** Files of two commits make no model: another one starts over. */
function pin(dir: string, commit: string | null): void {
  const note = path.join(dir, COMMIT_NOTE);
  if (existsSync(note) && readFileSync(note, 'utf8') !== (commit ?? '')) {
    const config = readFileSync(path.join(dir, 'config.json'));
    rmSync(dir, { recursive: true });
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(path.join(dir, 'config.json'), config);
  }
  writeFileSync(note, commit ?? '');
}

function createFetching(stream: StreamOutside, address: HubAddress, dir: string, { onProgress, signal }: ModelWork) {
  let doneBytes = 0;
  let revision = address.revision;
  const missing = (name: string) =>
    new DeskmateError('not_found', `${address.host} has no ${name} of ${address.repo} (${revision}). Check the address; only models converted for transformers.js can be added.`);
  const optional = async (name: string): Promise<Fetched> => {
    throwIfStopped(signal);
    const to = path.join(dir, name);
    const onBytes = (done: number, total: number | null) => onProgress?.({ step: 'download', doneBytes: doneBytes + done, totalBytes: total === null ? null : doneBytes + total });
    const fetched = existsSync(to) ? { isThere: true, commit: null } : await fetchFile(stream, { url: fileAddress(address, revision, name), to, name, leftBytes: MAX_MODEL_BYTES - doneBytes, signal, onBytes });
    if (fetched.isThere) doneBytes += statSync(to).size;
    return fetched;
  };
  return {
    pinned: (commit: string | null) => (revision = commit ?? revision),
    optional,
    async needed(name: string): Promise<Fetched> {
      const fetched = await optional(name);
      if (!fetched.isThere) throw missing(name);
      return fetched;
    },
    async firstOf(names: readonly string[]): Promise<string> {
      for (const name of names) if ((await optional(name)).isThere) return name;
      throw missing(names[0] ?? '');
    },
  };
}
