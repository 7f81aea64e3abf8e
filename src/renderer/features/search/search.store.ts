import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FindAnswer, FindFilters, FindHit, FindKind, FoundCustomer, Recents } from '../../../shared/contract/everywhere.contract.ts';
import type { CustomerId, LabelId, RepId } from '../../../shared/contract/ids.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { Client } from '../../connection/connection.ts';

/** What the filters can be set to. */
export type FilterChoices = { channelKinds: readonly string[]; labels: readonly { id: LabelId; name: string }[]; reps: readonly { id: RepId; name: string }[] };
/** A customer's card over the results, with one order picked out when an order was opened. */
export type Sheet = { customerId: CustomerId; orderId: string | null; found: FoundCustomer | null; failure: CallFailure | null };
export type SearchState = {
  text: string;
  filters: FindFilters;
  /** The answer on screen; it stays until the next one is there. `null` while nothing is asked. */
  answer: FindAnswer | null;
  /** The one kind that is shown at length. */
  onlyKind: FindKind | null;
  isSearching: boolean;
  failure: CallFailure | null;
  activeIndex: number;
  recents: Recents;
  choices: FilterChoices;
  sheet: Sheet | null;
};
export type SearchStore = ReturnType<typeof createSearchStore>;

const DELAY_MS = 120;
const PER_KIND = 5;
const MOST_OF_ONE = 50;
const MOST_TEXT = 500;
const NO_RECENTS: Recents = { searches: [], opened: [] };
const EMPTY: SearchState = {
  text: '', filters: {}, answer: null, onlyKind: null, isSearching: false, failure: null, activeIndex: 0, recents: NO_RECENTS, choices: { channelKinds: [], labels: [], reps: [] }, sheet: null,
};

/** One box over everything, with the memory of the rep at it. */
export function createSearchStore(client: Client) {
  const store = createStore<SearchState>(() => EMPTY);
  const { askSoon, onceAnswered, stop } = createAsking(client, store);
  return {
    store,
    type(text: string) {
      store.setState({ text, onlyKind: null });
      askSoon(DELAY_MS);
    },
    setFilters(change: Partial<FindFilters>) {
      const next = Object.entries({ ...store.getState().filters, ...change }).filter(([, value]) => value !== undefined);
      store.setState({ filters: Object.fromEntries(next) as FindFilters });
      askSoon(0);
    },
    clearFilters() {
      store.setState({ filters: {} });
      askSoon(0);
    },
    /** All of one kind, or null: some of each again. */
    showOnly(onlyKind: FindKind | null) {
      store.setState({ onlyKind });
      askSoon(0);
    },
    retry: () => askSoon(0),
    onceAnswered,
    move(step: number, count: number) {
      if (count > 0) store.setState(({ activeIndex }) => ({ activeIndex: (Math.min(activeIndex, count - 1) + step + count) % count }));
    },
    pointAt: (activeIndex: number) => store.setState({ activeIndex }),
    ...createSheet(client, store.setState, store.getState),
    ...createMemory(client, store.setState),
    reset() {
      stop();
      store.setState(EMPTY);
    },
  };
}

/** Only the newest question is answered: an older one is cancelled where it runs, its answer dropped. */
function createAsking(client: Client, store: StoreApi<SearchState>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  let waiting: ((answer: FindAnswer) => void) | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    running?.abort();
    [running, waiting] = [undefined, undefined];
  };
  const ask = async (): Promise<void> => {
    const own = new AbortController();
    running = own;
    const { text, filters, onlyKind } = store.getState();
    const more = onlyKind === null ? { limit: PER_KIND } : { kinds: [onlyKind], limit: MOST_OF_ONE };
    try {
      const answer = await client.search.everywhere({ text: wordsOf(text), filters, ...more }, { signal: own.signal });
      if (running !== own) return;
      store.setState({ answer, isSearching: false, failure: null, activeIndex: 0 });
      waiting?.(answer);
      waiting = undefined;
    } catch (error) {
      if (running === own) store.setState({ answer: null, isSearching: false, failure: callFailure(error) });
    }
  };
  return {
    stop,
    /** What Enter meant while the lines on screen still belonged to older words: done with the answer to these, and not at all when they are changed. */
    onceAnswered(run: (answer: FindAnswer) => void): void {
      waiting = run;
    },
    askSoon(delayMs: number): void {
      stop();
      if (wordsOf(store.getState().text) === '') return store.setState({ answer: null, isSearching: false, failure: null, activeIndex: 0 });
      store.setState({ isSearching: true, failure: null });
      timer = setTimeout(() => void ask(), delayMs);
    },
  };
}

type Set = (change: Partial<SearchState>) => void;

function createSheet(client: Client, set: Set, get: () => SearchState) {
  return {
    /** Opens the customer of a hit over the results; closing it comes back to them. */
    async openSheet(customerId: CustomerId, orderId: string | null): Promise<void> {
      const opened: Sheet = { customerId, orderId, found: null, failure: null };
      set({ sheet: opened });
      const isWanted = (): boolean => get().sheet?.customerId === customerId && get().sheet?.orderId === orderId;
      try {
        const found = await client.search.customer({ customerId, ...(orderId === null ? {} : { orderId }) });
        if (isWanted()) set({ sheet: { ...opened, found } });
      } catch (error) {
        if (isWanted()) set({ sheet: { ...opened, failure: callFailure(error) } });
      }
    },
    closeSheet: () => set({ sheet: null }),
  };
}

/** What this rep looked for and opened before, kept in the store of the shop and not in the browser. */
function createMemory(client: Client, set: Set) {
  const none = { channelKinds: [], labels: [], reps: [] };
  return {
    /** For an opening box. */
    async load(): Promise<void> {
      const [recents, choices] = await Promise.all([client.search.recents({}).catch(() => NO_RECENTS), client.work.setup({}).catch(() => none)]);
      set({ recents, choices: { channelKinds: choices.channelKinds, labels: choices.labels, reps: choices.reps } });
    },
    async noteOpened(text: string, { kind, id }: Pick<FindHit, 'kind' | 'id'>): Promise<void> {
      await client.search.noteOpened({ text: wordsOf(text), opened: { kind, id } }).catch(() => {});
    },
    async clearRecents(): Promise<void> {
      await client.search.clearRecents({});
      set({ recents: NO_RECENTS, activeIndex: 0 });
    },
  };
}

function wordsOf(text: string): string {
  return text.trim().slice(0, MOST_TEXT);
}
