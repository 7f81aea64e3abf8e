import type { FirstRun, FirstRunStep } from '../../../shared/contract/first-run.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import type { Page } from '../page.ts';
import { DoneStep } from './done-step.tsx';
import { LanguageStep } from './language-step.tsx';
import { NamesStep } from './names-step.tsx';
import { ProtectionStep } from './protection-step.tsx';
import { StartStep } from './start-step.tsx';
import type { StepProps } from './step-sheet.tsx';

const STEPS: readonly FirstRunStep[] = ['language', 'names', 'start', 'protection', 'done'];

/** The first steps on a new store: language, names, where to begin, protection. Each can be gone back to; all can be skipped. */
export function FirstRunScreen({ page, firstRun }: { page: Page; firstRun: FirstRun }) {
  const { t } = useTexts();
  const index = STEPS.indexOf(firstRun.step);
  const go = (by: 1 | -1, start: FirstRun['start'] = firstRun.start): void => {
    const step = STEPS[index + by];
    // a step that could not be remembered is only shown again after a crash
    if (step !== undefined) void page.sessions.saveFirstRun({ step, start }).catch(() => {});
  };
  const props: StepProps = { page, firstRun, onNext: (start) => go(1, start), onBack: index === 0 ? null : () => go(-1) };
  return (
    <main id="main" className="quiet-scroll flex h-full flex-col items-center overflow-y-auto p-6">
      <div className="my-auto flex w-[600px] max-w-full flex-col gap-5 rounded border border-line bg-surface p-8">
        <div className="flex items-center justify-between text-meta text-ink-3">
          <span>{t('app.name')}</span>
          <span>{t('welcome.steps', { step: index + 1, count: STEPS.length })}</span>
        </div>
        <Step key={firstRun.step} step={firstRun.step} {...props} />
      </div>
      {firstRun.step !== 'done' && <Button tone="ghost" className="mt-3" onClick={() => void page.sessions.finishFirstRun().catch(() => {})}>{t('welcome.skip')}</Button>}
    </main>
  );
}

function Step({ step, ...props }: StepProps & { step: FirstRunStep }) {
  switch (step) {
    case 'language':
      return <LanguageStep {...props} />;
    case 'names':
      return <NamesStep {...props} />;
    case 'start':
      return <StartStep {...props} />;
    case 'protection':
      return <ProtectionStep {...props} />;
    case 'done':
      return <DoneStep {...props} />;
  }
}
