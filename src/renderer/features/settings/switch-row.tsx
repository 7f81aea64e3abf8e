import { useId } from 'react';
import type { Availability } from '../../../shared/desktop-bridge.ts';
import { useTexts } from '../../base/texts.tsx';

export type SwitchRowProps = { label: string; help?: string; isOn: boolean; availability?: Availability; isDisabled?: boolean; onChange: (isOn: boolean) => void };

/** A setting that is on or off. Where it is missing it is shown off and says why. */
export function SwitchRow({ label, help, isOn, availability, isDisabled = false, onChange }: SwitchRowProps) {
  const { t } = useTexts();
  const noteId = useId();
  const isMissing = availability?.state === 'missing';
  const reason = availability?.reason ?? null;
  const notes = [isMissing ? undefined : help, reason === null ? undefined : t(`desktop.why.${reason}`)].filter((note) => note !== undefined);
  return (
    <div className="flex flex-col">
      <label className="flex min-h-7 items-center gap-2">
        <input type="checkbox" checked={isOn && !isMissing} disabled={isDisabled || isMissing} aria-describedby={notes.length > 0 ? noteId : undefined} onChange={(event) => onChange(event.target.checked)} />{label}
      </label>
      {notes.length > 0 && <div id={noteId} className="pl-6 text-meta text-ink-3">{notes.map((note) => <p key={note}>{note}</p>)}</div>}
    </div>
  );
}
