import { clsx } from 'clsx';
import { useState } from 'react';
import type { Promotion } from '../../../shared/contract/catalogue.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { promotionState, type PromotionState } from './product-figures.ts';

const COLOURS: Record<PromotionState, string> = { running: 'bg-ok-tint text-ok', coming: 'bg-info-tint text-info', over: 'bg-raised text-ink-2' };

/** What runs and what comes; past ones on demand, since buyers ask about those too. */
export function ProductPromotions({ promotions }: { promotions: readonly Promotion[] }) {
  const { t, formats } = useTexts();
  const nowMs = useShell().clock.now();
  const [isAll, setAll] = useState(false);
  const rows = promotions.map((promotion) => ({ promotion, state: promotionState(promotion, nowMs) }));
  const past = rows.filter(({ state }) => state === 'over');
  const shown = isAll ? rows : rows.filter(({ state }) => state !== 'over');
  return (
    <>
      <ul className="flex max-w-[760px] flex-col gap-3">
        {shown.map(({ promotion, state }) => (
          <li key={promotion.externalId} className="flex flex-col gap-0.5">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-semibold">{promotion.title}</span>
              <span className={clsx('rounded px-1.5 text-meta', COLOURS[state])}>{t(`products.${state}`)}</span>
              <span className="text-meta text-ink-3"><Period promotion={promotion} /></span>
            </p>
            {promotion.rule !== null && <p>{promotion.rule}</p>}
            {promotion.terms !== null && <p className="whitespace-pre-line text-ink-2">{promotion.terms}</p>}
          </li>
        ))}
      </ul>
      {past.length > 0 && !isAll && <Button size="compact" tone="ghost" className="self-start" onClick={() => setAll(true)}>{t('products.allPromotions', { count: formats.number(past.length) })}</Button>}
    </>
  );
}

function Period({ promotion: { startsAt, endsAt } }: { promotion: Promotion }) {
  const { t, formats } = useTexts();
  if (startsAt !== null && endsAt !== null) return t('products.period', { from: formats.date(startsAt), to: formats.date(endsAt - 1) });
  if (startsAt !== null) return t('products.periodOpen', { from: formats.date(startsAt) });
  return endsAt === null ? null : t('products.periodUntil', { to: formats.date(endsAt - 1) });
}
