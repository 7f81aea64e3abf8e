import { useState } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { DemoProgress } from './start-step.tsx';
import { StepButtons, StepSheet, type StepProps } from './step-sheet.tsx';
import { useDemo } from './use-demo.ts';

/** The last step: what comes next, and the tour. */
export function DoneStep({ page, firstRun, onBack }: StepProps) {
  const { t } = useTexts();
  const demo = useDemo(page);
  const [isBusy, setIsBusy] = useState(false);
  const finish = async (isTour: boolean): Promise<void> => {
    setIsBusy(true);
    // they can be let in on Import, too
    if (firstRun.start === 'demo') demo.letCustomersIn();
    page.app.goTo(firstRun.start === 'own' && !isTour ? 'import' : 'desk');
    if (isTour) page.tour.start();
    await page.sessions.finishFirstRun().catch(() => {});
  };
  return (
    <StepSheet title={t('welcome.done.title')} body={t(`welcome.done.${firstRun.start ?? 'later'}`)}>
      {firstRun.start === 'demo' && <DemoProgress page={page} />}
      <StepButtons onBack={onBack}>
        <Button disabled={isBusy} onClick={() => void finish(false)}>{t('welcome.done.start')}</Button>
        <Button tone="primary" disabled={isBusy} onClick={() => void finish(true)}>{t('welcome.done.tour')}</Button>
      </StepButtons>
    </StepSheet>
  );
}
