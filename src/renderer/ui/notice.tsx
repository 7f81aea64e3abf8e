import { clsx } from 'clsx';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const TONES = { info: ['bg-info-tint text-info', Info], watch: ['bg-mid-tint text-mid', CircleAlert], problem: ['bg-high-tint text-high', TriangleAlert] } as const;

/** One line: what happened, what was kept, what to do. */
export function Notice({ tone, children, actions, className }: { tone: keyof typeof TONES; children: ReactNode; actions?: ReactNode; className?: string }) {
  const [colours, Icon] = TONES[tone];
  return (
    <div role={tone === 'problem' ? 'alert' : 'status'} className={clsx('flex min-h-8 items-center gap-2 px-3 py-1 text-ui', colours, className)}>
      <Icon size={16} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1">{children}</span>
      {actions}
    </div>
  );
}
