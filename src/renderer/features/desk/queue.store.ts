import { createStore } from 'zustand/vanilla';
import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { Client } from '../../connection/connection.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import { settleOrder } from './settle-order.ts';

export type QueueFilter = 'open' | 'closed';
export type QueueState = {
  kind: 'loading' | 'ready' | 'failed';
  failure: CallFailure | null;
  filter: QueueFilter;
  rows: readonly ConversationSummary[];
  /** The row the keys act on; not yet open. */
  cursorId: ConversationId | null;
  openId: ConversationId | null;
  /** True while the pointer is over the list, when rows must not move. */
  isHeld: boolean;
  /** The row whose reasons are shown by key. */
  whyId: ConversationId | null;
};

const REFRESH_MS = 120;
const CHANGING: ReadonlySet<FeedEvent['type']> = new Set(['feed.opened', 'conversation.changed', 'message.received', 'outbox.changed', 'risk.scored', 'data.changed']);

export function createQueueStore(client: Client) {
  const store = createStore<QueueState>(() => ({ kind: 'loading', failure: null, filter: 'open', rows: [], cursorId: null, openId: null, isHeld: false, whyId: null }));
  const load = async (): Promise<void> => {
    const { filter } = store.getState();
    try {
      const rows = await client.conversation.list({ state: filter });
      if (store.getState().filter !== filter) return;
      store.setState((state) => ({
        kind: 'ready',
        failure: null,
        rows: settleOrder(state.rows.map((row) => row.id), rows, state.openId, state.isHeld),
        cursorId: state.cursorId !== null && rows.some((row) => row.id === state.cursorId) ? state.cursorId : (state.openId ?? rows[0]?.id ?? null),
      }));
    } catch (error) {
      store.setState((state) => ({ kind: state.rows.length > 0 ? 'ready' : 'failed', failure: callFailure(error) }));
    }
  };
  const refresh = coalesce(load, REFRESH_MS);
  return {
    store,
    load,
    refresh,
    receive(event: FeedEvent) {
      if (CHANGING.has(event.type)) refresh();
    },
    setFilter(filter: QueueFilter) {
      if (store.getState().filter === filter) return;
      store.setState({ filter, rows: [], kind: 'loading', cursorId: null, whyId: null });
      void load();
    },
    hold(isHeld: boolean) {
      store.setState({ isHeld });
      if (!isHeld) refresh();
    },
    moveCursor(step: 1 | -1) {
      store.setState((state) => {
        const place = state.rows.findIndex((row) => row.id === state.cursorId);
        const next = state.rows[Math.min(state.rows.length - 1, Math.max(0, place + step))];
        return { cursorId: next?.id ?? null, whyId: null };
      });
    },
    pointAt: (cursorId: ConversationId) => store.setState({ cursorId }),
    setOpen: (openId: ConversationId | null) => store.setState((state) => ({ openId, cursorId: openId ?? state.cursorId, whyId: null })),
    toggleWhy: () => store.setState((state) => ({ whyId: state.whyId === state.cursorId ? null : state.cursorId })),
  };
}
