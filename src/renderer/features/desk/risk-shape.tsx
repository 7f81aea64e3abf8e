import { clsx } from 'clsx';
import type { RiskBand } from '../../../shared/contract/risk.contract.ts';
import { useTexts } from '../../base/texts.tsx';

/** ▲ and the band's word; nothing for a calm conversation. */
export function RiskShape({ band, isWordHidden = false }: { band: RiskBand; isWordHidden?: boolean }) {
  const { t } = useTexts();
  if (band === 'none') return null;
  return (
    <span className={clsx('inline-flex shrink-0 items-center gap-0.5 text-meta', band === 'alert' ? 'text-high' : 'text-mid')}>
      <span aria-hidden>{band === 'alert' ? '▲' : '△'}</span>
      <span className={isWordHidden ? 'sr-only' : undefined}>{t(`risk.band.${band}`)}</span>
    </span>
  );
}
