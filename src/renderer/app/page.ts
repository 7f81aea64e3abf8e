import type { ConversationId, RepId } from '../../shared/contract/ids.contract.ts';
import { createClockStore } from '../base/clock.store.ts';
import { createEventFeed } from '../base/event-feed.ts';
import { createToastStore } from '../base/toast.store.ts';
import { createDesktopStore } from '../base/desktop.store.ts';
import type { Connection } from '../connection/connection.ts';
import { createNoDesktop, type Desktop } from '../connection/desktop.ts';
import { createDesk, type Desk } from '../features/desk/desk.store.ts';
import { createImportStore } from '../features/import/import.store.ts';
import { createKnowledgeStore } from '../features/knowledge/knowledge.store.ts';
import { createProductsStore } from '../features/products/products.store.ts';
import { createTodayStore } from '../features/today/today.store.ts';
import { createSearchStore } from '../features/search/search.store.ts';
import { createAppStore, type AppStore } from './app.store.ts';
import { createDeskWatch, type DeskWatch, type DeskWatchOptions } from './desktop/desk-watch.ts';
import { createPaletteStore } from './palette/palette.store.ts';
import { createPrintStore } from './print/print.store.ts';
import { createSessionStore, watchActivity, type SessionStore } from './session/session.store.ts';
import { createTourStore } from './tour/tour.store.ts';

export type Page = ReturnType<typeof createPage>;

/** Everything the page holds, made once: the stores, joined to one feed of events. `now` gives epoch ms. Without a window there are no counts and notices outside the page. */
export function createPage(connection: Connection, now: () => number = Date.now, window?: Desktop) {
  const { client } = connection;
  const feed = createEventFeed(client);
  const app = createAppStore(connection);
  const toasts = createToastStore();
  const desk = createDesk(client, { now, toasts });
  const knowledge = createKnowledgeStore(client);
  const products = createProductsStore(client);
  const imports = createImportStore(client);
  const today = createTodayStore(client, now);
  const search = createSearchStore(client);
  const clock = createClockStore(now);
  const beforeCover = (): void => {
    desk.composer.flush();
    for (const { id } of toasts.store.getState().toasts) toasts.dismiss(id);
  };
  const sessions = createSessionStore(client, { now, beforeCover });
  const tour = createTourStore();
  const desktop = createDesktopStore(window ?? createNoDesktop());
  const watch = openWatch({ client, desktop: desktop.desktop, now, app, desk, sessions });
  const print = createPrintStore(client, now);
  const palette = createPaletteStore();
  feed.subscribe((event) => {
    app.receive(event);
    sessions.receive(event);
    desk.receive(event);
    knowledge.receive(event);
    products.receive(event);
    imports.receive(event);
    today.receive(event);
    if (window !== undefined) watch.receive(event);
  });
  const stopWatching = watchDoors({ app, sessions }, () => {
    void app.refresh();
    for (const store of [desk, knowledge, products, imports]) store.receive({ type: 'feed.opened' });
  });
  return {
    connection, app, sessions, tour, palette, desk, knowledge, products, imports, today, search, clock, toasts, desktop, watch, print,
    start() {
      clock.start();
      const stopState = app.start();
      const stopTouches = watchActivity(sessions.active);
      feed.start();
      const stopDesktop = desktop.start();
      const stopWatch = window === undefined ? () => {} : watch.start();
      return () => {
        stopDesktop();
        stopWatch();
        clock.stop();
        stopState();
        stopTouches();
        feed.stop();
        stopWatching();
      };
    },
  };
}

type WatchStores = Pick<DeskWatchOptions, 'client' | 'desktop' | 'now'> & { app: AppStore; desk: Desk; sessions: SessionStore };

function openWatch({ app, desk, sessions, ...rest }: WatchStores): DeskWatch {
  const openRepId = (): RepId | null => {
    const { session } = sessions.store.getState();
    return session?.state === 'open' ? (session.rep?.id ?? null) : null;
  };
  const focusedId = (): ConversationId | null => (document.hasFocus() && app.store.getState().screen === 'desk' ? desk.queue.store.getState().openId : null);
  return createDeskWatch({ ...rest, settings: () => app.store.getState().settings, openRepId, focusedId });
}

/** Two doors, the store's and the desk's. Before both are open every read is refused; once they are, `onOpen` reads all of it. */
function watchDoors({ app, sessions }: { app: AppStore; sessions: SessionStore }, onOpen: () => void): () => void {
  let wasReady = false;
  let wasOpen = false;
  const stopStatus = app.store.subscribe(({ status }) => {
    const isReady = status?.state === 'ready';
    if (isReady && !wasReady) void sessions.load().catch(() => {});
    if (!isReady && wasReady) sessions.forget();
    wasReady = isReady;
  });
  const stopSession = sessions.store.subscribe(({ session }) => {
    const isOpen = session?.state === 'open';
    if (isOpen && !wasOpen) onOpen();
    wasOpen = isOpen;
  });
  return () => {
    stopStatus();
    stopSession();
  };
}
