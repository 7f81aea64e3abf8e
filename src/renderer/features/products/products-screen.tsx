import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { ProductDetailView } from './product-detail.tsx';
import { ProductTable } from './product-table.tsx';
import type { ProductsStore } from './products.store.ts';

const ALL = '';

/** The shop's products: a sortable list left, everything about one of them right. */
export function ProductsScreen({ products, onGoImport }: { products: ProductsStore; onGoImport: () => void }) {
  const { t } = useTexts();
  const detail = useStore(products.store, (state) => state.detail);
  useEffect(() => void products.load(), [products]);
  return (
    <div className="flex min-h-0 flex-1">
      <ListPane products={products} onGoImport={onGoImport} />
      <section aria-label={t('nav.products')} aria-busy={detail.kind === 'loading'} className="flex min-w-0 flex-1 flex-col">
        {detail.kind === 'none' && <EmptyState title={t('products.choose')} />}
        {detail.kind === 'loading' && <LoadingLines />}
        {detail.kind === 'failed' && <FailureNotice text={t('products.failed')} failure={detail.failure} onRetry={() => void products.choose(detail.id)} />}
        {detail.kind === 'ready' && <ProductDetailView key={detail.product.id} product={detail.product} />}
      </section>
    </div>
  );
}

function ListPane({ products, onGoImport }: { products: ProductsStore; onGoImport: () => void }) {
  const { t, formats } = useTexts();
  const { kind, failure, query, category, categories, total, products: rows } = useStore(products.store);
  const isFiltered = query.trim() !== '' || category !== null;
  return (
    <div className="flex w-[480px] shrink-0 flex-col border-r border-line bg-surface max-lg:w-[400px] max-md:w-64">
      <h1 className="sr-only">{t('nav.products')}</h1>
      <div className="flex gap-2 border-b border-line p-2 max-md:flex-col">
        <TextField isLabelHidden className="flex-1" label={t('products.search')} placeholder={t('products.search')} value={query} onChange={(event) => products.setQuery(event.target.value)} />
        <SelectField
          isLabelHidden className="w-44 max-md:w-full" label={t('products.category')} value={category ?? ALL} onChange={(next) => products.setCategory(next === ALL ? null : next)}
          choices={[{ value: ALL, label: t('products.allCategories') }, ...categories.map(({ name, productCount }) => ({ value: name, label: `${name} · ${formats.number(productCount)}` }))]}
        />
      </div>
      {failure !== null && <FailureNotice text={t('products.failed')} failure={failure} onRetry={() => void products.load()} />}
      {kind === 'loading' && <LoadingLines />}
      {kind === 'ready' && rows.length > 0 && <ProductTable products={products} />}
      {kind === 'ready' && rows.length === 0 && (isFiltered
        ? <EmptyState title={t('products.noneFound')} body={t('products.noneFoundBody')} />
        : <EmptyState title={t('products.none')} body={t('products.noneBody')}><Button onClick={onGoImport}>{t('queue.goImport')}</Button></EmptyState>)}
      <div className="flex h-8 shrink-0 items-center justify-between border-t border-line px-4 text-meta text-ink-2">
        <span role="status">{kind === 'ready' && t('products.total', { count: formats.number(total) })}</span>
        {rows.length < total && <Button size="compact" tone="ghost" onClick={() => void products.loadMore()}>{t('products.loadMore')}</Button>}
      </div>
    </div>
  );
}
