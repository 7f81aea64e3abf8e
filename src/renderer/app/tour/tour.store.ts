import { createStore } from 'zustand/vanilla';
import { TOUR_STEPS } from './tour-steps.ts';

export type TourStore = ReturnType<typeof createTourStore>;

/** Which step of the tour is up; null when there is none. */
export function createTourStore() {
  const store = createStore<{ index: number | null }>(() => ({ index: null }));
  const move = (by: 1 | -1): void => store.setState(({ index }) => ({ index: index === null || index + by >= TOUR_STEPS.length ? null : Math.max(0, index + by) }));
  return {
    store,
    start: () => store.setState({ index: 0 }),
    next: () => move(1),
    back: () => move(-1),
    end: () => store.setState({ index: null }),
  };
}
