import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { isComposingKey } from '../../base/keys.ts';
import { useDesk, useQueue } from './desk-context.tsx';
import { QueueRow } from './queue-row.tsx';

const ROW_HEIGHT = 54;

/** The queue as a list box: j/k or arrows move the cursor, Enter opens. Rows never move under the pointer. */
export function QueueList() {
  const { t } = useTexts();
  const desk = useDesk();
  const rows = useQueue((state) => state.rows);
  const cursorId = useQueue((state) => state.cursorId);
  const listRef = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => listRef.current, estimateSize: () => ROW_HEIGHT, overscan: 8, getItemKey: (index) => rows[index]?.id ?? index });
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
      desk.queue.moveCursor(step);
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
      tabIndex={0}
      aria-label={t('queue.list')}
      aria-activedescendant={cursorIndex >= 0 ? `queue-${cursorId}` : undefined}
      onKeyDown={onKeyDown}
      onPointerEnter={() => desk.queue.hold(true)}
      onPointerLeave={() => desk.queue.hold(false)}
      className="group quiet-scroll ring-inside min-h-0 flex-1 overflow-y-auto"
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row && <QueueRow key={row.id} row={row} index={item.index} count={rows.length} top={item.start} height={ROW_HEIGHT} />;
        })}
      </div>
    </div>
  );
}
