import { Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AfterSale, CustomerCard, Order } from '../../../shared/contract/customer.contract.ts';
import { useCopy } from '../../base/use-copy.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EvidenceList, useEvidence } from './evidence-list.tsx';

const FIRST_ORDERS = 5;

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="border-b border-line px-4 py-3">
      <h3 className="pb-1.5 text-meta text-ink-3">{title}</h3>
      <div className="flex flex-col gap-2.5">{children}</div>
    </div>
  );
}

export function OrderList({ orders }: { orders: readonly Order[] }) {
  const { t } = useTexts();
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? orders : orders.slice(0, FIRST_ORDERS);
  return (
    <Block title={t('customer.orders')}>
      {orders.length === 0 && <p className="text-ink-3">{t('customer.noOrders')}</p>}
      {shown.map((order) => <OrderLine key={order.externalId} order={order} />)}
      {shown.length < orders.length && <Button id="customer-orders" size="compact" onClick={() => setIsAll(true)}>{t('customer.moreOrders', { count: orders.length - shown.length })}</Button>}
    </Block>
  );
}

function OrderLine({ order }: { order: Order }) {
  const { t, formats } = useTexts();
  const copy = useCopy();
  return (
    <article className="flex flex-col">
      <div className="flex items-center gap-2 text-meta text-ink-3">
        <span title={order.paidAt === null ? undefined : formats.dateTime(order.paidAt)}>{order.paidAt === null ? '—' : formats.date(order.paidAt)}</span>
        <span className="min-w-0 flex-1 truncate" title={order.externalId}>{order.externalId}</span>
        <IconButton label={t('customer.copyOrder', { order: order.externalId })} onClick={() => copy(order.externalId)} className="size-5"><Copy size={12} aria-hidden /></IconButton>
      </div>
      {order.items.map((item) => (
        <div key={`${item.title}-${item.skuExternalId}-${item.size}-${item.colour}-${item.batch}`} className="flex flex-col">
          <span className="flex gap-2">
            <span className="min-w-0 flex-1 break-words">{[item.title, item.size, item.colour].filter(Boolean).join(' ')}{item.quantity > 1 && ` ×${item.quantity}`}</span>
            <span className="shrink-0 text-ink-2">{order.items.length === 1 ? formats.money(order.paidFen) : item.priceFen !== null && formats.money(item.priceFen)}</span>
          </span>
          {item.batch !== null && <span className="text-meta text-ink">{t('customer.batch', { batch: item.batch })}</span>}
        </div>
      ))}
      <p className="flex flex-wrap gap-x-2 text-meta text-ink-2">
        {order.items.length !== 1 && <span className="font-semibold">{formats.money(order.paidFen)}</span>}
        {order.status !== null && <span>{formats.platform(order.status)}</span>}
        {order.waybill !== null && <span className="break-all">{t('customer.waybill', { waybill: [formats.platform(order.carrier ?? ''), order.waybill].filter(Boolean).join(' ') })}</span>}
        {order.promisedShipAt !== null && <span>{t('customer.shipBy', { date: formats.date(order.promisedShipAt) })}</span>}
      </p>
    </article>
  );
}

export function AfterSaleList({ afterSales }: { afterSales: readonly AfterSale[] }) {
  const { t, formats } = useTexts();
  useEvidence();
  if (afterSales.length === 0) return null;
  return (
    <Block title={t('customer.afterSales')}>
      {afterSales.map((afterSale) => (
        <article key={afterSale.externalId} className="flex flex-col">
          <span className="flex gap-2">
            <span className="min-w-0 flex-1">{[formats.platform(afterSale.type), afterSale.reason].filter(Boolean).join(' · ')}</span>
            {afterSale.amountFen !== null && <span className="shrink-0 text-ink-2">{formats.money(afterSale.amountFen)}</span>}
          </span>
          <span className="flex flex-wrap gap-x-2 text-meta text-ink-3">
            <span className={afterSale.closedAt === null ? 'text-mid' : 'text-ok'}>{afterSale.closedAt === null ? `△ ${t('customer.openCase')}` : `✓ ${t('customer.closedCase')}`}</span>
            {afterSale.stage !== null && <span>{formats.platform(afterSale.stage)}</span>}
            {afterSale.openedAt !== null && <span>{formats.date(afterSale.openedAt)}</span>}
          </span>
          <EvidenceList afterSaleExternalId={afterSale.externalId} />
        </article>
      ))}
    </Block>
  );
}

export function ReviewList({ reviews }: { reviews: CustomerCard['reviews'] }) {
  const { t, formats } = useTexts();
  if (reviews.length === 0) return null;
  return (
    <Block title={t('customer.reviews')}>
      {reviews.map((review) => (
        <article key={`${review.at}-${review.text}`} className="flex flex-col">
          <span className="flex gap-2 text-meta text-ink-3">
            <span className={review.score <= 2 ? 'text-high' : 'text-ink-2'}>{'★'.repeat(review.score)}{'☆'.repeat(5 - review.score)} {t('customer.score', { score: review.score })}</span>
            {review.at !== null && <span>{formats.date(review.at)}</span>}
          </span>
          <span className="break-words">{review.text}</span>
        </article>
      ))}
    </Block>
  );
}
