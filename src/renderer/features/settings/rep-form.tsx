import { useState } from 'react';
import { certificateLevelSchema, repColourSchema, repRoleSchema, type Rep, type RepChange } from '../../../shared/contract/access.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { initialsOf, RepBadge } from '../../ui/rep-badge.tsx';
import { PinSettings } from './pin-settings.tsx';

type Fields = Omit<RepChange, 'id'>;

const EMPTY: Fields = { name: '', role: 'rep', certificateLevel: 'trainee', colour: 'blue', initials: '', isActive: true };

/** One rep's profile; null for a new one. */
export function RepForm({ client, rep, isYou, onClose }: { client: Client; rep: Rep | null; isYou: boolean; onClose: () => void }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [fields, setFields] = useState<Fields>(rep === null ? EMPTY : { name: rep.name, role: rep.role, certificateLevel: rep.certificateLevel, colour: rep.colour, initials: rep.initials, isActive: rep.isActive });
  const [problem, setProblem] = useState<string | null>(null);
  const set = (change: Partial<Fields>): void => {
    setFields({ ...fields, ...change });
    setProblem(null);
  };
  const submit = async (): Promise<void> => {
    try {
      const saved = await client.rep.save({ ...fields, ...(rep === null ? {} : { id: rep.id }) });
      toasts.show({ key: 'reps.saved', values: { name: saved.name } });
      onClose();
    } catch (error) {
      const { code, sentence } = callFailure(error);
      setProblem(sentence ?? t(`error.${code}`));
    }
  };
  return (
    <div className="flex flex-col gap-4 rounded border border-control p-4">
      <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); if (fields.name.trim() !== '') void submit(); }}>
        <div className="flex items-center gap-3"><RepBadge rep={fields} /><h4 className="font-semibold">{rep === null ? t('reps.add') : t('reps.edit', { name: rep.name === '' ? t('people.unnamed') : rep.name })}</h4></div>
        <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was just asked for */}
          <TextField autoFocus label={t('reps.name')} maxLength={40} value={fields.name} onChange={(event) => set({ name: event.target.value })} />
          <TextField label={t('reps.initials')} maxLength={2} placeholder={initialsOf({ ...fields, initials: '' })} value={fields.initials} onChange={(event) => set({ initials: event.target.value })} />
          <SelectField label={t('reps.role')} value={fields.role} choices={repRoleSchema.options.map((value) => ({ value, label: t(`people.role.${value}`) }))} onChange={(role) => set({ role })} />
          <SelectField label={t('reps.level')} value={fields.certificateLevel} choices={certificateLevelSchema.options.map((value) => ({ value, label: t(`people.level.${value}`) }))} onChange={(certificateLevel) => set({ certificateLevel })} />
          <SelectField label={t('reps.colour')} value={fields.colour} choices={repColourSchema.options.map((value) => ({ value, label: t(`people.colour.${value}`) }))} onChange={(colour) => set({ colour })} />
          <label className="flex items-center gap-2 self-end pb-1">
            <input type="checkbox" checked={fields.isActive} disabled={isYou} onChange={(event) => set({ isActive: event.target.checked })} />{t('reps.active')}
          </label>
        </div>
        {problem !== null && <p role="alert" className="text-high">{problem}</p>}
        <div className="flex gap-2">
          <Button type="submit" tone="primary" disabled={fields.name.trim() === ''}>{t('action.save')}</Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
      {rep !== null && !isYou && <PinSettings client={client} rep={rep} onDone={(key) => toasts.show({ key })} />}
    </div>
  );
}
