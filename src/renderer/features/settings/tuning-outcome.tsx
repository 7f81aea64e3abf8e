import type { ReactNode } from 'react';
import type { TuningOutcome } from '../../../shared/contract/tuning.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TuningReliabilityTable } from './tuning-reliability.tsx';
import { WeightList } from './tuning-weights.tsx';
import { useModelName } from './use-model-name.ts';

type OutcomeProps = { outcome: TuningOutcome; isBusy: boolean; onAccept: () => void; onDiscard: () => void };
const SUPPLIES = ['questions', 'shown', 'right'] as const;

/** What came of the last measurement, with what it was judged on, and whether it is used. */
export function TuningOutcomeBlock({ isAllowed, ...props }: OutcomeProps & { isAllowed: boolean }) {
  const { t } = useTexts();
  const { outcome } = props;
  const isOpen = outcome.change !== null && outcome.decision === null;
  return (
    <FramedBlock title={t('tuning.outcome')}>
      <Verdict outcome={outcome} />
      {isOpen && outcome.isOutdated && <Notice tone="watch" className="rounded">{t('tuning.outdated')}</Notice>}
      {outcome.figures !== null && <Figures outcome={outcome} figures={outcome.figures} />}
      <Shortages supply={outcome.supply} />
      {isOpen && isAllowed && <Decision {...props} />}
    </FramedBlock>
  );
}

function Verdict({ outcome: { verdict, decision } }: Pick<OutcomeProps, 'outcome'>) {
  const { t } = useTexts();
  const isBetter = verdict === 'better';
  return <p role="status" className={isBetter ? 'text-ok' : 'text-ink'}>{isBetter && '✓ '}{t(`tuning.verdict.${verdict}`)}{decision !== null && ` ${t(`tuning.decision.${decision}`)}`}</p>;
}

function Decision({ outcome: { isOutdated }, isBusy, onAccept, onDiscard }: OutcomeProps) {
  const { t } = useTexts();
  return (
    <div className="flex flex-col gap-2">
      {!isOutdated && <p className="text-ink-2">{t('tuning.acceptBody')}</p>}
      <div className="flex flex-wrap gap-3">
        {!isOutdated && <Button tone="primary" disabled={isBusy} onClick={onAccept}>{t('tuning.accept')}</Button>}
        <Button disabled={isBusy} onClick={onDiscard}>{t('tuning.discard')}</Button>
      </div>
    </div>
  );
}

function Figures({ outcome, figures }: { outcome: TuningOutcome; figures: NonNullable<TuningOutcome['figures']> }) {
  const { t, formats } = useTexts();
  const nameOf = useModelName();
  const { model, choosing, checking, at, change } = outcome;
  return (
    <>
      <p className="text-meta text-ink-2">{t('tuning.judgedOn', { choosing: formats.number(choosing), checking: formats.number(checking), time: formats.dateTime(at), model: nameOf(model) })}</p>
      <Ranking outcome={outcome} mrr={figures.mrr} />
      <TuningReliabilityTable reliability={figures.reliability} odds={change?.odds ?? null} />
    </>
  );
}

type Mrr = NonNullable<TuningOutcome['figures']>['mrr'];

/** In points: 100 times the mean reciprocal rank. */
function Ranking({ outcome: { change, before, answerable }, mrr }: { outcome: TuningOutcome; mrr: Mrr }) {
  const { t, formats } = useTexts();
  const weights = change?.weights ?? null;
  if (mrr.before === null || mrr.after === null) return <Part title={t('tuning.rank')}><p className="text-ink-2">{t('tuning.rank.none')}</p></Part>;
  const [from, to] = [points(mrr.before), points(mrr.after)];
  const cell = 'px-3 py-1 text-right tabular-nums max-md:px-1';
  const head = (label: string) => <th scope="col" className="px-3 py-1 text-right font-normal text-ink-2 max-md:px-1">{label}</th>;
  return (
    <Part title={t('tuning.rank')}>
      <table aria-label={t('tuning.rank')} className="self-start border-collapse wrap-anywhere max-md:table-fixed">
        <thead><tr className="border-b border-line">{head(t('tuning.atThatTime'))}{head(t('tuning.after'))}{head(t('tuning.rank.change'))}{head(t('tuning.rank.count'))}</tr></thead>
        <tbody><tr><td className={cell}>{from.toFixed(1)}</td><td className={`${cell} font-semibold`}>{to.toFixed(1)}</td><td className={`${cell} ${to > from ? 'text-ok' : ''}`}>{signed(to - from)}</td><td className={`${cell} text-ink-2`}>{formats.number(answerable)}</td></tr></tbody>
      </table>
      {weights === null ? <p className="text-ink-2">{t('tuning.rank.same')}</p> : <Lead lead={mrr.lead} />}
      <p className="text-meta text-ink-3">{t('tuning.rank.help')}</p>
      {weights !== null && <WeightList weights={weights} label={t('tuning.after')} beside={{ weights: before.weights, label: t('tuning.atThatTime') }} areChangesOnly />}
    </Part>
  );
}

function Lead({ lead }: { lead: Mrr['lead'] }) {
  const { t } = useTexts();
  if (lead === null) return null;
  const [low, high] = lead;
  return <p className={low > 0 ? '' : 'text-mid'}>{t(low > 0 ? 'tuning.rank.clear' : 'tuning.rank.chance', { low: signed(points(low)), high: signed(points(high)) })}</p>;
}

function Shortages({ supply }: { supply: TuningOutcome['supply'] }) {
  const { t, formats } = useTexts();
  const short = supply === null ? [] : SUPPLIES.filter((name) => supply[name].has < supply[name].needed);
  if (supply === null || short.length === 0) return null;
  return (
    <Part title={t('tuning.short')}>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {short.map((name) => <li key={name}>{t(`tuning.short.${name}`, { has: formats.number(supply[name].has), needed: formats.number(supply[name].needed) })}</li>)}
      </ul>
      <p className="text-meta text-ink-3">{t('tuning.short.help')}</p>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-t border-line pt-3">
      <h4 className="font-semibold">{title}</h4>
      {children}
    </section>
  );
}

/** Rounded as shown, so that the change is what the two figures beside it say. */
const points = (rank: number): number => Math.round(rank * 1000) / 10;

function signed(change: number): string {
  const shown = Math.abs(change).toFixed(1);
  return shown === '0.0' ? '0' : `${change > 0 ? '+' : '−'}${shown}`;
}
