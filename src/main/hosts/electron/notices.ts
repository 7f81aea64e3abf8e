import { Notification } from 'electron';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { DesktopNotice } from '../../../shared/desktop-bridge.ts';

const MOST_SHOWN = 20;

/** The system's own notices. One with the tag of an earlier one takes its place; a click tells which conversation. */
export function createNotices(onClick: (id: ConversationId | null) => void) {
  const shown = new Map<string, Notification>();
  return {
    isSupported: () => Notification.isSupported(),
    show({ tag, title, body, conversationId }: DesktopNotice): boolean {
      if (!Notification.isSupported()) return false;
      shown.get(tag)?.close();
      const notice = new Notification({ title, body });
      notice.on('click', () => onClick(conversationId));
      notice.on('close', () => {
        if (shown.get(tag) === notice) shown.delete(tag);
      });
      // kept, or the click would be lost with the object; the oldest go first
      shown.delete(tag);
      shown.set(tag, notice);
      for (const [oldest] of [...shown].slice(0, -MOST_SHOWN)) shown.delete(oldest);
      notice.show();
      return true;
    },
  };
}
