import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { clsx } from 'clsx';

export type BigChoice<Value extends string> = { value: Value; title: string; body?: string };

/** A few choices with their consequences; the arrows move, Space chooses. */
export function ChoiceList<Value extends string>({ label, value, choices, onChange }: { label: string; value: Value; choices: readonly BigChoice<Value>[]; onChange: (value: Value) => void }) {
  return (
    <RadioGroup aria-label={label} value={value} onValueChange={(next) => onChange(next as Value)} className="flex flex-col gap-2">
      {choices.map((choice) => (
        <label key={choice.value} className={clsx('flex cursor-pointer items-start gap-3 rounded border p-3', choice.value === value ? 'border-accent bg-accent-tint' : 'border-control hover:bg-raised')}>
          <Radio.Root value={choice.value} className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-control bg-surface data-[checked]:border-accent">
            <Radio.Indicator className="size-2 rounded-full bg-accent" />
          </Radio.Root>
          <span className="min-w-0"><span className="font-semibold">{choice.title}</span>{choice.body !== undefined && <span className="block text-ink-2">{choice.body}</span>}</span>
        </label>
      ))}
    </RadioGroup>
  );
}
