import { createStore } from 'zustand/vanilla';
import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import type { ConversationId, LabelId } from '../../../shared/contract/ids.contract.ts';
import type { ViewCounts } from '../../../shared/contract/work.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { Client } from '../../connection/connection.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import { queueSelection } from './queue-selection.ts';
import { heldIds, settleOrder } from './settle-order.ts';

export const QUEUE_VIEWS = ['mine', 'unassigned', 'all', 'snoozed', 'closed'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];
/** What is left out of the view; a part that is undefined leaves nothing out. */
export type QueueFilters = { labelId?: LabelId | undefined; band?: 'warn' | 'alert' | undefined; channelKind?: string | undefined };
export type QueueState = {
  kind: 'loading' | 'ready' | 'failed';
  failure: CallFailure | null;
  view: QueueView;
  filters: QueueFilters;
  counts: ViewCounts | null;
  rows: readonly ConversationSummary[];
  /** The row the keys act on; not yet open. */
  cursorId: ConversationId | null;
  openId: ConversationId | null;
  /** Chosen for something to be done to all of them. */
  selectedIds: ReadonlySet<ConversationId>;
  /** True while the pointer is over the list, when rows must not move. */
  isHeld: boolean;
  /** Rows that stand elsewhere than their urgency says, because nothing moves under the pointer or while open. */
  heldIds: ReadonlySet<ConversationId>;
  /** The row whose reasons are shown by key. */
  whyId: ConversationId | null;
};

const REFRESH_MS = 120;
const CHANGING: ReadonlySet<FeedEvent['type']> = new Set(['feed.opened', 'conversation.changed', 'message.received', 'outbox.changed', 'risk.scored', 'data.changed', 'session.changed']);
const QUERIES = {
  mine: { owner: 'me' }, unassigned: { owner: 'nobody' }, all: {}, snoozed: { isSnoozed: true }, closed: { state: 'closed' },
} as const satisfies Record<QueueView, Parameters<Client['conversation']['list']>[0]>;
const FIRST: QueueState = {
  kind: 'loading', failure: null, view: 'all', filters: {}, counts: null, rows: [], cursorId: null, openId: null, selectedIds: new Set(), isHeld: false, heldIds: new Set(), whyId: null,
};

export function createQueueStore(client: Client) {
  const store = createStore<QueueState>(() => FIRST);
  const load = async (): Promise<void> => {
    const { view, filters } = store.getState();
    try {
      const [rows, counts] = await Promise.all([client.conversation.list({ ...QUERIES[view], ...filters }), client.work.counts({})]);
      if (store.getState().view !== view || store.getState().filters !== filters) return;
      store.setState((state) => nextState(state, rows, counts));
    } catch (error) {
      store.setState((state) => ({ kind: state.rows.length > 0 ? 'ready' : 'failed', failure: callFailure(error) }));
    }
  };
  const refresh = coalesce(load, REFRESH_MS);
  const show = (change: Partial<Pick<QueueState, 'view' | 'filters'>>): void => {
    store.setState({ ...change, rows: [], kind: 'loading', cursorId: null, selectedIds: new Set(), heldIds: new Set(), whyId: null });
    void load();
  };
  return {
    store,
    load,
    refresh,
    receive(event: FeedEvent) {
      if (CHANGING.has(event.type)) refresh();
    },
    setView(view: QueueView) {
      if (store.getState().view !== view) show({ view });
    },
    /** The view `step` places on, around the end. */
    turnView(step: 1 | -1) {
      const place = QUEUE_VIEWS.indexOf(store.getState().view);
      show({ view: QUEUE_VIEWS.at((place + step) % QUEUE_VIEWS.length) ?? 'all' });
    },
    setFilters: (change: QueueFilters) => show({ filters: { ...store.getState().filters, ...change } }),
    hold(isHeld: boolean) {
      store.setState({ isHeld });
      if (!isHeld) refresh();
    },
    moveCursor(step: 1 | -1) {
      store.setState((state) => ({ cursorId: besideCursor(state, step), whyId: null }));
    },
    pointAt: (cursorId: ConversationId) => store.setState({ cursorId }),
    setOpen: (openId: ConversationId | null) => store.setState((state) => ({ openId, cursorId: openId ?? state.cursorId, whyId: null })),
    toggleWhy: () => store.setState((state) => ({ whyId: state.whyId === state.cursorId ? null : state.cursorId })),
    ...queueSelection(store, besideCursor),
  };
}

function nextState(state: QueueState, rows: readonly ConversationSummary[], counts: ViewCounts): Partial<QueueState> {
  const shown = settleOrder(state.rows.map((row) => row.id), rows, state.openId, state.isHeld);
  const present = new Set<ConversationId>(rows.map((row) => row.id));
  return {
    kind: 'ready', failure: null, counts, rows: shown, heldIds: heldIds(shown, rows, state.openId, state.isHeld),
    selectedIds: new Set([...state.selectedIds].filter((id) => present.has(id))),
    cursorId: nextCursor(state, shown, present),
  };
}

/** A row that left hands the cursor to the one that took its place. */
function nextCursor(state: QueueState, shown: readonly ConversationSummary[], present: ReadonlySet<ConversationId>): ConversationId | null {
  if (state.cursorId !== null && present.has(state.cursorId)) return state.cursorId;
  const place = state.rows.findIndex((row) => row.id === state.cursorId);
  if (place < 0) return state.openId !== null && present.has(state.openId) ? state.openId : (shown[0]?.id ?? null);
  return (state.rows.slice(place).find((row) => present.has(row.id)) ?? shown.at(-1))?.id ?? null;
}

function besideCursor(state: QueueState, step: 1 | -1): ConversationId | null {
  const place = state.rows.findIndex((row) => row.id === state.cursorId);
  return state.rows[Math.min(state.rows.length - 1, Math.max(0, place + step))]?.id ?? null;
}
