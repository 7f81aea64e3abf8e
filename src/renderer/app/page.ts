import { createClockStore } from '../base/clock.store.ts';
import { createEventFeed } from '../base/event-feed.ts';
import { createToastStore } from '../base/toast.store.ts';
import type { Connection } from '../connection/connection.ts';
import { createDesk } from '../features/desk/desk.store.ts';
import { createImportStore } from '../features/import/import.store.ts';
import { createKnowledgeStore } from '../features/knowledge/knowledge.store.ts';
import { createSearchStore } from '../features/search/search.store.ts';
import { createAppStore } from './app.store.ts';

export type Page = ReturnType<typeof createPage>;

/** Everything the page holds, made once: the stores, joined to one feed of events. `now` gives epoch ms. */
export function createPage(connection: Connection, now: () => number = Date.now) {
  const { client } = connection;
  const feed = createEventFeed(client);
  const app = createAppStore(connection);
  const desk = createDesk(client, { now });
  const knowledge = createKnowledgeStore(client);
  const imports = createImportStore(client);
  const search = createSearchStore(client);
  const clock = createClockStore(now);
  const toasts = createToastStore();
  feed.subscribe((event) => {
    app.receive(event);
    desk.receive(event);
    knowledge.receive(event);
    imports.receive(event);
  });
  // Before unlocking every read is refused; once the store opens all of it is read.
  let wasReady = false;
  const stopWatching = app.store.subscribe(({ status }) => {
    const isReady = status?.state === 'ready';
    if (isReady && !wasReady) desk.receive({ type: 'feed.opened' });
    wasReady = isReady;
  });
  return {
    connection, app, desk, knowledge, imports, search, clock, toasts,
    start() {
      clock.start();
      const stopState = app.start();
      feed.start();
      return () => {
        clock.stop();
        stopState();
        feed.stop();
        stopWatching();
      };
    },
  };
}
