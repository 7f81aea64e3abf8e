import { ORPCError } from '@orpc/server';
import { ATTACHMENT_CHUNK_BYTES, attachmentIdSchema, attachmentSchema, type Attachment, type AttachmentId, type Evidence } from '../../shared/contract/attachment.contract.ts';
import { fromBase64, toBase64 } from '../base/file-transfer.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

/** Files and evidence of the fake backend; `add` puts a stored file there as a test's own. */
export type FakeFiles = ReturnType<typeof createFakeFiles>;
type FakeFile = { attachment: Attachment; bytes: Uint8Array[] };

const PNG = [0x89, 0x50, 0x4e, 0x47];

export function createFakeFiles() {
  const files = new Map<string, FakeFile>();
  const drafts = new Map<string, AttachmentId[]>();
  const evidence = new Map<string, Evidence[]>();
  const get = (id: string): FakeFile => {
    const file = files.get(id);
    if (file === undefined) throw new ORPCError('not_found', { message: 'There is no such file.' });
    return file;
  };
  const begin = (name: string, byteCount: number): AttachmentId => {
    const id = attachmentIdSchema.parse(sampleId('A', files.size));
    files.set(id, { attachment: attachmentSchema.parse({ id, name, mime: 'application/octet-stream', kind: 'file', byteCount, width: null, height: null, state: 'stored', reason: null, url: null }), bytes: [] });
    return id;
  };
  const finish = (id: string): Attachment => {
    const file = get(id);
    const isPng = PNG.every((byte, at) => file.bytes[0]?.[at] === byte);
    if (isPng) {
      const view = new DataView((file.bytes[0] ?? new Uint8Array(24)).buffer);
      file.attachment = { ...file.attachment, mime: 'image/png', kind: 'image', width: view.getUint32(16), height: view.getUint32(20) };
    }
    return file.attachment;
  };
  return {
    get, begin, finish, drafts, evidence,
    add(name: string, bytes: Uint8Array): Attachment {
      const id = begin(name, bytes.length);
      for (let at = 0; at < bytes.length; at += ATTACHMENT_CHUNK_BYTES) get(id).bytes.push(bytes.slice(at, at + ATTACHMENT_CHUNK_BYTES));
      return finish(id);
    },
    ofDraft: (conversationId: string): Attachment[] => (drafts.get(conversationId) ?? []).map((id) => get(id).attachment),
    attach(conversationId: string, id: AttachmentId): void {
      drafts.set(conversationId, [...new Set([...(drafts.get(conversationId) ?? []), id])]);
    },
    detach(conversationId: string, id: AttachmentId): void {
      drafts.set(conversationId, (drafts.get(conversationId) ?? []).filter((one) => one !== id));
    },
  };
}

/** `attachment` and `evidence` of the contract, over files in memory. */
export function fakeAttachmentHandlers(os: Pick<FakeOs, 'attachment' | 'evidence'>, files: FakeFiles) {
  const conversations = new Map<string, string | null>();
  return {
    attachment: {
      begin: os.attachment.begin.handler(({ input }) => {
        const id = files.begin(input.name, input.byteCount);
        conversations.set(id, input.conversationId);
        return { id };
      }),
      append: os.attachment.append.handler(({ input }) => {
        files.get(input.id).bytes[input.ord] = fromBase64(input.base64);
        return {};
      }),
      finish: os.attachment.finish.handler(({ input }) => {
        const conversationId = conversations.get(input.id);
        if (conversationId) files.attach(conversationId, input.id);
        return files.finish(input.id);
      }),
      read: os.attachment.read.handler(({ input }) => {
        const { bytes } = files.get(input.id);
        const part = bytes[input.ord];
        if (part === undefined) throw new ORPCError('not_found', { message: 'These bytes are not kept.' });
        return { base64: toBase64(part), isLast: input.ord + 1 >= bytes.length };
      }),
      get: os.attachment.get.handler(({ input }) => files.get(input.id).attachment),
      ofDraft: os.attachment.ofDraft.handler(({ input }) => files.ofDraft(input.conversationId)),
      attach: os.attachment.attach.handler(({ input }) => {
        files.attach(input.conversationId, input.id);
        return files.ofDraft(input.conversationId);
      }),
      detach: os.attachment.detach.handler(({ input }) => {
        files.detach(input.conversationId, input.id);
        return files.ofDraft(input.conversationId);
      }),
    },
    evidence: evidenceHandlers(os, files),
  };
}

function evidenceHandlers(os: Pick<FakeOs, 'evidence'>, files: FakeFiles) {
  const of = (customerId: string): Evidence[] => files.evidence.get(customerId) ?? [];
  return {
    list: os.evidence.list.handler(({ input }) => of(input.customerId)),
    add: os.evidence.add.handler(({ input }) => {
      const isSame = (one: Evidence): boolean => one.attachment.id === input.attachmentId && one.afterSaleExternalId === input.afterSaleExternalId;
      const id = of(input.customerId).find(isSame)?.id ?? sampleId('E', of(input.customerId).length);
      const next: Evidence = { id, afterSaleExternalId: input.afterSaleExternalId, kind: input.kind, attachment: files.get(input.attachmentId).attachment, addedAt: SAMPLE_NOW };
      files.evidence.set(input.customerId, [...of(input.customerId).filter((one) => !isSame(one)), next]);
      return of(input.customerId);
    }),
    remove: os.evidence.remove.handler(({ input }) => {
      files.evidence.set(input.customerId, of(input.customerId).filter(({ id }) => id !== input.id));
      return of(input.customerId);
    }),
  };
}
