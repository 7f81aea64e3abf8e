import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import { useRef, useState } from 'react';
import type { CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { useDesk, useWork } from './desk-context.tsx';
import { dispositionWords } from './work-words.ts';

/** The shop's reasons to close: which are in use, and new ones with a title in both languages. */
export function DispositionEditor({ onBack, onClose }: { onBack: () => void; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const desk = useDesk();
  const dispositions = useWork((state) => state.setup?.dispositions ?? []);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const backRef = useRef<HTMLButtonElement>(null);
  return (
    <Overlay title={t('close.manage')} onClose={onClose} initialFocus={backRef} className="max-w-[440px]">
      <ul className="quiet-scroll min-h-0 flex-1 overflow-y-auto p-1">
        {dispositions.map((one) => {
          const words = dispositionWords(one.code, dispositions, texts);
          return (
            <li key={one.code} className="flex h-8 items-center gap-2 px-3">
              <Checkbox.Root
                aria-label={`${t('close.inUse')}：${words}`}
                checked={one.isActive}
                onCheckedChange={(isActive) => void desk.work.saveDisposition({ ...one, isActive }).then(setFailure)}
                className="inline-flex size-4 shrink-0 items-center justify-center rounded border border-control data-[checked]:border-accent data-[checked]:bg-accent"
              >
                <Checkbox.Indicator className="text-on-accent"><Check size={12} aria-hidden /></Checkbox.Indicator>
              </Checkbox.Root>
              <span className={one.isActive ? 'min-w-0 flex-1 truncate' : 'min-w-0 flex-1 truncate text-ink-3'}>{words}</span>
            </li>
          );
        })}
      </ul>
      {failure !== null && <FailureNotice text={t('work.failed')} failure={failure} />}
      <NewDisposition onFailed={setFailure} />
      <div className="flex shrink-0 justify-end border-t border-line px-4 py-3"><Button ref={backRef} onClick={onBack}>{t('close.back')}</Button></div>
    </Overlay>
  );
}

function NewDisposition({ onFailed }: { onFailed: (failure: CallFailure | null) => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const [titleZh, setTitleZh] = useState('');
  const [titleEn, setTitleEn] = useState('');
  const isReady = titleZh.trim() !== '' && titleEn.trim() !== '';
  const add = async (): Promise<void> => {
    const failure = await desk.work.saveDisposition({ code: null, titleZh, titleEn, isActive: true });
    onFailed(failure);
    if (failure !== null) return;
    setTitleZh('');
    setTitleEn('');
  };
  return (
    <form className="flex shrink-0 items-end gap-2 border-t border-line px-4 py-3" onSubmit={(event) => { event.preventDefault(); if (isReady) void add(); }}>
      <TextField label={t('close.titleZh')} value={titleZh} maxLength={40} onChange={(event) => setTitleZh(event.target.value)} className="flex-1" />
      <TextField label={t('close.titleEn')} value={titleEn} maxLength={40} onChange={(event) => setTitleEn(event.target.value)} className="flex-1" />
      <Button type="submit" disabled={!isReady}>{t('close.add')}</Button>
    </form>
  );
}
