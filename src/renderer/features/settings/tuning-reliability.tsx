import type { ShownAsRow, TuningOdds, TuningReliability } from '../../../shared/contract/tuning.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { OddsWords, of100 } from './tuning-weights.tsx';

type ReliabilityProps = { reliability: { before: TuningReliability; after: TuningReliability }; /** What would be used; null: as it is. */ odds: readonly TuningOdds[] | null };

/** Of 100 suggestions shown as this or that, how many were said to be right, and how many were. */
export function TuningReliabilityTable({ reliability: { before, after }, odds }: ReliabilityProps) {
  const { t } = useTexts();
  const [off, closer] = [before.calibrationError, after.calibrationError];
  return (
    <section aria-label={t('tuning.sure')} className="flex flex-col gap-2 border-t border-line pt-3">
      <h4 className="font-semibold">{t('tuning.sure')}</h4>
      {off === null || closer === null ? <p className="text-ink-2">{t('tuning.sure.none')}</p> : (
        <>
          <p>{odds === null ? t('tuning.sure.off', { before: of100(off) }) : t('tuning.sure.closer', { before: of100(off), after: of100(closer) })}</p>
          <ShownAsTable before={before.shownAs} after={odds === null ? null : after.shownAs} />
          <p className="text-ink-2">{odds === null ? t('tuning.sure.same') : <OddsWords odds={odds} />}</p>
          <p className="text-meta text-ink-3">{t('tuning.sure.help')}</p>
        </>
      )}
    </section>
  );
}

function ShownAsTable({ before, after }: { before: readonly ShownAsRow[]; after: readonly ShownAsRow[] | null }) {
  const { t } = useTexts();
  const head = (label: string) => <th scope="col" className="px-3 py-1 font-normal text-ink-2 max-md:px-1">{label}</th>;
  return (
    <table aria-label={t('tuning.sure')} className="w-full border-collapse wrap-anywhere max-md:table-fixed">
      <thead><tr className="border-b border-line text-left"><th scope="col" className="py-1 pr-3 font-normal text-ink-2 max-md:pr-1">{t('tuning.sure.as')}</th>{head(t(after === null ? 'tuning.now' : 'tuning.atThatTime'))}{after !== null && head(t('tuning.after'))}</tr></thead>
      <tbody>
        {before.map((row) => (
          <tr key={row.as} className="border-b border-line align-top last:border-b-0">
            <th scope="row" className="py-1 pr-3 text-left font-normal max-md:pr-1 md:whitespace-nowrap">{row.as === 'hidden' ? t('tuning.sure.hidden') : t(`suggest.fit.${row.as}`)}</th>
            <Cell row={row} />
            {after !== null && <Cell row={after.find(({ as }) => as === row.as)} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ row }: { row: ShownAsRow | undefined }) {
  const { t, formats } = useTexts();
  if (row === undefined || row.said === null || row.right === null) return <td className="px-3 py-1 text-ink-3 max-md:px-1">{t('tuning.sure.noRows')}</td>;
  return (
    <td className="px-3 py-1 max-md:px-1">
      {t('tuning.sure.of100', { said: of100(row.said), right: of100(row.right) })} <span className="text-meta text-ink-3 md:whitespace-nowrap">{t('tuning.sure.rows', { rows: formats.number(row.count) })}</span>
    </td>
  );
}
