import { useEffect, useRef, useState } from 'react';
import type { MessageId } from '../../../shared/contract/ids.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useMessageMedia } from './message-media-context.tsx';
import type { Desk } from './desk.store.ts';

const FLASH_MS = 1600;
/** Pages of 200 messages looked through for an old one. */
const MAX_PAGES = 25;

/** Brings the message asked for into view, reading older pages when it must; answers the id to mark for a moment. The mark only stands there: nothing moves. */
export function useJump(desk: Desk, items: readonly { id: string }[], scrollTo: (index: number) => void): string | null {
  const { toasts } = useShell();
  const jump = useMessageMedia((state) => state.jump);
  const [flashedId, setFlashedId] = useState<string | null>(null);
  const latest = useRef({ items, scrollTo });
  useEffect(() => {
    latest.current = { items, scrollTo };
  });
  useEffect(() => {
    const messageId = jump === null ? null : desk.media.takeJump();
    if (messageId === null) return;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = async (): Promise<void> => {
      const isThere = await readUntil(desk, messageId, () => isCurrent);
      if (!isCurrent) return;
      if (!isThere) return toasts.problem({ key: 'quote.notFound' });
      // after the page with the older messages was drawn
      await new Promise((done) => requestAnimationFrame(done));
      const index = latest.current.items.findIndex(({ id }) => id === messageId);
      if (!isCurrent || index < 0) return;
      latest.current.scrollTo(index);
      setFlashedId(messageId);
      timer = setTimeout(() => setFlashedId(null), FLASH_MS);
    };
    void show().catch(() => toasts.problem({ key: 'error.connection' }));
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      setFlashedId(null);
    };
  }, [desk, toasts, jump]);
  return flashedId;
}

async function readUntil(desk: Desk, messageId: MessageId, isWanted: () => boolean): Promise<boolean> {
  for (let page = 0; page < MAX_PAGES && isWanted(); page += 1) {
    const { open } = desk.conversation.store.getState();
    if (open.kind !== 'ready') return false;
    if (open.messages.some(({ id }) => id === messageId)) return true;
    if (!open.hasMore) return false;
    await desk.conversation.loadOlder();
  }
  return false;
}
