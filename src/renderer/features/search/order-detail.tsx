import { Copy } from 'lucide-react';
import type { AfterSale, Order } from '../../../shared/contract/customer.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { IconButton } from '../../ui/button.tsx';

/** One order with everything a rep is asked about it: what, how much, where it is, what was promised, and its after-sale cases. */
export function OrderDetail({ order, afterSales }: { order: Order; afterSales: readonly AfterSale[] }) {
  const { t, formats } = useTexts();
  return (
    <section aria-label={t('search.order', { number: order.externalId })} className="flex flex-col gap-2 rounded border border-accent p-3">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 break-all font-semibold">{t('search.order', { number: order.externalId })}</h3>
        <CopyNumber label={t('customer.copyOrder', { order: order.externalId })} text={order.externalId} />
        <span className="flex-1" />
        {order.status !== null && <span className="shrink-0">{formats.platform(order.status)}</span>}
        <span className="shrink-0 font-semibold">{formats.money(order.paidFen)}</span>
      </div>
      <ul className="flex flex-col gap-1">
        {order.items.map((item) => (
          <li key={`${item.title}-${item.skuExternalId}-${item.size}-${item.colour}-${item.batch}`} className="flex gap-3">
            <span className="min-w-0 flex-1 break-words">
              {[item.title, item.colour, item.size].filter(Boolean).join(' · ')}{item.quantity > 1 && ` ×${item.quantity}`}
              <span className="block text-meta text-ink-2">{[item.skuExternalId, item.batch === null ? null : t('customer.batch', { batch: item.batch })].filter(Boolean).join(' · ')}</span>
            </span>
            {item.priceFen !== null && <span className="shrink-0">{formats.money(item.priceFen)}</span>}
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap items-center gap-x-3 text-meta text-ink-2">
        {order.paidAt !== null && <span>{t('search.paidAt', { date: formats.dateTime(order.paidAt) })}</span>}
        {order.promisedShipAt !== null && <span>{t('customer.shipBy', { date: formats.date(order.promisedShipAt) })}</span>}
        {order.waybill !== null && (
          <span className="inline-flex items-center gap-1 break-all">
            {t('customer.waybill', { waybill: [formats.platform(order.carrier ?? ''), order.waybill].filter(Boolean).join(' ') })}
            <CopyNumber label={t('search.copyWaybill', { waybill: order.waybill })} text={order.waybill} />
          </span>
        )}
      </p>
      {afterSales.map((afterSale) => (
        <p key={afterSale.externalId} className="flex flex-wrap gap-x-2 text-meta">
          <span className={afterSale.closedAt === null ? 'text-mid' : 'text-ok'}>{afterSale.closedAt === null ? `△ ${t('customer.openCase')}` : `✓ ${t('customer.closedCase')}`}</span>
          <span>{[formats.platform(afterSale.type), afterSale.reason, formats.platform(afterSale.stage ?? '')].filter(Boolean).join(' · ')}</span>
          {afterSale.amountFen !== null && <span>{formats.money(afterSale.amountFen)}</span>}
        </p>
      ))}
    </section>
  );
}

function CopyNumber({ label, text }: { label: string; text: string }) {
  const copy = useCopy();
  return <IconButton label={label} onClick={() => copy(text)} className="size-6"><Copy size={12} aria-hidden /></IconButton>;
}
