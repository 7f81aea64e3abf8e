import { clsx } from 'clsx';
import { useId, type ComponentProps } from 'react';

/** A labelled field of several lines; `help` or `problem` is read out with it. */
export function TextArea({ label, help, problem = null, className, ...rest }: ComponentProps<'textarea'> & { label: string; help?: string; problem?: string | null }) {
  const id = useId();
  const note = problem ?? help;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-meta text-ink-2">{label}</label>
      <textarea id={id} aria-invalid={problem !== null ? true : undefined} aria-describedby={note === undefined ? undefined : `${id}-note`} className={clsx('quiet-scroll w-full rounded border border-control bg-surface px-2.5 py-1.5 text-talk', className)} {...rest} />
      {note !== undefined && <p id={`${id}-note`} className={clsx('text-meta', problem === null ? 'text-ink-3' : 'text-high')}>{note}</p>}
    </div>
  );
}
