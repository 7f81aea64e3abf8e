import { clsx } from 'clsx';
import { useState } from 'react';
import type { ProductPrice } from '../../../shared/contract/catalogue.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { priceSteps, pricesSoFar } from './product-figures.ts';

const WIDTH = 320;
const HEIGHT = 72;
const PAD = 5;
const FEW = 4;
const CELL = 'h-7 px-2 border-b border-line';

/** The price over time as a line of steps, and the same as dates: what a buyer is owed under price protection is read off here. */
export function PriceHistory({ prices }: { prices: readonly ProductPrice[] }) {
  const { t, formats } = useTexts();
  const nowMs = useShell().clock.now();
  const [isAll, setAll] = useState(false);
  const rows = prices.toReversed();
  const shown = isAll ? rows : rows.slice(0, FEW);
  return (
    <>
      <PriceLine prices={prices} nowMs={nowMs} />
      <table className="self-start border-collapse text-left whitespace-nowrap">
        <thead className="text-meta text-ink-2">
          <tr>{[t('products.periodColumn'), t('products.priceColumn'), t('products.promoColumn')].map((name, index) => <th key={name} scope="col" className={clsx(CELL, 'font-normal', index === 1 && 'text-right')}>{name}</th>)}</tr>
        </thead>
        <tbody>
          {shown.map((price) => (
            <tr key={`${price.skuExternalId}-${price.fromAt}`} className={isNow(price, nowMs) ? 'font-semibold' : undefined}>
              <td className={CELL}><Period price={price} />{price.skuExternalId !== null && ` · ${price.skuExternalId}`}</td>
              <td className={clsx(CELL, 'text-right')}>{formats.money(price.priceFen)}</td>
              <td className={CELL}>{price.promo ?? ''}{isNow(price, nowMs) && <span className="ml-2 rounded bg-accent-tint px-1.5 text-meta text-accent">{t('products.now')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FEW && <Button size="compact" tone="ghost" className="self-start" aria-expanded={isAll} onClick={() => setAll(!isAll)}>{isAll ? t('products.showFewPrices') : t('products.showAllPrices', { count: formats.number(rows.length) })}</Button>}
    </>
  );
}

function isNow({ fromAt, toAt }: ProductPrice, nowMs: number): boolean {
  return fromAt <= nowMs && (toAt === null || toAt > nowMs);
}

function Period({ price: { fromAt, toAt } }: { price: ProductPrice }) {
  const { t, formats } = useTexts();
  return toAt === null ? t('products.periodOpen', { from: formats.date(fromAt) }) : t('products.period', { from: formats.date(fromAt), to: formats.date(toAt - 1) });
}

/** Own drawing: a few steps need no chart library. Its points are in the table below. */
function PriceLine({ prices, nowMs }: { prices: readonly ProductPrice[]; nowMs: number }) {
  const { t, formats } = useTexts();
  const steps = priceSteps(prices, nowMs, WIDTH - 2 * PAD, HEIGHT - 2 * PAD);
  const first = pricesSoFar(prices, nowMs)[0];
  if (steps === null || first === undefined) return null;
  const [low, high] = [formats.money(steps.lowFen), formats.money(steps.highFen)];
  return (
    <div className="flex items-stretch gap-2 text-meta text-ink-2">
      <svg role="img" aria-label={t('products.pricesChart', { low, high, from: formats.date(first.fromAt) })} width={WIDTH} height={HEIGHT} className="shrink-0 rounded border border-line bg-surface">
        <g transform={`translate(${PAD} ${PAD})`}>
          <polyline points={steps.points} className="fill-none stroke-accent" strokeWidth={1.5} />
          {steps.marks.map(({ x, y }) => <circle key={x} cx={x} cy={y} r={2.5} className="fill-accent" />)}
        </g>
      </svg>
      <div aria-hidden className="flex flex-col justify-between"><span>{high}</span><span>{low}</span></div>
    </div>
  );
}
