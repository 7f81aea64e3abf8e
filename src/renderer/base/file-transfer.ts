import { ATTACHMENT_CHUNK_BYTES, type Attachment, type AttachmentId } from '../../shared/contract/attachment.contract.ts';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { Client } from '../connection/connection.ts';

/** Sends a file in chunks, one after the other; it then lies in the draft of its conversation, or without one belongs to none (media of a macro). `onProgress` gets 0–1. */
export async function uploadFile(client: Client, conversationId: ConversationId | null, file: File, onProgress: (doneRatio: number) => void = () => {}): Promise<Attachment> {
  const { id } = await client.attachment.begin({ conversationId, name: file.name, byteCount: file.size });
  for (let ord = 0; ord * ATTACHMENT_CHUNK_BYTES < file.size; ord += 1) {
    const start = ord * ATTACHMENT_CHUNK_BYTES;
    const bytes = new Uint8Array(await file.slice(start, start + ATTACHMENT_CHUNK_BYTES).arrayBuffer());
    await client.attachment.append({ id, ord, base64: toBase64(bytes) });
    onProgress(Math.min(1, (start + bytes.length) / file.size));
  }
  return client.attachment.finish({ id });
}

/** A stored file with the type its bytes have; only what is an image is ever given to an `<img>`. */
export async function downloadFile(client: Client, attachment: Pick<Attachment, 'id' | 'mime'>, signal?: AbortSignal): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let ord = 0; ; ord += 1) {
    signal?.throwIfAborted();
    const { base64, isLast } = await client.attachment.read({ id: attachment.id, ord });
    parts.push(fromBase64(base64));
    if (isLast) return new Blob(parts, { type: attachment.mime });
  }
}

/** Hands a stored file to the rep's own computer, as a download that no program opens by itself. */
export async function saveFile(client: Client, attachment: { id: AttachmentId; name: string }): Promise<void> {
  const blob = await downloadFile(client, { id: attachment.id, mime: 'application/octet-stream' });
  saveBlob(attachment.name, blob);
}

/** Hands a text made on this machine to the rep as a download. */
export function saveText(name: string, text: string, mime: string): void {
  saveBlob(name, new Blob([text], { type: mime }));
}

function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser has taken the bytes by then
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const SLICE = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // a call takes only so many arguments
  for (let at = 0; at < bytes.length; at += SLICE) text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
}

export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
