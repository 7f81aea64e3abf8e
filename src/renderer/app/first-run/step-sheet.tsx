import { useEffect, useRef, type ReactNode } from 'react';
import type { FirstRun } from '../../../shared/contract/first-run.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import type { Page } from '../page.ts';

/** What every step gets. `onNext` remembers how far the rep came before the next one shows. */
export type StepProps = { page: Page; firstRun: FirstRun; onNext: (start?: FirstRun['start']) => void; onBack: (() => void) | null };

/** One step: its heading takes the focus, so that a screen reader tells where one is. */
export function StepSheet({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  const headRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!(document.activeElement instanceof HTMLInputElement)) headRef.current?.focus();
  }, []);
  return (
    <>
      <div className="flex flex-col gap-1">
        <h1 ref={headRef} tabIndex={-1} className="text-head font-semibold outline-none">{title}</h1>
        <p className="text-ink-2">{body}</p>
      </div>
      {children}
    </>
  );
}

/** Back at the left, onward at the right. */
export function StepButtons({ onBack, children }: { onBack: (() => void) | null; children: ReactNode }) {
  const { t } = useTexts();
  return (
    <div className="flex items-center justify-between gap-2 pt-2">
      {onBack === null ? <span /> : <Button onClick={onBack}>{t('welcome.back')}</Button>}
      <div className="flex gap-2">{children}</div>
    </div>
  );
}
