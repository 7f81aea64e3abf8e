import { clsx } from 'clsx';
import { ChartLine, X } from 'lucide-react';
import { useState } from 'react';
import type { CustomerCard } from '../../../shared/contract/customer.contract.ts';
import { useNow, useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { EraseCustomer } from '../../ui/erase-customer.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { SegmentChip } from '../../ui/segment-chip.tsx';
import { AfterSaleList, OrderList, ReviewList } from './customer-lists.tsx';
import { useDesk, useOpen } from './desk-context.tsx';
import { OrderPicture } from './order-picture.tsx';
import { loyaltyReasonWords } from './loyalty-words.ts';

/** The right column: who, worth, why, what they bought. Under 1100 px it lies over the conversation when asked for. */
export function CustomerPanel({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTexts();
  const state = useOpen((open) => open.card);
  return (
    <section data-tour="customer" aria-label={t('customer.title')} className={clsx('w-[312px] shrink-0 flex-col border-l border-line bg-surface', isOpen ? 'flex max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-20 max-lg:shadow-float' : 'hidden lg:flex')}>
      <div className="flex h-9 items-center justify-between border-b border-line pr-1 pl-4 lg:hidden">
        <h2 className="font-semibold">{t('customer.title')}</h2>
        <IconButton label={t('action.close')} onClick={onClose}><X size={16} aria-hidden /></IconButton>
      </div>
      {/* A scroll area must take focus, or the keyboard cannot reach what is below. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div tabIndex={0} role="group" aria-label={t('customer.title')} className="quiet-scroll ring-inside flex min-h-0 flex-1 flex-col overflow-y-auto">
        {state === null && <EmptyState title={t('customer.title')} body={t('customer.unknownBody')} />}
        {state?.kind === 'loading' && <LoadingLines />}
        {state?.kind === 'failed' && <FailureNotice text={t('customer.failed')} failure={state.failure} />}
        {state?.kind === 'ready' && <Card card={state.card} />}
      </div>
    </section>
  );
}

function Card({ card }: { card: CustomerCard }) {
  const { t } = useTexts();
  const isUnknown = card.orderCount === 0 && card.afterSales.length === 0 && card.reviews.length === 0;
  return (
    <>
      <Who card={card} />
      {isUnknown ? (
        <div className="flex flex-col gap-1 px-4 py-3">
          <p className="font-semibold text-ink-2">{t('customer.unknown')}</p>
          <p className="text-ink-3">{t('customer.unknownBody')}</p>
        </div>
      ) : (
        <>
          <OrderList orders={card.orders} />
          <AfterSaleList afterSales={card.afterSales} />
          <ReviewList reviews={card.reviews} />
        </>
      )}
      {/* last, away from what is pressed all day */}
      <div className="px-2 py-3"><EraseButton card={card} /></div>
    </>
  );
}

function Who({ card }: { card: CustomerCard }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  return (
    <div className="flex flex-col gap-1.5 border-b border-line px-4 py-3">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate text-title font-semibold" title={card.externalId}>{card.name}</h2>
        <HistoryChip card={card} />
      </div>
      {card.orderCount > 0 && (
        <p className="flex flex-wrap gap-x-2">
          <span className="font-semibold whitespace-nowrap">{t('customer.summary', { orders: formats.number(card.orderCount), total: formats.money(card.totalPaidFen) })}</span>
          {card.firstOrderAt !== null && <span className="whitespace-nowrap text-ink-3">{t('customer.since', { date: formats.date(card.firstOrderAt) })}</span>}
        </p>
      )}
      <p className="flex flex-wrap gap-x-2 text-meta text-ink-3">
        {card.lastOrderAt !== null && <span title={formats.dateTime(card.lastOrderAt)}>{t('customer.last', { date: formats.relative(card.lastOrderAt, nowMs) })}</span>}
        <span>{t('customer.conversations', { count: card.conversationCount })}</span>
        {card.platformTier !== null && <span>{t('customer.tier', { tier: formats.platform(card.platformTier) })}</span>}
      </p>
      <TagReasons card={card} />
    </div>
  );
}

/** The tag, and the way to the orders that make it. */
function HistoryChip({ card }: { card: CustomerCard }) {
  const { t } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  if (card.tag === null) return null;
  const { segment, isDisputed } = card.tag;
  const label = t('history.open', { segment: t(`segment.${segment}`) });
  return (
    <>
      <button id="customer-history" type="button" aria-label={label} title={label} onClick={() => setIsOpen(true)} className="flex h-7 shrink-0 items-center gap-1 rounded px-0.5 text-ink-2 hover:bg-raised">
        <SegmentChip segment={segment} isDisputed={isDisputed} />
        <ChartLine size={14} aria-hidden />
      </button>
      {isOpen && <OrderPicture card={card} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function EraseButton({ card }: { card: CustomerCard }) {
  const { t } = useTexts();
  const desk = useDesk();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button id="customer-erase" size="compact" tone="ghost" className="self-start" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>{t('erase.title')}</Button>
      {isOpen && <EraseCustomer client={desk.eraseCalls} customer={card.id} onClose={() => setIsOpen(false)} onErased={() => setIsOpen(false)} />}
    </>
  );
}

function TagReasons({ card }: { card: CustomerCard }) {
  const texts = useTexts();
  const { t } = texts;
  const desk = useDesk();
  const { toasts } = useShell();
  const { tag } = card;
  if (tag === null) return card.orderCount > 0 ? <p className="text-meta text-ink-3">{t('customer.noTag')}</p> : null;
  const dispute = (): void => void desk.conversation.disputeTag(!tag.isDisputed).catch(() => toasts.problem({ key: 'error.connection' }));
  return (
    <>
      <ul className="text-meta text-ink-2" title={t('loyalty.scores', tag.scores)}>
        {loyaltyReasonWords(tag, texts).map((words) => <li key={words}>· {words}</li>)}
      </ul>
      <div className="flex items-center gap-2">
        <Button id="customer-dispute" size="compact" aria-pressed={tag.isDisputed} onClick={dispute} className={tag.isDisputed ? 'bg-mid-tint text-mid' : undefined}>{t('customer.dispute')}</Button>
        {tag.isDisputed && <span className="text-meta text-mid">{t('customer.disputed')}</span>}
      </div>
    </>
  );
}
