import { Popover } from '@base-ui/react/popover';
import { clsx } from 'clsx';
import type { RiskSignal } from '../../../shared/contract/risk.contract.ts';
import { useQuietMode } from '../../base/quiet-context.tsx';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { callFailure } from '../../base/call-failure.ts';
import { useDesk, useOpen } from './desk-context.tsx';
import { RiskTrend } from './risk-trend.tsx';
import { nextStep, reasonWords, shownSignal } from './risk-words.ts';

const NONE: readonly RiskSignal[] = [];

/** Two lines kept free for a warning, so that its coming moves nothing; the trend over the turns stands at its end. */
export function WarningLine() {
  const { t } = useTexts();
  const signals = useOpen((open) => open.signals) ?? NONE;
  const newest = shownSignal(signals);
  // who wants fewer interruptions is told only of what is about to be lost
  const signal = useQuietMode() === 'full' || newest?.band === 'alert' ? newest : null;
  return (
    <div data-tour="warning" className={clsx('flex h-12 shrink-0 items-center gap-3 border-t border-line px-4', signal !== null && (signal.band === 'alert' ? 'bg-high-tint' : 'bg-mid-tint'))}>
      <div role="status" className="min-w-0 flex-1">
        {signal === null ? <p className="text-meta text-ink-3">{t('warning.none')}</p> : <WarningWords signal={signal} />}
      </div>
      {signal !== null && <WarningButtons signal={signal} />}
      <RiskTrend signals={signals} />
    </div>
  );
}

function WarningWords({ signal }: { signal: RiskSignal }) {
  const texts = useTexts();
  const { t } = texts;
  const head = t(signal.kind === 'escalation' && signal.band === 'alert' ? 'risk.escalation.alert' : `risk.${signal.kind}`);
  const reasons = signal.reasons.filter(({ weight }) => weight > 0).slice(0, 2).map((reason) => reasonWords(reason, texts)).join(' · ');
  const colour = signal.band === 'alert' ? 'text-high' : 'text-mid';
  return (
    <>
      <p className="truncate" title={reasons}><span className={clsx('font-semibold', colour)}><span aria-hidden>{signal.band === 'alert' ? '▲' : '△'} </span>{head}</span>{reasons !== '' && <span>{t('warning.colon')}{reasons}</span>}</p>
      <p className="truncate text-meta text-ink-2">{t('warning.next', { step: nextStep(signal.reasons, texts) })}</p>
    </>
  );
}

function WarningButtons({ signal }: { signal: RiskSignal }) {
  const { t, formats } = useTexts();
  const desk = useDesk();
  const { toasts } = useShell();
  const label = (isFalseAlarm: boolean): void =>
    void desk.conversation.labelFalseAlarm(signal.id, isFalseAlarm).then(
      () => { if (isFalseAlarm) toasts.show({ key: 'warning.marked' }, { labelKey: 'action.undo', run: () => label(false) }); },
      (error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }),
    );
  return (
    <div className="flex shrink-0 gap-1">
      <Popover.Root>
        <Popover.Trigger render={<Button id="warning-why" size="compact">{t('warning.why')}</Button>} />
        <Popover.Portal>
          <Popover.Positioner side="top" align="end" sideOffset={8} className="z-20">
            <Popover.Popup className="flex w-96 max-w-[calc(100vw-32px)] flex-col gap-2 rounded border border-line bg-surface p-3 text-ui shadow-float outline-none">
              <Popover.Title className="font-semibold">{t('warning.reasonsTitle')}</Popover.Title>
              <ReasonList signal={signal} />
              {/* a cold start is no calibrated probability, so it is no per cent */}
              <p className="text-meta text-ink-3">{t('warning.score', { score: formats.decimal(signal.p) })}</p>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      <Button id="warning-false-alarm" size="compact" onClick={() => label(true)}>{t('warning.falseAlarm')}</Button>
    </div>
  );
}

function ReasonList({ signal }: { signal: RiskSignal }) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <ul className="flex flex-col gap-2">
      {signal.reasons.map((reason) => (
        <li key={`${reason.feature}-${reason.messageId}`} className="flex flex-col gap-0.5">
          <span className="flex justify-between gap-2">
            <span>{reasonWords(reason, texts)}</span>
            <span className="shrink-0 text-meta text-ink-3">{t('warning.weight', { weight: `${reason.weight < 0 ? '−' : '+'}${Math.abs(reason.weight).toFixed(1)}` })}</span>
          </span>
          {reason.quote !== null && <q className="line-clamp-3 border-l-2 border-line pl-2 text-ink-2 [quotes:none]">{reason.quote}</q>}
        </li>
      ))}
    </ul>
  );
}
