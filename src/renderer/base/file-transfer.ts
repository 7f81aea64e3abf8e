import { ATTACHMENT_CHUNK_BYTES, type Attachment } from '../../shared/contract/attachment.contract.ts';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { Client } from '../connection/connection.ts';

/** Sends a file in chunks, one after the other. Without a conversation it belongs to none: media of a macro. */
export async function uploadFile(client: Client, conversationId: ConversationId | null, file: File): Promise<Attachment> {
  const { id } = await client.attachment.begin({ conversationId, name: file.name, byteCount: file.size });
  for (let ord = 0; ord * ATTACHMENT_CHUNK_BYTES < file.size; ord += 1) {
    const start = ord * ATTACHMENT_CHUNK_BYTES;
    const bytes = new Uint8Array(await file.slice(start, start + ATTACHMENT_CHUNK_BYTES).arrayBuffer());
    await client.attachment.append({ id, ord, base64: toBase64(bytes) });
  }
  return client.attachment.finish({ id });
}

/** Hands a text made on this machine to the rep as a download. */
export function saveText(name: string, text: string, mime: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser has taken the bytes by then
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const SLICE = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // a call takes only so many arguments
  for (let at = 0; at < bytes.length; at += SLICE) text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
}
