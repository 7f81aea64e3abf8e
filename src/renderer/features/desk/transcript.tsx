import { clsx } from 'clsx';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { OpenConversation } from './conversation.store.ts';
import { useDesk } from './desk-context.tsx';
import { EventLine, NoteLine } from './note-line.tsx';
import { useAtEnd } from './at-end.ts';
import { TranscriptLive } from './transcript-live.tsx';
import { TranscriptLine } from './transcript-line.tsx';
import { transcriptItems } from './transcript-items.ts';
import { useJump } from './transcript-jump.ts';
import { timeOfItem, withWork } from './work-items.ts';

const NEAR_END_PX = 80;

/** The messages as a virtual list that stays at its end while the rep is there and otherwise keeps its place. */
export function Transcript({ open }: { open: OpenConversation }) {
  const { t, formats } = useTexts();
  const desk = useDesk();
  const scrollRef = useRef<HTMLDivElement>(null);
  const { messages, outbox, notes, events, hasMore } = open;
  const items = useMemo(() => withWork(transcriptItems(messages, outbox, formats.date), { notes, events, hasMore }, timeOfItem), [messages, outbox, notes, events, hasMore, formats]);
  const virtualizer = useVirtualizer({ count: items.length, getScrollElement: () => scrollRef.current, estimateSize: () => 52, overscan: 12, getItemKey: (index) => items[index]?.id ?? index });
  const total = virtualizer.getTotalSize();
  const [isAtEnd, setIsAtEnd] = useAtEnd(scrollRef, items.at(-1), total);

  const firstId = messages[0]?.id;
  const before = useRef({ firstId, total });
  useEffect(() => {
    const element = scrollRef.current;
    if (before.current.firstId !== firstId && element !== null && !isAtEnd) element.scrollTop += total - before.current.total;
    before.current = { firstId, total };
  }, [firstId, total, isAtEnd]);

  const flashedId = useJump(desk, items, (index) => {
    setIsAtEnd(index === items.length - 1);
    virtualizer.scrollToIndex(index, { align: 'center' });
  });

  const onScroll = (): void => {
    const element = scrollRef.current;
    if (element !== null) setIsAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX);
  };
  if (items.length === 0) return <EmptyState title={t('conversation.empty')} />;
  return (
    <div className="relative min-h-0 flex-1">
      {/* A scroll area must take focus, or the keyboard cannot reach what is above. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div ref={scrollRef} id="transcript" role="log" aria-live="off" tabIndex={0} aria-label={t('conversation.log', { name: open.summary.customerName })} onScroll={onScroll} className="quiet-scroll ring-inside h-full overflow-y-auto px-4 py-2 text-talk">
        {open.hasMore && <div className="flex justify-center py-1"><Button size="compact" tone="ghost" onClick={() => void desk.conversation.loadOlder()}>{t('conversation.older')}</Button></div>}
        <div className="relative" style={{ height: total }}>
          {virtualizer.getVirtualItems().map((row) => {
            const item = items[row.index];
            return item && (
              <div key={item.id} data-index={row.index} ref={virtualizer.measureElement} className={clsx('absolute', item.id === flashedId ? '-inset-x-2 rounded bg-mid-tint px-2 outline-2 outline-mid' : 'inset-x-0')} style={{ transform: `translateY(${row.start}px)` }}>
                {item.kind === 'note' ? <NoteLine note={item.note} /> : item.kind === 'event' ? <EventLine event={item.event} /> : <TranscriptLine item={item} customerName={open.summary.customerName} />}
              </div>
            );
          })}
        </div>
      </div>
      <TranscriptLive key={open.id} messages={messages} />
      {!isAtEnd && (
        <button id="transcript-end" type="button" onClick={() => setIsAtEnd(true)} className="absolute right-4 bottom-2 flex h-7 items-center gap-1 rounded-full border border-control bg-surface px-3 text-meta shadow-float hover:bg-raised">
          <ArrowDown size={14} aria-hidden />{t('conversation.latest')}
        </button>
      )}
    </div>
  );
}
