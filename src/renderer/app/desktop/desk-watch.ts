import type { Settings } from '../../../shared/contract/app.contract.ts';
import type { ConversationId, RepId } from '../../../shared/contract/ids.contract.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { Translate } from '../../base/formats.ts';
import type { Client } from '../../connection/connection.ts';
import type { Desktop } from '../../connection/desktop.ts';
import { isQuietAt, isUrgent, newsBetween, newsOfReply, type DeskNews, type DeskView } from './desk-notices.ts';
import { wordNotices } from './notice-words.ts';

export type DeskWatch = ReturnType<typeof createDeskWatch>;
export type DeskWatchOptions = {
  client: Client;
  desktop: Desktop;
  now: () => number;
  settings: () => Pick<Settings, 'notices' | 'quietMode'>;
  /** The rep at the desk while it is open; null while locked or signed out. */
  openRepId: () => RepId | null;
  /** The conversation that the rep has before them right now; null when the window is not in front. */
  focusedId: () => ConversationId | null;
  minuteOfDay?: (at: number) => number;
};

const READ_AFTER_MS = 1500;
const AGENDA_EVERY_MS = 30_000;
const MOST_SHOWN = 9999;
const CHANGING: ReadonlySet<FeedEvent['type']> = new Set(['feed.opened', 'conversation.changed', 'message.received', 'risk.scored', 'data.changed', 'session.changed', 'settings.changed']);

/** Follows the queue for what stands outside the page: counts on tray, badge and title, and notices. */
export function createDeskWatch(options: DeskWatchOptions) {
  const { client, desktop, now, settings, openRepId } = options;
  const minuteOfDay = options.minuteOfDay ?? localMinute;
  let view: DeskView | null = null;
  let t: Translate | null = null;

  const tell = (news: readonly DeskNews[]): void => {
    const { notices } = settings();
    const wanted = news.filter(({ kind, conversationId }) => notices.kinds[kind] && conversationId !== options.focusedId());
    if (t === null || wanted.length === 0 || isQuietAt(notices, minuteOfDay(now()))) return;
    for (const notice of wordNotices(wanted, notices, t)) void desktop.notify(notice).catch(() => {});
  };
  const show = (): void => {
    if (t === null) return;
    const rows = view?.rows ?? [];
    const urgentCount = Math.min(MOST_SHOWN, rows.filter((row) => isUrgent(row, view?.meId ?? null)).length);
    const unreadCount = Math.min(MOST_SHOWN, rows.filter((row) => row.unreadCount > 0 && (row.rep === null || row.rep.id === view?.meId)).length);
    const words = { title: titleOf(t, urgentCount, unreadCount), open: t('tray.open'), quiet: t('quiet.title'), full: t('quiet.full'), rare: t('quiet.rare'), off: t('quiet.off'), lock: t('tray.lock'), quit: t('tray.quit') };
    document.title = words.title;
    void desktop.showState({ urgentCount, unreadCount, quietMode: settings().quietMode, isOpen: openRepId() !== null, words }).catch(() => {});
  };
  const read = async (): Promise<void> => {
    const meId = openRepId();
    if (meId === null) {
      view = null;
      show();
      return;
    }
    const [rows, agenda] = await Promise.all([client.conversation.list({}), client.work.agenda({})]).catch(() => [null, null]);
    // another rep may have sat down meanwhile, to whom the former one's queue is nothing new
    if (rows === null || agenda === null || openRepId() !== meId) return;
    const next: DeskView = { atMs: now(), meId, rows, promises: agenda.promises };
    const news = newsBetween(view?.meId === meId ? view : null, next);
    view = next;
    show();
    tell(news);
  };
  const readSoon = coalesce(read, READ_AFTER_MS);
  return {
    /** The reader's words, from now on. */
    speak(next: Translate): void {
      t = next;
      show();
    },
    /** The session or the window changed. */
    look: readSoon,
    receive(event: FeedEvent): void {
      if (event.type === 'outbox.changed' && openRepId() !== null) {
        const news = newsOfReply(event.entry, view?.rows ?? []);
        if (news !== null) tell([news]);
      }
      if (CHANGING.has(event.type)) readSoon();
    },
    /** Promises fall due without any event; returns how to stop. */
    start(): () => void {
      const timer = setInterval(readSoon, AGENDA_EVERY_MS);
      return () => clearInterval(timer);
    },
  };
}

function titleOf(t: Translate, urgentCount: number, unreadCount: number): string {
  if (urgentCount > 0) return t('tray.urgentTitle', { urgent: urgentCount, unread: unreadCount });
  return unreadCount > 0 ? t('tray.unreadTitle', { unread: unreadCount }) : t('tray.title');
}

function localMinute(at: number): number {
  const date = new Date(at);
  return date.getHours() * 60 + date.getMinutes();
}
