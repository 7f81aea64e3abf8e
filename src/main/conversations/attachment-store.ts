import { closeSync, openSync, readSync } from 'node:fs';
import { ATTACHMENT_CHUNK_BYTES, type Attachment, type AttachmentId, type AttachmentReason } from '../../shared/contract/attachment.contract.ts';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { attachmentName, sniffAttachment } from './attachment-kind.ts';
import type { AttachmentSource } from './attachment-source.ts';
import { completeAttachment, deleteAttachment, findChunk, getAttachment, hasEveryByte, insertAttachment, insertChunk, type NewAttachment, type StoredAttachment } from './attachment.repository.ts';
import { imageSize, MAX_IMAGE_PIXELS } from './image-size.ts';

/** Announces a file whose bytes come in chunks. */
export function beginAttachment(db: WritableDb, ctx: WriteContext, file: { conversationId: ConversationId | null; name: string; byteCount: number }): AttachmentId {
  return insertAttachment(db, ctx, { ...NOT_LOOKED_AT, ...file, name: attachmentName(file.name) });
}

const NOT_LOOKED_AT = { mime: 'application/octet-stream', kind: 'file', width: null, height: null, state: 'stored', reason: null, url: null, isComplete: false } as const satisfies Partial<NewAttachment>;

/**
 * Looks at a file whose bytes have all come. Twice is once.
 * @throws DeskmateError bad_request when bytes are missing, file_refused for a program (the file is dropped), not_found
 */
export function finishAttachment(db: WritableDb, id: AttachmentId): StoredAttachment {
  const before = getAttachment(db, id);
  if (before.isComplete) return before;
  if (!hasEveryByte(db, id, before.byteCount)) throw new DeskmateError('bad_request', 'Some bytes of the file did not arrive; send it again.');
  const found = lookAt(db, id, before.name);
  if (found === 'program') {
    deleteAttachment(db, id);
    throw new DeskmateError('file_refused', `${before.name} is a program; programs are not sent or kept.`);
  }
  completeAttachment(db, id, found);
  return getAttachment(db, id);
}

type Looked = Pick<Attachment, 'mime' | 'kind' | 'width' | 'height'>;

/** A picture without a readable size, or of too many pixels, is kept as a plain file: it is never drawn. */
function lookAt(db: ReadableDb, id: AttachmentId, name: string): Looked | 'program' {
  const head = findChunk(db, id, 0) ?? Buffer.alloc(0);
  const type = sniffAttachment(head, name);
  if (type === 'program') return 'program';
  if (type.kind !== 'image') return { ...type, width: null, height: null };
  const size = imageSize(head, type.mime);
  if (size === undefined || size.width * size.height > MAX_IMAGE_PIXELS) return { mime: 'application/octet-stream', kind: 'file', width: null, height: null };
  return { ...type, ...size };
}

/** Keeps a file that a channel or an import brought, or the fact that it could not be kept; the caller owns the transaction. */
export function storeAttachment(db: WritableDb, ctx: WriteContext, conversationId: ConversationId, source: AttachmentSource): AttachmentId {
  const named = { ...NOT_LOOKED_AT, conversationId, name: attachmentName(source.name) };
  switch (source.kind) {
    case 'stored':
      return source.id;
    case 'remote':
      return insertAttachment(db, ctx, { ...named, byteCount: 0, state: 'remote', url: source.url, isComplete: true });
    case 'missing':
      return insertMissing(db, ctx, named, source.reason);
    case 'bytes': {
      const id = insertAttachment(db, ctx, { ...named, byteCount: source.bytes.length });
      for (let ord = 0; ord * ATTACHMENT_CHUNK_BYTES < source.bytes.length; ord++) insertChunk(db, id, ord, source.bytes.subarray(ord * ATTACHMENT_CHUNK_BYTES, (ord + 1) * ATTACHMENT_CHUNK_BYTES));
      return settle(db, ctx, id, named);
    }
    case 'file': {
      const id = insertAttachment(db, ctx, { ...named, byteCount: source.byteCount });
      if (!copyFile(db, id, source)) {
        deleteAttachment(db, id);
        return insertMissing(db, ctx, named, 'not_there');
      }
      return settle(db, ctx, id, named);
    }
  }
}

type Named = typeof NOT_LOOKED_AT & { conversationId: ConversationId; name: string };

function insertMissing(db: WritableDb, ctx: WriteContext, named: Named, reason: AttachmentReason): AttachmentId {
  return insertAttachment(db, ctx, { ...named, byteCount: 0, state: 'missing', reason, isComplete: true });
}

function settle(db: WritableDb, ctx: WriteContext, id: AttachmentId, named: Named): AttachmentId {
  try {
    return finishAttachment(db, id).id;
  } catch (error) {
    if (!(error instanceof DeskmateError)) throw error;
    deleteAttachment(db, id);
    return insertMissing(db, ctx, named, error.code === 'file_refused' ? 'not_allowed' : 'broken');
  }
}

/** In pieces, so that a file never stands in memory as a whole, and no further than it was long when it was announced. False when it cannot be read. */
function copyFile(db: WritableDb, id: AttachmentId, { path: file, byteCount }: { path: string; byteCount: number }): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return false;
  }
  try {
    for (let ord = 0; ; ord++) {
      const bytes = Buffer.alloc(ATTACHMENT_CHUNK_BYTES);
      const count = readFully(descriptor, bytes);
      if (count > 0) insertChunk(db, id, ord, bytes.subarray(0, count));
      // one that grew meanwhile does not have the announced length and is found broken
      if (count < bytes.length || ord * ATTACHMENT_CHUNK_BYTES > byteCount) return true;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'read') return false;
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function readFully(descriptor: number, bytes: Buffer): number {
  let count = 0;
  while (count < bytes.length) {
    const read = readSync(descriptor, bytes, count, bytes.length - count, null);
    if (read === 0) break;
    count += read;
  }
  return count;
}
