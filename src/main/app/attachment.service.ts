import { ATTACHMENT_CHUNK_BYTES, MAX_ATTACHMENTS, type Attachment, type AttachmentId, type Evidence, type EvidenceKind } from '../../shared/contract/attachment.contract.ts';
import type { ConversationId, CustomerId } from '../../shared/contract/ids.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { beginAttachment, finishAttachment } from '../conversations/attachment-store.ts';
import { attachToDraft, deleteAttachment, deleteLooseAttachments, detachFromDraft, findChunk, getAttachment, insertChunk, listDraftAttachments, type StoredAttachment } from '../conversations/attachment.repository.ts';
import { findConversation } from '../conversations/conversation.repository.ts';
import { deleteEvidence, listEvidence, upsertEvidence } from '../conversations/evidence.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { deleteLooseMedia } from '../knowledge/macro-media.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';

export type AttachmentDeps = { db: WritableDb; context: () => WriteContext; repId: () => string; onConversation: (conversationId: ConversationId) => void };

/** Files on their way into drafts, out to the page, and marked as evidence. Made once when the store opens; what nothing points at is then dropped. */
export function createAttachmentService(deps: AttachmentDeps) {
  const { db, context, onConversation } = deps;
  deleteLooseAttachments(db, context().nowMs);
  deleteLooseMedia(db, context().nowMs);
  const drafted = (conversationId: ConversationId): Attachment[] => {
    onConversation(conversationId);
    return listDraftAttachments(db, conversationId);
  };
  return {
    begin({ conversationId, name, byteCount }: { conversationId: ConversationId | null; name: string; byteCount: number }): { id: AttachmentId } {
      if (conversationId !== null) checkRoom(db, conversationId);
      return { id: beginAttachment(db, context(), { conversationId, name, byteCount }) };
    },
    append({ id, ord, base64 }: { id: AttachmentId; ord: number; base64: string }): Record<string, never> {
      const { byteCount, isComplete } = getAttachment(db, id);
      const bytes = Buffer.from(base64, 'base64');
      const start = ord * ATTACHMENT_CHUNK_BYTES;
      if (isComplete || bytes.length !== Math.min(ATTACHMENT_CHUNK_BYTES, byteCount - start)) throw new DeskmateError('bad_request', 'These bytes do not belong to the announced file.');
      insertChunk(db, id, ord, bytes);
      return {};
    },
    finish(id: AttachmentId): Attachment {
      const wasComplete = getAttachment(db, id).isComplete;
      const { conversationId, isComplete: _isComplete, ...attachment } = finishInDraft(deps, id, wasComplete);
      if (!wasComplete && conversationId !== null) onConversation(conversationId);
      return attachment;
    },
    read({ id, ord }: { id: AttachmentId; ord: number }): { base64: string; isLast: boolean } {
      const { byteCount, isComplete, state } = getAttachment(db, id);
      const bytes = isComplete && state === 'stored' ? findChunk(db, id, ord) : undefined;
      if (bytes === undefined) throw new DeskmateError('not_found', 'These bytes are not kept.');
      return { base64: bytes.toString('base64'), isLast: (ord + 1) * ATTACHMENT_CHUNK_BYTES >= byteCount };
    },
    get(id: AttachmentId): Attachment {
      const { conversationId: _conversationId, isComplete: _isComplete, ...attachment } = getAttachment(db, id);
      return attachment;
    },
    ofDraft: (conversationId: ConversationId): Attachment[] => listDraftAttachments(db, conversationId),
    attach({ conversationId, id }: { conversationId: ConversationId; id: AttachmentId }): Attachment[] {
      checkSendable(db, conversationId, id);
      checkRoom(db, conversationId);
      attachToDraft(db, conversationId, id, context().nowMs);
      return drafted(conversationId);
    },
    detach({ conversationId, id }: { conversationId: ConversationId; id: AttachmentId }): Attachment[] {
      detachFromDraft(db, conversationId, id);
      return drafted(conversationId);
    },
    evidence: evidenceService(deps),
  };
}

/** One transaction: a file that is whole but in no draft would be lost to the rep, since finishing again changes nothing. */
function finishInDraft({ db, context }: AttachmentDeps, id: AttachmentId, wasComplete: boolean): StoredAttachment {
  try {
    return db.transaction(() => {
      const finished = finishAttachment(db, id);
      if (!wasComplete && finished.conversationId !== null) attachToDraft(db, finished.conversationId, id, context().nowMs);
      return finished;
    })();
  } catch (error) {
    // what was refused is dropped, which the transaction took back
    if (error instanceof DeskmateError && error.code === 'file_refused') deleteAttachment(db, id);
    throw error;
  }
}

function checkRoom(db: ReadableDb, conversationId: ConversationId): void {
  if (findConversation(db, conversationId) === undefined) throw new DeskmateError('not_found', 'There is no such conversation.');
  if (listDraftAttachments(db, conversationId).length >= MAX_ATTACHMENTS) throw new DeskmateError('bad_request', `A reply carries at most ${MAX_ATTACHMENTS} files.`);
}

/**
 * A file goes out only in its own conversation, or as media of a macro in any.
 * @throws DeskmateError not_found, or bad_request for another conversation's file or one without bytes
 */
export function checkSendable(db: ReadableDb, conversationId: ConversationId, id: AttachmentId): void {
  const attachment = getAttachment(db, id);
  const isHere = attachment.conversationId === null || attachment.conversationId === conversationId;
  if (!isHere || !attachment.isComplete || attachment.state !== 'stored') throw new DeskmateError('bad_request', 'This file cannot be sent in this conversation.');
}

function evidenceService({ db, context, repId, onConversation }: AttachmentDeps) {
  const changed = (customerId: CustomerId): Evidence[] => {
    for (const { id } of db.prepare('SELECT id FROM conversations WHERE customer_id = ?').all(customerId) as { id: ConversationId }[]) onConversation(id);
    return listEvidence(db, customerId);
  };
  return {
    list: (customerId: CustomerId): Evidence[] => listEvidence(db, customerId),
    add(evidence: { customerId: CustomerId; afterSaleExternalId: string; attachmentId: AttachmentId; kind: EvidenceKind }): Evidence[] {
      db.transaction(() => {
        const id = upsertEvidence(db, context(), evidence);
        insertAudit(db, context(), { repId: repId(), action: 'evidence.added', entity: 'evidence', entityId: id, after: { attachmentId: evidence.attachmentId, kind: evidence.kind } });
      })();
      return changed(evidence.customerId);
    },
    remove({ customerId, id }: { customerId: CustomerId; id: string }): Evidence[] {
      db.transaction(() => {
        deleteEvidence(db, customerId, id);
        insertAudit(db, context(), { repId: repId(), action: 'evidence.removed', entity: 'evidence', entityId: id });
      })();
      return changed(customerId);
    },
  };
}
