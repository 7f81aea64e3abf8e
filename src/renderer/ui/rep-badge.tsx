import { clsx } from 'clsx';
import type { Rep } from '../../shared/contract/access.contract.ts';

const COLOURS = { teal: 'bg-rep-teal', blue: 'bg-rep-blue', plum: 'bg-rep-plum', brown: 'bg-rep-brown', slate: 'bg-rep-slate', olive: 'bg-rep-olive' } as const;

/** The rep's own initials, or made from the name: its last Han character, else the first letters of its words. */
export function initialsOf({ name, initials }: Pick<Rep, 'name' | 'initials'>): string {
  if (initials !== '') return [...initials].slice(0, 2).join('');
  const letters = [...name.trim()];
  const last = letters.at(-1) ?? '';
  if (/\p{Script=Han}/u.test(last)) return last;
  return name.trim().split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? '').join('').toUpperCase();
}

/** The circle that stands for a rep; the name is told beside it or by the control that holds it. */
export function RepBadge({ rep, size = 'normal' }: { rep: Pick<Rep, 'name' | 'initials' | 'colour'>; size?: 'normal' | 'large' }) {
  return (
    <span aria-hidden className={clsx('inline-flex shrink-0 items-center justify-center rounded-full font-semibold text-on-rep', COLOURS[rep.colour], size === 'large' ? 'size-12 text-title' : 'size-6 text-meta')}>
      {initialsOf(rep)}
    </span>
  );
}
