import { clsx } from 'clsx';
import { ArrowDownRight, Circle, CircleDashed, Crown, Heart, Moon, Sparkles, Sprout, Star, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { LoyaltySegment } from '../../shared/contract/customer.contract.ts';
import type { TextKey } from '../../shared/i18n/texts.ts';
import { useTexts } from '../base/texts.tsx';

const SHAPES: Record<LoyaltySegment, { Icon: LucideIcon; colours: string; labelKey: TextKey }> = {
  champions: { Icon: Star, colours: 'bg-gold-tint text-gold', labelKey: 'segment.champions' },
  loyal: { Icon: Heart, colours: 'bg-gold-tint text-gold', labelKey: 'segment.loyal' },
  cannot_lose: { Icon: Crown, colours: 'bg-high-tint text-high', labelKey: 'segment.cannot_lose' },
  potential_loyalist: { Icon: Sprout, colours: 'bg-ok-tint text-ok', labelKey: 'segment.potential_loyalist' },
  new: { Icon: Sparkles, colours: 'bg-info-tint text-info', labelKey: 'segment.new' },
  promising: { Icon: Circle, colours: 'bg-info-tint text-info', labelKey: 'segment.promising' },
  needs_attention: { Icon: TriangleAlert, colours: 'bg-mid-tint text-mid', labelKey: 'segment.needs_attention' },
  about_to_sleep: { Icon: Moon, colours: 'bg-mid-tint text-mid', labelKey: 'segment.about_to_sleep' },
  at_risk: { Icon: ArrowDownRight, colours: 'bg-mid-tint text-mid', labelKey: 'segment.at_risk' },
  hibernating: { Icon: Moon, colours: 'bg-raised text-ink-2', labelKey: 'segment.hibernating' },
  lost: { Icon: CircleDashed, colours: 'bg-raised text-ink-2', labelKey: 'segment.lost' },
};

/** A loyalty tag: a shape and a word, so that colour never speaks alone. A disputed tag is struck through. */
export function SegmentChip({ segment, isDisputed = false, size = 'normal' }: { segment: LoyaltySegment; isDisputed?: boolean; size?: 'compact' | 'normal' }) {
  const { t } = useTexts();
  const { Icon, colours, labelKey } = SHAPES[segment];
  return (
    <span className={clsx('inline-flex shrink-0 items-center gap-1 rounded px-1.5 whitespace-nowrap text-meta', size === 'normal' ? 'h-6 font-semibold' : 'h-[18px]', isDisputed ? 'bg-raised text-ink-3 line-through' : colours)}>
      <Icon size={12} aria-hidden />
      {t(labelKey)}
    </span>
  );
}
