import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

type Tone = 'primary' | 'plain' | 'ghost' | 'danger';

const TONES: Record<Tone, string> = {
  primary: 'bg-accent text-on-accent border-accent hover:opacity-90',
  plain: 'bg-surface text-ink border-control hover:bg-raised',
  ghost: 'border-transparent text-accent hover:bg-raised',
  danger: 'bg-surface text-high border-control hover:bg-high-tint',
};

export function Button({ tone = 'plain', size = 'normal', className, type = 'button', ...rest }: ComponentProps<'button'> & { tone?: Tone; size?: 'compact' | 'normal' }) {
  return (
    <button
      type={type}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded border whitespace-nowrap disabled:opacity-55',
        size === 'compact' ? 'h-6 px-2 text-meta' : 'h-7 px-3 text-ui',
        TONES[tone],
        className,
      )}
      {...rest}
    />
  );
}

/** A square button that shows only an icon; `label` is its accessible name and its tooltip. */
export function IconButton({ label, className, type = 'button', ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={clsx('inline-flex size-7 shrink-0 items-center justify-center rounded text-ink-2 hover:bg-raised hover:text-ink disabled:opacity-55', className)}
      {...rest}
    />
  );
}
