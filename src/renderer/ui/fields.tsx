import { Select } from '@base-ui/react/select';
import { clsx } from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import { useId, type ComponentProps } from 'react';

const BOX = 'h-7 rounded border border-control bg-surface px-2 text-ui text-ink';

/** A labelled one-line field; `problem` is read out with it. */
export function TextField({ label, problem, help, isLabelHidden = false, className, ...rest }: ComponentProps<'input'> & { label: string; problem?: string | null; help?: string; isLabelHidden?: boolean }) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? help;
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-meta text-ink-2'}>{label}</label>
      <input id={id} className={clsx(BOX, 'w-full min-w-0')} aria-invalid={problem ? true : undefined} aria-describedby={note === undefined ? undefined : noteId} {...rest} />
      {note !== undefined && <p id={noteId} className={clsx('text-meta', problem ? 'text-high' : 'text-ink-3')}>{note}</p>}
    </div>
  );
}

export type Choice<Value extends string> = { value: Value; label: string };

/** A labelled list of choices. Inside a narrow table hide the label; it stays the accessible name. */
export function SelectField<Value extends string>({ label, value, choices, onChange, isLabelHidden = false, className }: { label: string; value: Value; choices: readonly Choice<Value>[]; onChange: (value: Value) => void; isLabelHidden?: boolean; className?: string }) {
  const id = useId();
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <span id={id} className={isLabelHidden ? 'sr-only' : 'text-meta text-ink-2'}>{label}</span>
      <Select.Root items={choices} value={value} onValueChange={(next) => { if (next !== null) onChange(next); }} modal={false}>
        <Select.Trigger aria-labelledby={id} className={clsx(BOX, 'flex w-full min-w-0 items-center justify-between gap-2 text-left hover:bg-raised')}>
          <span className="min-w-0 truncate"><Select.Value /></span>
          <Select.Icon className="text-ink-3"><ChevronDown size={14} aria-hidden /></Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-40">
            <Select.Popup aria-label={label} className="quiet-scroll max-h-80 min-w-[var(--anchor-width)] overflow-y-auto rounded border border-line bg-surface p-1 shadow-float outline-none">
              {choices.map((choice) => (
                <Select.Item key={choice.value} value={choice.value} className="flex h-7 items-center justify-between gap-4 rounded px-2 text-ui outline-none select-none data-[highlighted]:bg-accent-tint">
                  <Select.ItemText>{choice.label}</Select.ItemText>
                  <Select.ItemIndicator><Check size={14} aria-hidden /></Select.ItemIndicator>
                </Select.Item>
              ))}
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </div>
  );
}
