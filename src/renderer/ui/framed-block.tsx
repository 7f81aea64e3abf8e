import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** One framed group of a page of the settings. `isTitleHidden`: the page's own heading says the same. */
export function FramedBlock({ title, isTitleHidden = false, children }: { title: string; isTitleHidden?: boolean; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded border border-line bg-surface p-4">
      <h3 className={clsx(isTitleHidden ? 'sr-only' : 'font-semibold')}>{title}</h3>
      {children}
    </section>
  );
}
