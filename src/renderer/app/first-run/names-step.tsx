import { useState } from 'react';
import { useStore } from 'zustand';
import type { CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { StepButtons, StepSheet, type StepProps } from './step-sheet.tsx';

/** The rep's name and the shop's. */
export function NamesStep({ page, onNext, onBack }: StepProps) {
  const { t } = useTexts();
  const settings = useStore(page.app.store, (state) => state.settings);
  const [repName, setRepName] = useState(settings.repName);
  const [shopName, setShopName] = useState(settings.shopName);
  const [isTried, setIsTried] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const submit = async (): Promise<void> => {
    setIsTried(true);
    if (repName.trim() === '') return;
    const failed = await page.app.saveSettings({ repName: repName.trim(), shopName: shopName.trim() });
    setFailure(failed);
    if (failed === null) onNext();
  };
  return (
    <StepSheet title={t('welcome.names.title')} body={t('welcome.names.body')}>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a step that is nothing but two fields */}
        <TextField autoFocus label={t('welcome.names.rep')} maxLength={40} value={repName} onChange={(event) => setRepName(event.target.value)} problem={isTried && repName.trim() === '' ? t('welcome.names.missing') : null} />
        <TextField label={t('welcome.names.shop')} maxLength={80} value={shopName} onChange={(event) => setShopName(event.target.value)} />
        {failure !== null && <p role="alert" className="text-high">{t(`error.${failure.code}`)}</p>}
        <StepButtons onBack={onBack}><Button type="submit" tone="primary">{t('welcome.next')}</Button></StepButtons>
      </form>
    </StepSheet>
  );
}
