import { clsx } from 'clsx';
import { Circle, Diamond, Flag, Hexagon, Square, Star, type LucideIcon } from 'lucide-react';
import type { Label, LabelShape } from '../../../shared/contract/work.contract.ts';
import { useTexts } from '../../base/texts.tsx';

const SHAPES: Record<LabelShape, LucideIcon> = { circle: Circle, square: Square, diamond: Diamond, star: Star, flag: Flag, hexagon: Hexagon };
const TONES: Record<Label['tone'], string> = { plain: 'bg-raised text-ink-2', info: 'bg-info-tint text-info', ok: 'bg-ok-tint text-ok', gold: 'bg-gold-tint text-gold' };

/** A label by shape and word. */
export function LabelMark({ label, className }: { label: Label; className?: string }) {
  const { t } = useTexts();
  const Icon = SHAPES[label.shape];
  return (
    <span className={clsx('inline-flex h-5 min-w-0 items-center gap-1 rounded px-1.5 text-meta', TONES[label.tone], className)} title={t('label.onConversation', { name: label.name })}>
      <Icon size={11} fill="currentColor" aria-hidden className="shrink-0" />
      <span className="truncate">{label.name}</span>
    </span>
  );
}
