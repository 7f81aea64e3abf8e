import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, type AttachmentId, type AttachmentReason } from '../../shared/contract/attachment.contract.ts';

/** Where the bytes of a message's file come from. `remote` is an address that is shown and never fetched; `stored` is a file the store holds already. */
export type AttachmentSource = { name: string } & (
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'file'; path: string; byteCount: number }
  | { kind: 'remote'; url: string }
  | { kind: 'stored'; id: AttachmentId }
  | { kind: 'missing'; reason: AttachmentReason }
);

/** One file as a JSON line tells it: its bytes, a path beside the line's own file, or an address. */
const toldSchema = z.object({
  name: z.string().max(1000).optional(),
  base64: z.string().optional(),
  path: z.string().max(4000).optional(),
  url: z.string().max(4000).optional(),
});

const MAX_URL_CHARACTERS = 2000;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The files a message announces; `folder` is that of the file the message was read from. What cannot be taken becomes a `missing` one with
 * its reason, so that the rep sees that something was sent. A value that is no list means no files.
 */
export function parseAttachments(value: unknown, folder: string): AttachmentSource[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_ATTACHMENTS).map((told: unknown) => parseAttachment(told, folder));
}

function parseAttachment(value: unknown, folder: string): AttachmentSource {
  const told = toldSchema.safeParse(value);
  if (!told.success) return { name: '', kind: 'missing', reason: 'broken' };
  const { base64, path: file, url } = told.data;
  const name = told.data.name ?? path.basename(file ?? '') ?? '';
  if (base64 !== undefined) return bytesSource(name, base64);
  if (file !== undefined) return fileSource(name, file, folder);
  if (url !== undefined) return { name: name === '' ? (url.split(/[?#]/)[0]?.split('/').at(-1) ?? '') : name, kind: 'remote', url: url.slice(0, MAX_URL_CHARACTERS) };
  return { name, kind: 'missing', reason: 'not_there' };
}

function bytesSource(name: string, base64: string): AttachmentSource {
  if (base64.length > Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4) return { name, kind: 'missing', reason: 'too_large' };
  if (!BASE64.test(base64)) return { name, kind: 'missing', reason: 'broken' };
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === 0 ? { name, kind: 'missing', reason: 'empty' } : { name, kind: 'bytes', bytes };
}

/** Only files below the folder itself: a line of a channel must not name the rep's other files, by `..`, an absolute path or a link. */
function fileSource(name: string, file: string, folder: string): AttachmentSource {
  try {
    const root = realpathSync(folder);
    const target = realpathSync(path.resolve(root, file));
    if (!target.startsWith(root + path.sep)) return { name, kind: 'missing', reason: 'not_allowed' };
    const stat = statSync(target);
    if (!stat.isFile()) return { name, kind: 'missing', reason: 'not_allowed' };
    if (stat.size === 0) return { name, kind: 'missing', reason: 'empty' };
    if (stat.size > MAX_ATTACHMENT_BYTES) return { name, kind: 'missing', reason: 'too_large' };
    return { name, kind: 'file', path: target, byteCount: stat.size };
  } catch {
    return { name, kind: 'missing', reason: 'not_there' };
  }
}
