import { useState } from 'react';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { useDesk } from './desk-context.tsx';
import { parseLocalValue, parseSnoozeTime, snoozeChoices } from './snooze-choices.ts';
import { WorkPicker, type PickerItem } from './work-picker.tsx';

const BACK = 'back';

/** Until when: a usual time by one key, a time typed by hand, or a date. */
export function SnoozePicker({ conversationIds, onClose }: { conversationIds: readonly ConversationId[]; onClose: () => void }) {
  const { t, formats } = useTexts();
  const desk = useDesk();
  const nowMs = useNow();
  const itemOf = (label: string, at: number, keywords = ''): PickerItem => ({ id: String(at), label, keywords, hint: formats.dateTime(at).slice(5) });
  const isAsleep = desk.summariesOf(conversationIds).some((row) => row.snoozedUntil !== null);
  const choices = snoozeChoices(nowMs, formats.dateTime).map(({ id, at }) => itemOf(t(`snooze.${id}`), at, id));
  const items = isAsleep ? [{ id: BACK, label: t('snooze.unsnooze') }, ...choices] : choices;
  const until = (at: number): void => {
    onClose();
    void desk.work.snooze(conversationIds, at, formats.dateTime(at));
  };
  const pick = ({ id }: PickerItem): void => {
    if (id !== BACK) return until(Number(id));
    onClose();
    void desk.work.unsnooze(conversationIds);
  };
  const typedItem = (text: string): PickerItem | null => {
    const at = parseSnoozeTime(text, nowMs, formats.dateTime);
    return at === null ? null : itemOf(t('snooze.typed'), at);
  };
  return (
    <WorkPicker targetCount={conversationIds.length} title={t('snooze.title')} placeholder={t('snooze.placeholder')} items={items} typedItem={typedItem} onPick={pick} onClose={onClose} isDigitTyped hint={t('snooze.note')}>
      <DateLine onSet={until} />
    </WorkPicker>
  );
}

function DateLine({ onSet }: { onSet: (at: number) => void }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const [value, setValue] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const set = (): void => {
    const at = parseLocalValue(value, nowMs, formats.dateTime);
    if (at === null) setIsRefused(true);
    else onSet(at);
  };
  return (
    <form noValidate className="flex shrink-0 items-start gap-2 border-t border-line px-4 py-3" onSubmit={(event) => { event.preventDefault(); set(); }}>
      <TextField label={t('snooze.date')} type="datetime-local" value={value} min={formats.dateTime(nowMs).replace(' ', 'T')} onChange={(event) => { setValue(event.target.value); setIsRefused(false); }} problem={isRefused ? t('snooze.past') : null} className="flex-1" />
      <Button type="submit" disabled={value === ''} className="mt-[22px]">{t('snooze.set')}</Button>
    </form>
  );
}
