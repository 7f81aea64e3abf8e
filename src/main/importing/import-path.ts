import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { DeskmateError } from '../platform/errors.ts';

/** One file to import. `source` is its path below the imported folder with `/`, or its name; it is how reports and articles name it. */
export type ImportFile = { path: string; source: string };

const MAX_FILE_COUNT = 10_000;

/**
 * The file itself, or every file of a folder and the folders below it in the order of their names. Hidden entries and links are passed over.
 * @throws DeskmateError file_unreadable when there is nothing at the path, file_refused when a folder holds too many files.
 */
export async function listImportFiles(target: string): Promise<{ isFolder: boolean; files: ImportFile[] }> {
  const found = await stat(target).catch((error: unknown) => {
    throw new DeskmateError('file_unreadable', `There is no file or folder ${target}.`, { cause: error });
  });
  if (!found.isDirectory()) return { isFolder: false, files: [{ path: target, source: path.basename(target) }] };
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => {
    const filePath = path.join(entry.parentPath, entry.name);
    return { path: filePath, source: path.relative(target, filePath).split(path.sep).join('/') };
  });
  const visible = files.filter(({ source }) => !source.split('/').some((part) => part.startsWith('.')));
  if (visible.length > MAX_FILE_COUNT) throw new DeskmateError('file_refused', `The folder holds ${visible.length} files; at most ${MAX_FILE_COUNT} are imported at once.`);
  return { isFolder: true, files: visible.sort((a, b) => (a.source < b.source ? -1 : 1)) };
}
