import { ArrowLeft, MessageSquare } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { FoundCustomer } from '../../../shared/contract/everywhere.contract.ts';
import type { ConversationId, MessageId } from '../../../shared/contract/ids.contract.ts';
import { channelWords } from '../../base/code-words.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { SegmentChip } from '../../ui/segment-chip.tsx';
import { OrderDetail } from './order-detail.tsx';
import type { Sheet } from './search.store.ts';

const OTHER_ORDERS = 20;

export type CustomerSheetProps = { sheet: Sheet; onOpen: (id: ConversationId, messageId: MessageId | null) => void; onBack: () => void; onRetry: () => void };

/** A customer as an order or name leads to them: the order asked for, the conversations it may be about, the other orders. Escape goes back to the results. */
export function CustomerSheet({ sheet, onOpen, onBack, onRetry }: CustomerSheetProps) {
  const { t } = useTexts();
  const backRef = useRef<HTMLButtonElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const { found, failure } = sheet;
  useEffect(() => {
    // the first conversation is the next step; without one, the way back
    const first = listRef.current?.querySelector<HTMLElement>('button[data-conversation]');
    (first ?? backRef.current)?.focus();
  }, [found]);
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-3">
        <IconButton ref={backRef} label={t('search.back')} onClick={onBack}><ArrowLeft size={16} aria-hidden /></IconButton>
        <h2 className="min-w-0 truncate text-title font-semibold">{found?.card.name ?? t('customer.title')}</h2>
        {found?.card.tag != null && <SegmentChip segment={found.card.tag.segment} isDisputed={found.card.tag.isDisputed} />}
        {found !== null && <span className="min-w-0 truncate text-meta text-ink-2">{found.card.externalId}</span>}
      </div>
      <div ref={listRef} className="quiet-scroll min-h-0 flex-1 overflow-y-auto p-4 [&>div]:max-w-[760px]">
        {failure !== null && <FailureNotice text={t('customer.failed')} failure={failure} onRetry={onRetry} />}
        {found === null && failure === null && <LoadingLines />}
        {found !== null && <CustomerFacts found={found} onOpen={onOpen} />}
      </div>
    </>
  );
}

/** `onOpen` left out: only to be read. */
export function CustomerFacts({ found, onOpen }: { found: FoundCustomer; onOpen?: CustomerSheetProps['onOpen'] }) {
  const { t, formats } = useTexts();
  const { card, order, orderAfterSales, conversations } = found;
  const others = card.orders.filter(({ externalId }) => externalId !== order?.externalId).slice(0, OTHER_ORDERS);
  return (
    <div className="flex flex-col gap-4">
      {card.orderCount > 0 && (
        <p className="text-ink-2">
          {t('customer.summary', { orders: formats.number(card.orderCount), total: formats.money(card.totalPaidFen) })}
          {card.platformTier !== null && ` · ${t('customer.tier', { tier: formats.platform(card.platformTier) })}`}
        </p>
      )}
      {order !== null && <OrderDetail order={order} afterSales={orderAfterSales} />}
      <ConversationList conversations={conversations} {...(onOpen === undefined ? {} : { onOpen })} />
      {others.length > 0 && (
        <section aria-label={t(order === null ? 'customer.orders' : 'search.otherOrders')}>
          <h3 className="pb-1 text-meta font-semibold text-ink-2">{t(order === null ? 'customer.orders' : 'search.otherOrders')}</h3>
          <ul>
            {others.map((other) => (
              <li key={other.externalId} className="flex min-h-7 items-center gap-3">
                <span className="w-20 shrink-0 text-meta text-ink-2">{other.paidAt === null ? '–' : formats.date(other.paidAt)}</span>
                <span className="min-w-0 flex-1 truncate" title={other.externalId}>{other.items.map(({ title }) => title).join(', ')}</span>
                <span className="shrink-0 text-meta text-ink-2">{formats.platform(other.status ?? '')}</span>
                <span className="shrink-0">{formats.money(other.paidFen)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function ConversationList({ conversations, onOpen }: { conversations: FoundCustomer['conversations']; onOpen?: CustomerSheetProps['onOpen'] }) {
  const { t } = useTexts();
  return (
    <section aria-label={t('search.conversations')}>
      <h3 className="pb-1 text-meta font-semibold text-ink-2">{t('search.conversations')}</h3>
      {conversations.length === 0 && <p className="text-ink-2">{t('search.noConversations')}</p>}
      <ul>
        {conversations.map((conversation) => (
          <li key={conversation.id}>
            {onOpen === undefined ? (
              <div className="flex min-h-9 items-center gap-2 py-1"><ConversationWords conversation={conversation} /></div>
            ) : (
              <button type="button" data-conversation onClick={() => onOpen(conversation.id, null)} className="ring-inside flex min-h-9 w-full items-center gap-2 rounded px-2 py-1 text-left hover:bg-raised focus-visible:bg-accent-tint"><ConversationWords conversation={conversation} /></button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ConversationWords({ conversation }: { conversation: FoundCustomer['conversations'][number] }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const { state, channelKind, lastAt, lastText, isAboutOrder } = conversation;
  return (
    <>
      <MessageSquare size={16} aria-hidden className="shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{lastText === '' ? '–' : lastText.replaceAll(/\s/g, ' ')}</span>
        <span className="flex gap-x-2 text-meta text-ink-2">
          {isAboutOrder && <span className="shrink-0 text-accent">{t('search.aboutOrder')}</span>}
          <span className="shrink-0">{t(`search.state.${state}`)}</span>
          <span className="truncate">{channelWords(t, channelKind)}</span>
        </span>
      </span>
      <span className="shrink-0 text-meta text-ink-2" title={formats.dateTime(lastAt)}>{formats.relative(lastAt, nowMs)}</span>
    </>
  );
}
