import { createStore } from 'zustand/vanilla';
import type { TodaySummary } from '../../../shared/contract/today.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { Client } from '../../connection/connection.ts';

/** What the list shows: the conversations behind one number, or those answered in the hour that starts at `startAt`. */
export type TodayChoice = { kind: 'answered' | 'closed' | 'used' | 'first' | 'all' } | { kind: 'hour'; startAt: number };
export type TodayState = { kind: 'loading' | 'ready' | 'failed'; summary: TodaySummary | null; failure: CallFailure | null; choice: TodayChoice };
export type TodayStore = ReturnType<typeof createTodayStore>;

const RELOAD_MS = 800;
const DAY_AND_MORE_MS = 30 * 3_600_000;

/** The day of the rep at the desk. It is read while its screen is up, and again when something was sent or closed. */
export function createTodayStore(client: Client, now: () => number) {
  const store = createStore<TodayState>(() => ({ kind: 'loading', summary: null, failure: null, choice: { kind: 'all' } }));
  let dayStart: ((at: number) => number) | null = null;
  const load = async (): Promise<void> => {
    if (dayStart === null) return;
    const fromAt = dayStart(now());
    try {
      // the next midnight, also on the two days of the year that are an hour longer or shorter
      const summary = await client.today.summary({ fromAt, toAt: dayStart(fromAt + DAY_AND_MORE_MS) });
      store.setState({ kind: 'ready', summary, failure: null });
    } catch (error) {
      // the numbers that stand are kept
      store.setState(({ kind }) => ({ kind: kind === 'ready' ? kind : 'failed', failure: callFailure(error) }));
    }
  };
  const reload = coalesce(load, RELOAD_MS);
  return {
    store,
    load,
    /** From now on the screen is up; `dayStartOf` gives the reader's midnight. Returns what ends it. */
    watch(dayStartOf: (at: number) => number): () => void {
      dayStart = dayStartOf;
      void load();
      return () => {
        dayStart = null;
        reload.cancel();
      };
    },
    choose: (choice: TodayChoice) => store.setState({ choice }),
    receive(event: FeedEvent) {
      if (event.type === 'session.changed') store.setState({ kind: 'loading', summary: null });
      if (['feed.opened', 'outbox.changed', 'conversation.changed', 'data.changed', 'session.changed'].includes(event.type) && dayStart !== null) reload();
    },
  };
}
