import { languagePairSchema, type TuningOdds, type TuningWeights } from '../../../shared/contract/tuning.contract.ts';
import { useTexts } from '../../base/texts.tsx';

type Pair = keyof TuningWeights;
const PAIRS = languagePairSchema.options;

/** How words and meaning are weighed, pair by pair of languages; beside it another weighing, dimmed where both are the same. */
export function WeightList({ weights, beside, besideLabel, label }: { weights: TuningWeights; beside: TuningWeights; besideLabel: string; label?: string }) {
  const { t } = useTexts();
  const wordsOf = useWeightWords();
  return (
    <table aria-label={t('tuning.weights')} className="w-full border-collapse">
      <caption className="pb-1 text-left font-semibold">{t('tuning.weights')}</caption>
      <thead>
        <tr className="border-b border-line text-left text-ink-2">
          <th scope="col" className="py-1 pr-3 font-normal">{t('tuning.pair')}</th>
          <th scope="col" className="px-3 py-1 font-normal">{besideLabel}</th>
          <th scope="col" className="px-3 py-1 font-normal">{label ?? t('tuning.now')}</th>
        </tr>
      </thead>
      <tbody>
        {PAIRS.map((pair) => (
          <tr key={pair} className="border-b border-line align-top last:border-b-0">
            <th scope="row" className="py-1 pr-3 text-left font-normal">{t(`tuning.pair.${pair}`)}</th>
            <td className="px-3 py-1 text-ink-2">{wordsOf(pair, beside[pair])}</td>
            <td className={weights[pair] === beside[pair] ? 'px-3 py-1 text-ink-2' : 'px-3 py-1 font-semibold'}>{wordsOf(pair, weights[pair])}</td>
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
