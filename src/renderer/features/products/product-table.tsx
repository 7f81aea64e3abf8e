import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { ProductSort, ProductSummary } from '../../../shared/contract/catalogue.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import type { ProductsStore } from './products.store.ts';

const ROW_HEIGHT = 36;
const COLUMNS = ['title', 'price', 'stock', 'sold'] as const satisfies readonly ProductSort[];
/** Title and price always; stock and sold where there is room. */
const GRID = 'grid grid-cols-[minmax(0,1fr)_88px_64px_56px] items-center gap-2 px-4 max-md:grid-cols-[minmax(0,1fr)_80px]';
const WIDE_ONLY = 'max-md:hidden';

/** Products as a table that stays light with thousands of rows. Arrow keys, Home and End move; what is moved to is shown at the right. */
export function ProductTable({ products }: { products: ProductsStore }) {
  const { t } = useTexts();
  const rows = useStore(products.store, (state) => state.products);
  const detail = useStore(products.store, (state) => state.detail);
  const chosenId = detail.kind === 'none' ? null : detail.id;
  const chosenIndex = rows.findIndex(({ id }) => id === chosenId);
  const scrollRef = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scrollRef.current, estimateSize: () => ROW_HEIGHT, overscan: 12, initialRect: { width: 0, height: 640 } });
  const moveTo = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    void products.choose(row.id);
    virtualizer.scrollToIndex(index);
    requestAnimationFrame(() => scrollRef.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`)?.focus({ preventScroll: true }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextIndex(event, chosenIndex, rows.length);
    if (next === null) return;
    event.preventDefault();
    moveTo(next);
  };
  return (
    <div role="table" aria-label={t('products.list')} aria-rowcount={rows.length + 1} className="flex min-h-0 flex-1 flex-col">
      <HeaderRow products={products} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble here from the buttons of the rows */}
      <div ref={scrollRef} role="rowgroup" tabIndex={-1} className="quiet-scroll min-h-0 flex-1 overflow-y-auto" onKeyDown={onKeyDown}>
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const product = rows[index];
            return product && <ProductRow key={product.id} product={product} index={index} top={start} isChosen={index === chosenIndex} isTabStop={index === Math.max(0, chosenIndex)} onChoose={() => void products.choose(product.id)} />;
          })}
        </div>
      </div>
    </div>
  );
}

/** The row that a key leads to; null for other keys. */
function nextIndex({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, index: number, count: number): number | null {
  if (altKey || ctrlKey || metaKey) return null;
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return Math.min(count - 1, index + 1);
    case 'ArrowUp':
    case 'k':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function HeaderRow({ products }: { products: ProductsStore }) {
  const { t } = useTexts();
  const sort = useStore(products.store, (state) => state.sort);
  const isDescending = useStore(products.store, (state) => state.isDescending);
  const Arrow = isDescending ? ArrowDown : ArrowUp;
  return (
    <div role="row" aria-rowindex={1} className={clsx(GRID, 'h-8 shrink-0 border-b border-line text-meta text-ink-2')}>
      {COLUMNS.map((column) => (
        <span key={column} role="columnheader" aria-sort={sort !== column ? 'none' : isDescending ? 'descending' : 'ascending'} className={clsx('flex', column !== 'title' && 'justify-end', (column === 'stock' || column === 'sold') && WIDE_ONLY)}>
          <button type="button" className={clsx('ring-inside inline-flex h-7 items-center gap-1 rounded px-1 hover:bg-raised', column === 'title' ? '-ml-1' : '-mr-1 flex-row-reverse', sort === column && 'font-semibold text-ink')} onClick={() => products.sortBy(column)}>
            {t(`products.column.${column}`)}
            {sort === column && <Arrow size={12} aria-hidden />}
          </button>
        </span>
      ))}
    </div>
  );
}

type RowProps = { product: ProductSummary; index: number; top: number; isChosen: boolean; isTabStop: boolean; onChoose: () => void };

function ProductRow({ product, index, top, isChosen, isTabStop, onChoose }: RowProps) {
  const { t, formats, language } = useTexts();
  const { title, titleEn, currentPriceFen, priceFen, stockCount, soldCount } = product;
  const isReduced = currentPriceFen !== null && priceFen !== null && currentPriceFen < priceFen;
  const name = language === 'en' ? (titleEn ?? title) : title;
  return (
    // The whole row takes the pointer; keys go to the button inside it.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the button in the row is the keyboard's way
    <div role="row" aria-rowindex={index + 2} data-index={index} onClick={onChoose} className={clsx(GRID, 'absolute inset-x-0 cursor-pointer border-b border-line', isChosen ? 'bg-accent-tint' : 'hover:bg-raised')} style={{ top, height: ROW_HEIGHT }}>
      <span role="cell" className="flex min-w-0">
        <button type="button" aria-current={isChosen} tabIndex={isTabStop ? 0 : -1} title={name} className="ring-inside h-7 min-w-0 truncate rounded text-left" onClick={(event) => { event.stopPropagation(); onChoose(); }}>{name}</button>
      </span>
      <span role="cell" className={clsx('text-right', isReduced && 'font-semibold text-accent')}>{currentPriceFen === null ? t('products.unknown') : formats.money(currentPriceFen)}</span>
      <span role="cell" className={clsx('text-right', WIDE_ONLY, stockCount === 0 && 'text-mid')}>{stockCount === null ? t('products.unknown') : stockCount === 0 ? t('products.outOfStock') : formats.number(stockCount)}</span>
      <span role="cell" className={clsx('text-right text-ink-2', WIDE_ONLY)}>{formats.number(soldCount)}</span>
    </div>
  );
}
