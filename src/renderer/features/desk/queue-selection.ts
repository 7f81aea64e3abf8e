import type { StoreApi } from 'zustand/vanilla';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { QueueState } from './queue.store.ts';

/** Choosing several rows: by key at the cursor, by key along the list, by click. */
export function queueSelection(store: StoreApi<QueueState>, besideCursor: (state: QueueState, step: 1 | -1) => ConversationId | null) {
  return {
    toggleSelected(id: ConversationId | null = store.getState().cursorId) {
      if (id === null) return;
      store.setState(({ selectedIds }) => {
        const next = new Set(selectedIds);
        if (!next.delete(id)) next.add(id);
        return { selectedIds: next };
      });
    },
    /** Takes the row at the cursor and the next one in that direction, and moves there. */
    extendSelection(step: 1 | -1) {
      store.setState((state) => {
        const next = besideCursor(state, step);
        const added = [state.cursorId, next].filter((id) => id !== null);
        return { cursorId: next, whyId: null, selectedIds: new Set([...state.selectedIds, ...added]) };
      });
    },
    /** Every row from the cursor to this one. */
    selectTo(id: ConversationId) {
      store.setState((state) => {
        const places = [state.cursorId, id].map((one) => state.rows.findIndex((row) => row.id === one)).filter((place) => place >= 0);
        const range = state.rows.slice(Math.min(...places), Math.max(...places) + 1).map((row) => row.id);
        return { cursorId: id, selectedIds: new Set([...state.selectedIds, ...range]) };
      });
    },
    clearSelection: () => store.setState({ selectedIds: new Set() }),
  };
}
