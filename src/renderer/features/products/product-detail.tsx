import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Product } from '../../../shared/contract/catalogue.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { IconButton } from '../../ui/button.tsx';
import { PriceHistory } from './price-history.tsx';
import { ProductPromotions } from './product-promotions.tsx';
import { BatchTable, SizeChart, StockBySku } from './product-tables.tsx';

/** One product: what a customer may ask about it, the most asked first. Parts the shop gave nothing for are left out. */
export function ProductDetailView({ product }: { product: Product }) {
  const { t, language } = useTexts();
  const specs = language === 'en' && product.specsEn.length > 0 ? product.specsEn : product.specs;
  return (
    <article className="quiet-scroll flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
      <Heading product={product} />
      {product.description !== null && <p className="max-w-[72ch] whitespace-pre-line">{product.description}</p>}
      {product.skus.length > 0 && <Part title={t('products.stockBySku')}><StockBySku skus={product.skus} /></Part>}
      {product.sizes.length > 0 && <Part title={t('products.sizeChart')}><SizeChart sizes={product.sizes} /></Part>}
      {specs.length > 0 && (
        <Part title={t('products.specs')}>
          <dl className="grid max-w-[760px] grid-cols-[minmax(96px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
            {specs.map(({ name, value }) => [<dt key={`${name}-name`} className="text-ink-2">{name}</dt>, <dd key={name} className="break-words">{value}</dd>])}
          </dl>
        </Part>
      )}
      {product.skus.some(({ batches }) => batches.length > 0) && <Part title={t('products.batches')}><BatchTable skus={product.skus} /></Part>}
      {product.prices.length > 0 && <Part title={t('products.prices')}><PriceHistory prices={product.prices} /></Part>}
      {product.promotions.length > 0 && <Part title={t('products.promotions')}><ProductPromotions promotions={product.promotions} /></Part>}
    </article>
  );
}

function Heading({ product }: { product: Product }) {
  const { t, formats, language } = useTexts();
  const copy = useCopy();
  const { title, titleEn, currentPriceFen, priceFen, stockCount, soldCount, category, externalId } = product;
  const [name, other] = language === 'en' && titleEn !== null ? [titleEn, title] : [title, titleEn];
  const facts = [category, stockCount === null ? null : t('products.inStock', { count: formats.number(stockCount) }), t('products.soldCount', { count: formats.number(soldCount) })].filter((fact) => fact !== null);
  return (
    <header className="flex flex-col gap-1">
      <h2 className="text-title font-semibold">{name}</h2>
      {other !== null && <p className="text-ink-2">{other}</p>}
      <p className="flex flex-wrap items-baseline gap-x-3">
        {currentPriceFen !== null && <span className="text-head font-semibold">{formats.money(currentPriceFen)}</span>}
        {priceFen !== null && priceFen !== currentPriceFen && <span className="text-ink-2 line-through">{t('products.listPrice', { price: formats.money(priceFen) })}</span>}
        <span className="text-ink-2">{facts.join(' · ')}</span>
      </p>
      <p className="flex items-center gap-1 text-meta text-ink-3">
        {t('products.number', { number: externalId })}
        <IconButton label={`${t('action.copy')} ${externalId}`} className="size-6" onClick={() => copy(externalId)}><Copy size={14} aria-hidden /></IconButton>
      </p>
    </header>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}
