import { createStore } from 'zustand/vanilla';
import type { DesktopFacts, DesktopPrefsChange } from '../../shared/desktop-bridge.ts';
import type { Desktop } from '../connection/desktop.ts';

export type DesktopStore = ReturnType<typeof createDesktopStore>;

/** What is known of the window around the page; null until it has answered. */
export function createDesktopStore(desktop: Desktop) {
  const store = createStore<{ facts: DesktopFacts | null }>(() => ({ facts: null }));
  return {
    store,
    desktop,
    /** Reads the facts and follows them; returns how to stop. */
    start(): () => void {
      void desktop.facts({}).then((facts) => store.setState({ facts }), () => {});
      return desktop.subscribe((event) => {
        if (event.kind === 'facts.changed') store.setState({ facts: event.facts });
      });
    },
    /** Rejects when the window did not take it; what is shown stays as it was. */
    async setPrefs(change: DesktopPrefsChange): Promise<void> {
      store.setState({ facts: await desktop.setPrefs(change) });
    },
  };
}
