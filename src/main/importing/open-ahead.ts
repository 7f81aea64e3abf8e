import type { OpenedFile } from '../files/open-file.ts';
import type { ImportFile } from './import-path.ts';

/** A file on its way: `opened` rejects when it cannot be opened. */
export type FileAhead = { file: ImportFile; opened: Promise<OpenedFile> };

/** Each document is read by a process of its own, whose start costs more than most documents: a few start while others are stored. */
const AHEAD_COUNT = 3;

/** Files in order, the next few being opened (and, if documents, read) meanwhile. */
export function* openAhead(files: readonly ImportFile[], open: (path: string) => Promise<OpenedFile>): Generator<FileAhead, void, undefined> {
  const ahead: FileAhead[] = [];
  for (const file of files) {
    const opened = open(file.path).then(readEarly);
    // Whoever takes it hears of the failure; until then it must not count as unheard.
    opened.catch(() => {});
    ahead.push({ file, opened });
    const first = ahead.length === AHEAD_COUNT ? ahead.shift() : undefined;
    if (first !== undefined) yield first;
  }
  yield* ahead;
}

function readEarly(file: OpenedFile): OpenedFile {
  if (!file.hasDocument) return file;
  const document = file.document();
  document.catch(() => {});
  return { ...file, document: () => document };
}
