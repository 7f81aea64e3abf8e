import { clsx } from 'clsx';
import { languagePairSchema, type TuningOdds, type TuningWeights } from '../../../shared/contract/tuning.contract.ts';
import { useTexts } from '../../base/texts.tsx';

type Pair = keyof TuningWeights;
const PAIRS = languagePairSchema.options;

type WeightListProps = { weights: TuningWeights; label: string; /** Another weighing to be seen beside it. */ beside?: { weights: TuningWeights; label: string }; /** Leaves out the pairs that both weigh alike. */ areChangesOnly?: boolean };

/** How words and meaning are weighed, pair by pair of languages. */
export function WeightList({ weights, label, beside, areChangesOnly = false }: WeightListProps) {
  const { t } = useTexts();
  const wordsOf = useWeightWords();
  const isOther = (pair: Pair) => beside !== undefined && beside.weights[pair] !== weights[pair];
  const head = (words: string) => <th scope="col" className="px-3 py-1 font-normal max-md:px-1">{words}</th>;
  return (
    <table aria-label={t('tuning.weights')} className="w-full border-collapse wrap-anywhere max-md:table-fixed">
      <caption className="pb-1 text-left font-semibold">{t('tuning.weights')}</caption>
      <thead>
        <tr className="border-b border-line text-left text-ink-2"><th scope="col" className="py-1 pr-3 font-normal max-md:pr-1">{t('tuning.pair')}</th>{beside !== undefined && head(beside.label)}{head(label)}</tr>
      </thead>
      <tbody>
        {PAIRS.filter((pair) => !areChangesOnly || isOther(pair)).map((pair) => (
          <tr key={pair} className="border-b border-line align-top last:border-b-0">
            <th scope="row" className="py-1 pr-3 text-left font-normal max-md:pr-1">{t(`tuning.pair.${pair}`)}</th>
            {beside !== undefined && <td className="px-3 py-1 text-ink-2 max-md:px-1">{wordsOf(pair, beside.weights[pair])}</td>}
            <td className={clsx('px-3 py-1 max-md:px-1', isOther(pair) && 'font-semibold')}>{wordsOf(pair, weights[pair])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useWeightWords(): (pair: Pair, weight: number) => string {
  const { t, formats } = useTexts();
  return (pair, weight) => (pair === 'zh-en' || pair === 'en-zh' ? t('tuning.across', { worth: formats.percent(weight) }) : t('tuning.share', { meaning: formats.percent(weight), words: formats.percent(1 - weight) }));
}

/** What the shop's own probability makes of the shipped one. */
export function OddsWords({ odds }: { odds: readonly TuningOdds[] | null }) {
  const { t } = useTexts();
  const [first, second] = odds ?? [];
  if (first === undefined || second === undefined) return t('tuning.odds.shipped');
  return t('tuning.odds.own', { first: of100(first.shipped), ownFirst: of100(first.own), second: of100(second.shipped), ownSecond: of100(second.own) });
}

export function of100(ratio: number): number {
  return Math.round(ratio * 100);
}
