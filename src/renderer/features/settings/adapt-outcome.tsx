import { clsx } from 'clsx';
import type { AdaptRun } from '../../../shared/contract/adapt.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';

const SLICES = ['own', 'en', 'zh-en'] as const;

/** What came of the last training, and what it gives and costs in points: 100 times the mean reciprocal rank. */
export function AdaptOutcome({ run }: { run: AdaptRun }) {
  const { t, formats } = useTexts();
  const { verdict, figures } = run;
  return (
    <FramedBlock title={t('adapt.outcome')}>
      <p role="status" className={verdict === 'better' ? 'text-ok' : 'text-ink'}>{verdict === 'better' && '✓ '}{t(`adapt.verdict.${verdict}`)}</p>
      {figures !== null && <Figures figures={figures} />}
      <p className="text-meta text-ink-3">{t('adapt.took', { time: formats.dateTime(run.at), seconds: formats.number(Math.max(1, Math.round(run.cpuMs / 1000))) })}</p>
    </FramedBlock>
  );
}

function Figures({ figures }: { figures: NonNullable<AdaptRun['figures']> }) {
  const { t, formats } = useTexts();
  const cell = 'px-3 py-1 text-right tabular-nums';
  const head = (label: string) => <th scope="col" className="px-3 py-1 text-right font-normal whitespace-nowrap text-ink-2">{label}</th>;
  return (
    <div className="flex flex-col gap-1">
      <table className="w-full border-collapse" aria-label={t('adapt.figures')}>
        <caption className="pb-1 text-left font-semibold">{t('adapt.figures')}</caption>
        <thead>
          <tr className="border-b border-line"><th scope="col" className="py-1 text-left font-normal text-ink-2">{t('adapt.slice')}</th>{head(t('adapt.before'))}{head(t('adapt.after'))}{head(t('adapt.change'))}{head(t('adapt.count'))}</tr>
        </thead>
        <tbody>
          {SLICES.filter((slice) => figures[slice].queryCount > 0).map((slice) => {
            const { before, after, queryCount } = figures[slice];
            const change = points(after) - points(before);
            return (
              <tr key={slice} className="border-b border-line last:border-b-0">
                <th scope="row" className={clsx('py-1 text-left', slice !== 'own' && 'font-normal')}>{t(`adapt.slice.${slice}`)}</th>
                <td className={cell}>{points(before).toFixed(1)}</td>
                <td className={clsx(cell, slice === 'own' && 'font-semibold')}>{points(after).toFixed(1)}</td>
                <td className={clsx(cell, change > 0 ? 'text-ok' : change < 0 && 'text-mid')}>{signed(change)}</td>
                <td className={clsx(cell, 'text-ink-2')}>{formats.number(queryCount)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="text-meta text-ink-3">{t('adapt.figuresHelp')}</p>
    </div>
  );
}

/** Rounded as shown, so that the change is what the two figures beside it say. */
const points = (rank: number): number => Math.round(rank * 1000) / 10;

function signed(change: number): string {
  if (change === 0) return '0';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(1)}`;
}
