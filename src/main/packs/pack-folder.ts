import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PackProblem } from '../../shared/contract/pack.contract.ts';
import { contentHash } from '../db/content-hash.ts';
import { DeskmateError } from '../platform/errors.ts';

/** `path` is below the pack, with `/`. */
export type PackFile = { path: string; bytes: Buffer };
/** The files that are read into the store, by folder, in the order of their paths. `sha256` is of every file, demo data too. */
export type PackFolder = { manifest: PackFile | null; intents: PackFile[]; macros: PackFile[]; rules: PackFile[]; articles: PackFile[]; media: PackFile[]; sha256: string };

const MAX_FILE_COUNT = 5000;
const MB = 1024 * 1024;
/** All of a pack stands in memory while it is checked. */
const MAX_PACK_BYTES = 256 * MB;
const PATHS: Readonly<Record<string, { shape: RegExp; maxBytes: number; mend: string }>> = {
  intents: { shape: /^intents\/[^/]+\.yaml$/, maxBytes: MB, mend: 'only .yaml files lie in intents' },
  macros: { shape: /^macros\/[^/]+\.yaml$/, maxBytes: MB, mend: 'only .yaml files lie in macros' },
  rules: { shape: /^rules\/[^/]+\.yaml$/, maxBytes: MB, mend: 'only .yaml files lie in rules' },
  articles: { shape: /^articles\/(?:zh|en)\/[a-z0-9]+(?:-[a-z0-9]+)*\.md$/, maxBytes: 256 * 1024, mend: 'articles are articles/zh/name.md or articles/en/name.md, the name in small letters, digits and dashes' },
  media: { shape: /^media\/[\w.-]+\.(?:svg|png)$/, maxBytes: MB, mend: 'media are .svg or .png files right in media' },
  shop: { shape: /^shop\//, maxBytes: 64 * MB, mend: '' },
  customers: { shape: /^customers\//, maxBytes: 4 * MB, mend: '' },
};
const LOOSE_FILES = /^(?:pack\.yaml|README\.md|LICENSE(?:\.md|\.txt)?)$/;

/**
 * Reads the files of a pack; what has no place in one goes to `problems`. Hidden entries are passed over.
 * @throws DeskmateError file_unreadable when there is no folder, file_refused when it holds too many files or bytes
 */
export async function readPackFolder(dir: string, problems: PackProblem[]): Promise<PackFolder> {
  const files: PackFile[] = [];
  const paths = await listPaths(dir, problems);
  await refuseTooLarge(dir, paths);
  for (const file of paths) {
    const problem = await pathProblem(dir, file);
    if (problem !== null) problems.push({ file, line: 1, message: problem });
    else files.push({ path: file, bytes: await readFile(path.join(dir, file)) });
  }
  const inside = (folder: string): PackFile[] => files.filter((file) => file.path.startsWith(`${folder}/`));
  return {
    manifest: files.find((file) => file.path === 'pack.yaml') ?? null,
    intents: inside('intents'), macros: inside('macros'), rules: inside('rules'), articles: inside('articles'), media: inside('media'),
    sha256: contentHash(files.map((file) => [file.path, contentHash([file.bytes.toString('base64')])])),
  };
}

async function listPaths(dir: string, problems: PackProblem[]): Promise<string[]> {
  const found = await stat(dir).catch(() => null);
  if (found?.isDirectory() !== true) throw new DeskmateError('file_unreadable', `There is no folder ${dir}.`);
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  if (entries.length > MAX_FILE_COUNT) throw new DeskmateError('file_refused', `The folder holds ${entries.length} entries; a pack has at most ${MAX_FILE_COUNT}.`);
  const paths: string[] = [];
  for (const entry of entries) {
    const file = path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
    if (file.split('/').some((part) => part.startsWith('.'))) continue;
    if (entry.isFile()) paths.push(file);
    else if (!entry.isDirectory()) problems.push({ file, line: 1, message: 'this is a link or a device; put a plain file here' });
  }
  return paths.sort();
}

async function refuseTooLarge(dir: string, paths: readonly string[]): Promise<void> {
  let total = 0;
  for (const file of paths) total += (await stat(path.join(dir, file))).size;
  if (total > MAX_PACK_BYTES) throw new DeskmateError('file_refused', `The folder holds ${Math.ceil(total / MB)} MB; a pack has at most ${MAX_PACK_BYTES / MB} MB.`);
}

async function pathProblem(dir: string, file: string): Promise<string | null> {
  const rule = PATHS[file.split('/')[0] ?? ''];
  if (rule === undefined || !file.includes('/')) return LOOSE_FILES.test(file) ? null : `a pack has no such file; its files are pack.yaml and the folders ${Object.keys(PATHS).join(', ')}`;
  if (!rule.shape.test(file)) return `this name has no place here; ${rule.mend}`;
  const { size } = await stat(path.join(dir, file));
  return size > rule.maxBytes ? `the file has ${Math.ceil(size / 1024)} KB; ${rule.maxBytes / 1024} KB is the most, so split or shrink it` : null;
}
