import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HealthLevel } from '../../../shared/contract/trust.contract.ts';
import { useTexts } from '../../base/texts.tsx';

export type ShownLevel = HealthLevel | 'unchecked';
const SHAPES = { ok: [CircleCheck, 'text-ok'], attention: [CircleAlert, 'text-mid'], problem: [TriangleAlert, 'text-high'], unchecked: [CircleDashed, 'text-ink-3'] } as const;

/** One part of the app: how it is, in shape and word, and what to do. */
export function HealthLine({ name, level, children, actions }: { name: string; level: ShownLevel; children: ReactNode; actions?: ReactNode }) {
  const { t } = useTexts();
  const [Icon, colour] = SHAPES[level];
  return (
    <section aria-label={name} className="flex items-start gap-3 border-b border-line px-1 py-2 last:border-b-0">
      <Icon size={16} aria-hidden className={clsx('mt-0.5 shrink-0', colour)} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p><span className="font-semibold">{name}</span> <span className={clsx('text-meta', colour)}>{t(`health.level.${level}`)}</span></p>
        <div className="flex flex-col gap-0.5 text-ink-2">{children}</div>
      </div>
      {actions !== undefined && <div className="flex shrink-0 gap-2">{actions}</div>}
    </section>
  );
}
