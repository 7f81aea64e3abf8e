import { clsx } from 'clsx';
import { useState, type ReactNode } from 'react';
import { useTexts } from '../base/texts.tsx';
import { Button } from './button.tsx';
import { PLOT } from './plot.ts';

export type PictureRow = { key: string; cells: readonly string[] };
type PictureFrameProps = { title: string; isTitleHidden?: boolean; note: string; columns: readonly string[]; rows: readonly PictureRow[]; children: ReactNode };

/** A picture with its table: the table is always there for a screen reader, and takes the picture's place when asked for. */
export function PictureFrame({ title, isTitleHidden = false, note, columns, rows, children }: PictureFrameProps) {
  const { t } = useTexts();
  const [isTable, setIsTable] = useState(false);
  return (
    <figure className="m-0 flex flex-col gap-2">
      <figcaption className="flex items-start justify-between gap-3">
        <span className="min-w-0">
          <span className={isTitleHidden ? 'sr-only' : 'block font-semibold'}>{title}</span>
          <span className="block text-meta text-ink-3">{note}</span>
        </span>
        <Button size="compact" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>{isTable ? t('picture.asPicture') : t('picture.asTable')}</Button>
      </figcaption>
      {!isTable && <div className="relative" style={{ height: PLOT.height }}>{children}</div>}
      <PictureTable title={title} columns={columns} rows={rows} isShown={isTable} />
    </figure>
  );
}

function PictureTable({ title, columns, rows, isShown }: { title: string; columns: readonly string[]; rows: readonly PictureRow[]; isShown: boolean }) {
  // A table wider than the page scrolls by itself, and what scrolls must take focus.
  const scroll = isShown ? { tabIndex: 0, role: 'group', 'aria-label': title } : {};
  return (
    <div {...scroll} className={isShown ? 'quiet-scroll ring-inside max-h-[50vh] overflow-auto rounded border border-line' : 'sr-only'}>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{title}</caption>
        <thead className="text-meta text-ink-2"><tr>{columns.map((name) => <th key={name} scope="col" className="h-7 border-b border-line px-2 font-normal whitespace-nowrap">{name}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>{row.cells.map((cell, index) => <td key={columns[index]} className={clsx('h-7 border-b border-line px-2 align-top', cell.length < 24 && 'whitespace-nowrap')}>{cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
