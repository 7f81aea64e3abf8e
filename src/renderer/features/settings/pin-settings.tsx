import { useState } from 'react';
import type { Rep } from '../../../shared/contract/access.contract.ts';
import type { TextKey } from '../../../shared/i18n/texts.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';

type PinSettingsProps = { client: Client; rep: Rep; isOwn?: boolean; warning?: string | null; onDone: (key: TextKey) => void };
type Task = 'set' | 'remove';

/** Sets, changes or removes a PIN. One's own needs the present one; another's is reset without it. */
export function PinSettings({ client, rep, isOwn = false, warning = null, onDone }: PinSettingsProps) {
  const { t } = useTexts();
  const [task, setTask] = useState<Task | null>(null);
  const done = (key: TextKey): void => {
    setTask(null);
    onDone(key);
  };
  return (
    <div className="flex flex-col gap-3">
      <p><span aria-hidden className={rep.hasPin ? 'text-ok' : 'text-ink-3'}>{rep.hasPin ? '✓ ' : '○ '}</span>{t(rep.hasPin ? 'pin.set' : 'pin.none')}</p>
      {task === null ? <PinButtons hasPin={rep.hasPin} isOwn={isOwn} onTask={setTask} /> : <PinForm client={client} rep={rep} task={task} needsCurrent={isOwn && rep.hasPin} onDone={done} onCancel={() => setTask(null)} />}
      {isOwn && <p className="max-w-xl text-meta text-ink-3">{t('pin.help')}</p>}
      {warning !== null && !rep.hasPin && <p className="max-w-xl text-meta text-mid"><span aria-hidden>△ </span>{warning}</p>}
    </div>
  );
}

function PinButtons({ hasPin, isOwn, onTask }: { hasPin: boolean; isOwn: boolean; onTask: (task: Task) => void }) {
  const { t } = useTexts();
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => onTask('set')}>{t(!hasPin ? 'pin.setOne' : isOwn ? 'pin.change' : 'pin.reset')}</Button>
      {hasPin && <Button onClick={() => onTask('remove')}>{t('pin.remove')}</Button>}
    </div>
  );
}

const DIGITS = /^\d{4,12}$/;
type Pins = { current: string; next: string; again: string };

function isComplete({ current, next, again }: Pins, task: Task, needsCurrent: boolean): boolean {
  return (!needsCurrent || current !== '') && (task === 'remove' || (DIGITS.test(next) && next === again));
}

type PinFormProps = { client: Client; rep: Rep; task: Task; needsCurrent: boolean; onDone: (key: TextKey) => void; onCancel: () => void };

function PinForm({ client, rep, task, needsCurrent, onDone, onCancel }: PinFormProps) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const [pins, setPins] = useState<Pins>({ current: '', next: '', again: '' });
  const [problem, setProblem] = useState<string | null>(null);
  const isReady = isComplete(pins, task, needsCurrent);
  const submit = async (): Promise<void> => {
    try {
      const { outcome, retryAt } = await client.rep.setPin({ repId: rep.id, currentPin: needsCurrent ? pins.current : null, pin: task === 'remove' ? null : pins.next });
      if (outcome === 'done') onDone(task === 'remove' ? 'pin.removed' : 'pin.saved');
      else setProblem(outcome === 'wrong' || retryAt === null ? t('signIn.wrong') : t('signIn.wait', { duration: formats.duration(retryAt - nowMs) }));
    } catch (error) {
      setProblem(t(`error.${callFailure(error).code}`));
    }
  };
  const change = (change: Partial<Pins>): void => {
    setPins({ ...pins, ...change });
    setProblem(null);
  };
  return (
    <form className="flex max-w-72 flex-col gap-3" onSubmit={(event) => { event.preventDefault(); if (isReady) void submit(); }}>
      {needsCurrent && <PinField label={t('pin.current')} value={pins.current} onChange={(current) => change({ current })} />}
      {task === 'set' && <NewPinFields pins={pins} onChange={change} />}
      {problem !== null && <p role="alert" className="text-high">{problem}</p>}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" disabled={!isReady}>{t(task === 'remove' ? 'pin.remove' : 'action.save')}</Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

function NewPinFields({ pins, onChange }: { pins: Pins; onChange: (change: Partial<Pins>) => void }) {
  const { t } = useTexts();
  return (
    <>
      <PinField label={t('pin.next')} value={pins.next} problem={pins.next !== '' && !DIGITS.test(pins.next) ? t('pin.invalid') : null} onChange={(next) => onChange({ next })} />
      <PinField label={t('pin.again')} value={pins.again} problem={pins.again !== '' && pins.again !== pins.next ? t('pin.differs') : null} onChange={(again) => onChange({ again })} />
    </>
  );
}

function PinField({ label, value, problem = null, onChange }: { label: string; value: string; problem?: string | null; onChange: (value: string) => void }) {
  return <TextField label={label} type="password" inputMode="numeric" autoComplete="off" maxLength={12} value={value} problem={problem} onChange={(event) => onChange(event.target.value)} />;
}
