import { createStore } from 'zustand/vanilla';
import type { Attachment, AttachmentId } from '../../../shared/contract/attachment.contract.ts';
import type { Client } from '../../connection/connection.ts';
import { downloadFile } from '../../base/file-transfer.ts';
import { createLoadQueue } from './load-queue.ts';

/** An image as an `<img>` can take it. */
export type ImageUrl = { kind: 'loading' } | { kind: 'ready'; url: string } | { kind: 'failed' };

/** Bytes of images kept though nobody shows them any more, so that scrolling back is instant. */
const KEPT_BYTES = 60 * 1024 * 1024;
const LOADS_AT_ONCE = 2;

type Held = { attachment: Attachment; userCount: number };

/** Images of messages as object URLs, read when somebody shows them, let go when nobody does and there are too many. */
export function createImageUrls(client: Client) {
  const store = createStore<{ urls: Readonly<Record<AttachmentId, ImageUrl>> }>(() => ({ urls: {} }));
  // the map keeps the order of use: the first is the one longest unused
  const held = new Map<AttachmentId, Held>();
  const set = (id: AttachmentId, url: ImageUrl | null): void => {
    const { [id]: before, ...others } = store.getState().urls;
    if (before?.kind === 'ready') URL.revokeObjectURL(before.url);
    store.setState({ urls: url === null ? others : { ...others, [id]: url } });
  };
  const drop = (id: AttachmentId): void => {
    if (held.delete(id)) set(id, null);
  };
  const makeRoom = (): void => {
    let byteCount = [...held.values()].reduce((sum, { attachment }) => sum + attachment.byteCount, 0);
    for (const [id, { attachment, userCount }] of held) {
      if (byteCount <= KEPT_BYTES) return;
      if (userCount > 0) continue;
      byteCount -= attachment.byteCount;
      drop(id);
    }
  };
  const load = async (attachment: Attachment): Promise<void> => {
    const url = await downloadFile(client, attachment).then((blob): ImageUrl => ({ kind: 'ready', url: URL.createObjectURL(blob) }), (): ImageUrl => ({ kind: 'failed' }));
    if (held.has(attachment.id)) set(attachment.id, url);
    else if (url.kind === 'ready') URL.revokeObjectURL(url.url);
    makeRoom();
  };
  const isWanted = ({ id }: Attachment): boolean => {
    if ((held.get(id)?.userCount ?? 0) > 0) return true;
    // scrolled away before its turn
    drop(id);
    return false;
  };
  const queue = createLoadQueue(LOADS_AT_ONCE, load, isWanted);
  const ask = (attachment: Attachment): void => {
    set(attachment.id, { kind: 'loading' });
    queue(attachment);
  };
  return {
    store,
    /** Somebody shows it; returns the function that ends that. */
    show(attachment: Attachment): () => void {
      const { id } = attachment;
      const mine: Held = { attachment, userCount: (held.get(id)?.userCount ?? 0) + 1 };
      held.delete(id);
      held.set(id, mine);
      if (store.getState().urls[id] === undefined) ask(attachment);
      return () => {
        const now = held.get(id);
        if (now !== undefined) now.userCount -= 1;
        makeRoom();
      };
    },
    retry(attachment: Attachment): void {
      if (store.getState().urls[attachment.id]?.kind === 'failed') ask(attachment);
    },
    /** The bytes were read, but are no image the browser can draw. */
    fail: (id: AttachmentId): void => set(id, { kind: 'failed' }),
  };
}
