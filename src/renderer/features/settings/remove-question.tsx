import { useEffect, useRef } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';

/** What goes or changes, and two ways on; the focus comes here, on the way that changes nothing. Escape takes it too. */
export function RemoveQuestion({ body, confirm, tone = 'danger', onConfirm, onCancel }: { body: string; confirm: string; tone?: 'danger' | 'primary'; onConfirm: () => void; onCancel: () => void }) {
  const { t } = useTexts();
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape from either button is the way back
    <div role="group" aria-label={confirm} className="flex flex-wrap items-center gap-3 rounded bg-raised px-3 py-2" onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); onCancel(); } }}>
      <p className="min-w-60 flex-1">{body}</p>
      <Button ref={stay} onClick={onCancel}>{t('action.cancel')}</Button>
      <Button tone={tone} onClick={onConfirm}>{confirm}</Button>
    </div>
  );
}
