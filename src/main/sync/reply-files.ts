import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { attachmentName } from '../conversations/attachment-kind.ts';
import type { OutgoingReply } from './connector.ts';

/** A written file as the line of its reply names it; `path` is relative to the folder of the channel's file. */
export type WrittenFile = { name: string; mime: string; path: string };

/** Writes the files of a reply into `folder`, durably and before its line is; names begin with the reply's id, so that a second try writes the same files. */
export async function writeReplyFiles(folder: string, reply: OutgoingReply): Promise<WrittenFile[]> {
  const files = reply.files ?? [];
  if (files.length === 0) return [];
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const written: WrittenFile[] = [];
  for (const [index, { name, mime, read }] of files.entries()) {
    // file systems count bytes, 255 at most; the end of the name tells the format
    const file = `${reply.id}-${index + 1}-${[...attachmentName(name)].slice(-50).join('')}`;
    const handle = await open(path.join(folder, file), 'w', 0o600);
    try {
      for (const bytes of read()) await handle.appendFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    written.push({ name, mime, path: path.posix.join(path.basename(folder), file) });
  }
  return written;
}
