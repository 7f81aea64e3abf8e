import { createStore } from 'zustand/vanilla';
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, type Attachment, type AttachmentId } from '../../../shared/contract/attachment.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { Client } from '../../connection/connection.ts';
import { uploadFile } from '../../base/file-transfer.ts';

/** A file of a reply being written. `key` is the page's own; it stays the same from the choosing to the sending. */
export type DraftFile = { key: string; name: string; byteCount: number } & (
  | { state: 'sending'; doneRatio: number }
  | { state: 'ready'; attachment: Attachment }
  | { state: 'failed'; file: File; failure: CallFailure }
);
/** Why a file was not taken at all. */
export type RefusedFile = { name: string; reason: 'too_large' | 'empty' | 'too_many' };
export type DraftFilesState = { files: Readonly<Record<ConversationId, readonly DraftFile[]>> };
export type DraftFiles = ReturnType<typeof createDraftFiles>;

const NONE: readonly DraftFile[] = [];

/**
 * The files of every draft, by conversation: an upload that ends after another conversation was opened still lands where it was begun.
 * The backend keeps them; here is what it says, and what is on its way to it.
 */
export function createDraftFiles(client: Client) {
  const newKey = createKeys();
  const store = createStore<DraftFilesState>(() => ({ files: {} }));
  const of = (conversationId: ConversationId): readonly DraftFile[] => store.getState().files[conversationId] ?? NONE;
  const set = (conversationId: ConversationId, change: (files: readonly DraftFile[]) => readonly DraftFile[]): void =>
    store.setState(({ files }) => ({ files: { ...files, [conversationId]: change(files[conversationId] ?? NONE) } }));
  const replace = (conversationId: ConversationId, key: string, next: DraftFile | null): void =>
    set(conversationId, (files) => files.flatMap((file) => (file.key === key ? (next ?? []) : file)));
  const take = (conversationId: ConversationId, stored: readonly Attachment[]): void => set(conversationId, (files) => withStored(files, stored));

  const send = async (conversationId: ConversationId, key: string, file: File): Promise<void> => {
    const base = { key, name: file.name, byteCount: file.size };
    try {
      const attachment = await uploadFile(client, conversationId, file, (doneRatio) => replace(conversationId, key, { ...base, state: 'sending', doneRatio }));
      // taken out while it was on its way
      if (of(conversationId).some((one) => one.key === key)) replace(conversationId, key, readyFile(key, attachment));
      else await client.attachment.detach({ conversationId, id: attachment.id });
    } catch (error) {
      replace(conversationId, key, { ...base, state: 'failed', file, failure: callFailure(error) });
    }
  };
  const begin = (conversationId: ConversationId, file: File): void => {
    const key = newKey();
    set(conversationId, (known) => [...known, { key, name: file.name, byteCount: file.size, state: 'sending', doneRatio: 0 }]);
    void send(conversationId, key, file);
  };
  return {
    store,
    of,
    load: async (conversationId: ConversationId): Promise<void> => take(conversationId, await client.attachment.ofDraft({ conversationId })),
    /** Begins to send them; answers what was not taken and why. */
    add(conversationId: ConversationId, files: readonly File[]): RefusedFile[] {
      return files.flatMap((file) => {
        const reason = refusalOf(file, of(conversationId).length);
        if (reason === null) begin(conversationId, file);
        return reason === null ? [] : { name: file.name, reason };
      });
    },
    retry(conversationId: ConversationId, key: string): void {
      const found = of(conversationId).find((file) => file.key === key);
      if (found?.state !== 'failed') return;
      replace(conversationId, key, null);
      begin(conversationId, found.file);
    },
    /** Media of a macro, or a file taken out before. */
    async attach(conversationId: ConversationId, id: AttachmentId): Promise<void> {
      take(conversationId, await client.attachment.attach({ conversationId, id }));
    },
    async remove(conversationId: ConversationId, key: string): Promise<void> {
      const found = of(conversationId).find((file) => file.key === key);
      replace(conversationId, key, null);
      if (found?.state === 'ready') take(conversationId, await client.attachment.detach({ conversationId, id: found.attachment.id }));
    },
    /** They went out with a reply. */
    sent(conversationId: ConversationId, ids: readonly AttachmentId[]): void {
      set(conversationId, (files) => files.filter((file) => file.state !== 'ready' || !ids.includes(file.attachment.id)));
    },
  };
}

function createKeys(): () => string {
  let last = 0;
  return () => `new-${(last += 1)}`;
}

function refusalOf(file: File, count: number): RefusedFile['reason'] | null {
  if (file.size > MAX_ATTACHMENT_BYTES) return 'too_large';
  if (file.size === 0) return 'empty';
  return count >= MAX_ATTACHMENTS ? 'too_many' : null;
}

function keyOf(files: readonly DraftFile[], id: AttachmentId): string | undefined {
  return files.find((file) => file.state === 'ready' && file.attachment.id === id)?.key;
}

/** What the backend has, in its order, then what is still on its way. */
function withStored(files: readonly DraftFile[], stored: readonly Attachment[]): DraftFile[] {
  return [...stored.map((attachment) => readyFile(keyOf(files, attachment.id) ?? attachment.id, attachment)), ...files.filter((file) => file.state !== 'ready')];
}

function readyFile(key: string, attachment: Attachment): DraftFile {
  return { key, name: attachment.name, byteCount: attachment.byteCount, state: 'ready', attachment };
}
