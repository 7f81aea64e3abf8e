import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Entry, Session } from '../../../shared/contract/access.contract.ts';
import type { FirstRun } from '../../../shared/contract/first-run.contract.ts';
import type { RepId } from '../../../shared/contract/ids.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { Client } from '../../connection/connection.ts';

export type SessionState = { session: Session | null; firstRun: FirstRun | null };
export type SessionStore = ReturnType<typeof createSessionStore>;
/** Null once in; otherwise why not. `retryAt` is epoch ms. */
export type EntryProblem = { kind: 'wrong' } | { kind: 'wait'; retryAt: number } | { kind: 'failed'; failure: CallFailure } | null;

/** Told to the backend at most this often. */
const TELL_ACTIVE_EVERY_MS = 10_000;

/** Who is at the desk. `beforeCover` saves what is being written before the screen goes. */
export function createSessionStore(client: Client, options: { now: () => number; beforeCover: () => void }) {
  const store = createStore<SessionState>(() => ({ session: null, firstRun: null }));
  let toldActiveAt = Number.NEGATIVE_INFINITY;
  const take = (session: Session): void => {
    if (session.state !== 'open' && store.getState().session?.state === 'open') options.beforeCover();
    store.setState({ session });
  };
  const load = async (): Promise<void> => {
    const session = await client.session.get({});
    const firstRun = session.state === 'open' ? await client.firstRun.get({}) : null;
    store.setState(({ firstRun: known }) => ({ firstRun: firstRun ?? known }));
    take(session);
  };
  const enter = async (call: () => Promise<Entry>): Promise<EntryProblem> => {
    try {
      const { outcome, retryAt, session } = await call();
      if (outcome !== 'open') return retryAt === null ? { kind: 'wrong' } : { kind: 'wait', retryAt };
      const firstRun = await client.firstRun.get({});
      store.setState({ firstRun });
      take(session);
      return null;
    } catch (error) {
      return { kind: 'failed', failure: callFailure(error) };
    }
  };
  return {
    store,
    load,
    receive(event: FeedEvent) {
      if (event.type === 'session.changed') take(event.session);
      // a backend that started anew knows nobody; before the store is open it refuses to say
      else if (event.type === 'feed.opened') void load().catch(() => {});
    },
    /** The store was closed: who is at the desk is asked anew when it opens. */
    forget: () => store.setState({ session: null, firstRun: null }),
    signIn: (repId: RepId, pin: string | null): Promise<EntryProblem> => enter(() => client.session.signIn({ repId, pin })),
    unlock: (secret: { pin: string | null; passphrase: string | null }): Promise<EntryProblem> => enter(() => client.session.unlock(secret)),
    async lock() {
      options.beforeCover();
      take(await client.session.lock({}));
    },
    async signOut() {
      options.beforeCover();
      take(await client.session.signOut({}));
    },
    /** Something was touched. */
    active() {
      if (store.getState().session?.state !== 'open' || options.now() - toldActiveAt < TELL_ACTIVE_EVERY_MS) return;
      toldActiveAt = options.now();
      void client.session.active({}).catch(() => {});
    },
    ...firstRunActions(client, store),
  };
}

function firstRunActions(client: Client, store: StoreApi<SessionState>) {
  return {
    async saveFirstRun(change: Pick<FirstRun, 'step' | 'start'>) {
      store.setState({ firstRun: { isDue: true, ...change } });
      await client.firstRun.save(change);
    },
    async finishFirstRun() {
      store.setState({ firstRun: { isDue: false, step: 'done', start: null } });
      await client.firstRun.finish({});
    },
  };
}

const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Watches the window for any touch; returns how to stop. */
export function watchActivity(onTouch: () => void): () => void {
  for (const name of TOUCHES) window.addEventListener(name, onTouch, { passive: true, capture: true });
  return () => {
    for (const name of TOUCHES) window.removeEventListener(name, onTouch, { capture: true });
  };
}
