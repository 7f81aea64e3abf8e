import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { isComposingKey } from '../../base/keys.ts';
import { useDesk, useQueue, useWork } from './desk-context.tsx';
import { QueueRow, rowHeight } from './queue-row.tsx';

/** The queue as a list box: j/k or arrows move the cursor, Enter opens. Rows never move under the pointer. */
export function QueueList() {
  const { t } = useTexts();
  const desk = useDesk();
  const rows = useQueue((state) => state.rows);
  const cursorId = useQueue((state) => state.cursorId);
  const listRef = useRef<HTMLDivElement>(null);
  const whyId = useQueue((state) => state.whyId);
  const meId = useWork((state) => state.setup?.meId ?? null);
  const sizeOf = (index: number): number => (rows[index] === undefined ? 0 : rowHeight(rows[index], meId, rows[index].id === whyId));
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => listRef.current, estimateSize: sizeOf, overscan: 8, getItemKey: (index) => rows[index]?.id ?? index });
  // A row that gets a label grows; the list must not keep its old size.
  const sizes = rows.map((_row, index) => sizeOf(index)).join();
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, sizes]);
  const cursorIndex = rows.findIndex((row) => row.id === cursorId);
  useEffect(() => {
    if (cursorIndex >= 0) virtualizer.scrollToIndex(cursorIndex, { align: 'auto' });
    // Only a moved cursor scrolls; a reordered list keeps its place.
    // oxlint-disable-next-line react/exhaustive-deps -- runs when the selection moves, not when rows are re-ordered
  }, [cursorId]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposingKey(event.nativeEvent)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (step !== undefined) {
      event.preventDefault();
      if (event.shiftKey) desk.queue.extendSelection(step);
      else desk.queue.moveCursor(step);
    }
    if (event.key === 'Enter' && cursorId !== null) {
      event.preventDefault();
      void desk.open(cursorId).then(() => desk.focusField());
    }
  };
  return (
    <div
      ref={listRef}
      id="queue-list"
      role="listbox"
      aria-multiselectable="true"
      tabIndex={0}
      aria-label={t('queue.list')}
      aria-activedescendant={cursorIndex >= 0 ? `queue-${cursorId}` : undefined}
      onKeyDown={onKeyDown}
      onPointerEnter={() => desk.queue.hold(true)}
      onPointerLeave={() => desk.queue.hold(false)}
      className={clsx('group quiet-scroll min-h-0 flex-1 overflow-y-auto', cursorIndex >= 0 ? 'outline-none' : 'ring-inside')}
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row && <QueueRow key={row.id} row={row} index={item.index} count={rows.length} top={item.start} height={item.size} />;
        })}
      </div>
    </div>
  );
}
