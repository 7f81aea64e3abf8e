import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Product, ProductSort, ProductSummary } from '../../../shared/contract/catalogue.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { Client } from '../../connection/connection.ts';

export type ProductDetail = { kind: 'none' } | { kind: 'loading'; id: string } | { kind: 'ready'; id: string; product: Product } | { kind: 'failed'; id: string; failure: CallFailure };
export type ProductsState = {
  kind: 'loading' | 'ready' | 'failed';
  failure: CallFailure | null;
  query: string;
  category: string | null;
  sort: ProductSort;
  isDescending: boolean;
  products: readonly ProductSummary[];
  total: number;
  categories: readonly { name: string; productCount: number }[];
  detail: ProductDetail;
};
export type ProductsStore = ReturnType<typeof createProductsStore>;

const PAGE_ROWS = 200;
const MOST_ROWS = 500;
/** What a rep looks for first: the cheapest, the nearly sold out, the best sold. */
const FALLS_FIRST: Record<ProductSort, boolean> = { title: false, price: false, stock: false, sold: true };

const FIRST_STATE: ProductsState = {
  kind: 'loading', failure: null, query: '', category: null, sort: 'title', isDescending: false, products: [], total: 0, categories: [], detail: { kind: 'none' },
};

export function createProductsStore(client: Client) {
  const store = createStore<ProductsState>(() => FIRST_STATE);
  const read = createReader(client, store);
  const load = (): Promise<void> => read(0);
  const reload = coalesce(load, 120);
  const choose = async (id: string): Promise<void> => {
    const { detail } = store.getState();
    // the former product stays while the same one is read again
    if (detail.kind !== 'ready' || detail.id !== id) store.setState({ detail: { kind: 'loading', id } });
    const isWanted = (): boolean => {
      const now = store.getState().detail;
      return now.kind !== 'none' && now.id === id;
    };
    try {
      const product = await client.catalogue.product({ id });
      if (isWanted()) store.setState({ detail: { kind: 'ready', id, product } });
    } catch (error) {
      if (isWanted()) store.setState({ detail: { kind: 'failed', id, failure: callFailure(error) } });
    }
  };
  return {
    store,
    load,
    choose,
    loadMore: () => read(store.getState().products.length),
    receive(event: FeedEvent) {
      if (event.type !== 'data.changed' || store.getState().kind !== 'ready') return;
      reload();
      const { detail } = store.getState();
      if (detail.kind === 'ready') void choose(detail.id);
    },
    setQuery(query: string) {
      store.setState({ query });
      reload();
    },
    setCategory(category: string | null) {
      store.setState({ category });
      reload();
    },
    /** The same column again turns the order round. */
    sortBy(sort: ProductSort) {
      store.setState((state) => ({ sort, isDescending: state.sort === sort ? !state.isDescending : FALLS_FIRST[sort] }));
      reload();
    },
  };
}

/** Reads a page of the list, replacing what is shown or, from an offset on, adding to it. */
function createReader(client: Client, store: StoreApi<ProductsState>): (offset: number) => Promise<void> {
  let newest = 0;
  return async (offset) => {
    const call = (newest += 1);
    const { query, category, sort, isDescending, products } = store.getState();
    const limit = offset > 0 ? PAGE_ROWS : Math.min(MOST_ROWS, Math.max(PAGE_ROWS, products.length));
    try {
      const page = await client.catalogue.list({ ...(query.trim() === '' ? {} : { query }), ...(category === null ? {} : { category }), sort, isDescending, limit, offset });
      // a later question has been asked meanwhile
      if (call !== newest) return;
      const before = offset > 0 ? store.getState().products : [];
      store.setState({ kind: 'ready', failure: null, products: [...before, ...page.products.filter(({ id }) => !before.some((other) => other.id === id))], total: page.total, categories: page.categories });
    } catch (error) {
      if (call === newest) store.setState(({ kind }) => ({ kind: kind === 'ready' ? kind : 'failed', failure: callFailure(error) }));
    }
  };
}
