import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import type { ProductSize, ProductSku } from '../../../shared/contract/catalogue.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { colourBatches, stockTable } from './product-figures.ts';

const CELL = 'h-7 px-2 whitespace-nowrap border-b border-line';
/** A shop keeps odd remnants of old lots; below this nobody mends a sleeve with it. */
const SHORT_METRES = 0.5;

/** A table that scrolls sideways by itself, so that the page never does. Columns of words stand left, of figures right. */
function WideTable({ label, words, figures = [], children }: { label: string; words: readonly string[]; figures?: readonly string[]; children: ReactNode }) {
  return (
    // a region that scrolls must be reachable by keys
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the scrolling region itself takes the arrow keys
    <div role="region" aria-label={label} tabIndex={0} className="quiet-scroll max-w-full overflow-x-auto">
      <table className="border-collapse text-left">
        <thead className="text-meta text-ink-2">
          <tr>
            {words.map((name) => <th key={name} scope="col" className={clsx(CELL, 'font-normal')}>{name}</th>)}
            {figures.map((name) => <th key={name} scope="col" className={clsx(CELL, 'min-w-16 text-right font-normal')}>{name}</th>)}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Colours down, sizes across; a SKU that is sold out says so in words. */
export function StockBySku({ skus }: { skus: readonly ProductSku[] }) {
  const { t } = useTexts();
  const { sizes, rows } = stockTable(skus);
  return (
    <WideTable label={t('products.stockBySku')} words={[t('products.colour')]} figures={sizes.map((size) => size ?? t('products.oneSize'))}>
      {rows.map(({ colour, cells }) => (
        <tr key={colour ?? ''}>
          <th scope="row" className={clsx(CELL, 'font-normal')}>{colour ?? t('products.noColour')}</th>
          {cells.map((sku, index) => <td key={sku?.externalId ?? `none-${sizes[index]}`} className={clsx(CELL, 'text-right')} title={sku?.externalId}><StockCount sku={sku} /></td>)}
        </tr>
      ))}
    </WideTable>
  );
}

function StockCount({ sku }: { sku: ProductSku | null }) {
  const { t, formats } = useTexts();
  if (sku === null) return <span className="text-ink-3">–</span>;
  if (sku.stockCount === null) return <span className="text-ink-3">{t('products.unknown')}</span>;
  if (sku.stockCount === 0) return <span className="text-mid">{t('products.outOfStock')}</span>;
  return formats.number(sku.stockCount);
}

/** Sizes down; the body each is cut for first, then what the garment measures. */
export function SizeChart({ sizes }: { sizes: readonly ProductSize[] }) {
  const { t } = useTexts();
  const measures = [...new Set(sizes.flatMap(({ measures: own }) => own.map(({ name }) => name)))];
  const bodies = ([['heightCm', t('products.body.height')], ['weightKg', t('products.body.weight')], ['chestCm', t('products.body.chest')]] as const).filter(([key]) => sizes.some((size) => size[key] !== null));
  return (
    <>
      <WideTable label={t('products.sizeChart')} words={[t('products.size')]} figures={[...bodies.map(([, name]) => name), ...measures]}>
        {sizes.map((row) => (
          <tr key={row.size}>
            <th scope="row" className={clsx(CELL, 'font-semibold')}>{row.size}</th>
            {bodies.map(([key]) => <td key={key} className={clsx(CELL, 'text-right')}><Range range={row[key]} /></td>)}
            {measures.map((name) => <td key={name} className={clsx(CELL, 'text-right')}>{row.measures.find((measure) => measure.name === name)?.cm ?? '–'}</td>)}
          </tr>
        ))}
      </WideTable>
      <p className="text-meta text-ink-3">{t('products.sizeNote')}</p>
    </>
  );
}

function Range({ range }: { range: ProductSize['heightCm'] }) {
  if (range === null) return '–';
  return range.min === range.max ? range.min : `${range.min}–${range.max}`;
}

/** For repairs: which fabric a batch was cut from, and how much of it is left. */
export function BatchTable({ skus }: { skus: readonly ProductSku[] }) {
  const { t } = useTexts();
  const batches = colourBatches(skus);
  return (
    <WideTable label={t('products.batches')} words={[t('products.batch'), t('products.colour'), t('products.fabricLot'), t('products.colourCode'), t('products.supplier')]} figures={[t('products.metres')]}>
      {batches.map(({ batch, colour, fabricLot, colourCode, stockMetres, supplier }) => (
        <tr key={`${batch}-${colour}-${fabricLot}`}>
          <th scope="row" className={clsx(CELL, 'font-normal')}>{batch}</th>
          <td className={CELL}>{colour ?? '–'}</td>
          <td className={CELL}>{fabricLot ?? '–'}</td>
          <td className={CELL}>{colourCode ?? '–'}</td>
          <td className={clsx(CELL, 'text-ink-2')}>{supplier ?? '–'}</td>
          <td className={clsx(CELL, 'text-right')}><Metres metres={stockMetres} /></td>
        </tr>
      ))}
    </WideTable>
  );
}

function Metres({ metres }: { metres: number | null }) {
  const { t, formats } = useTexts();
  if (metres === null) return <span className="text-ink-3">{t('products.unknown')}</span>;
  if (metres === 0) return <span className="text-mid">{t('products.metresNone')}</span>;
  return <span className={metres < SHORT_METRES ? 'text-mid' : undefined}>{t('products.metresValue', { value: formats.number(metres) })}</span>;
}
