import { noticeKindSchema, type NoticeSettings } from '../../../shared/contract/desktop.contract.ts';
import type { Availability } from '../../../shared/desktop-bridge.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';
import { SwitchRow } from './switch-row.tsx';
import { useSave } from './use-save.ts';

const EVENING = { fromMinute: 21 * 60, toMinute: 9 * 60 };

/** What this rep is told outside the window, and when. */
export function NoticeSettings({ settings: { notices }, onSave, availability, onAsk }: Pick<SettingsPageProps, 'settings' | 'onSave'> & { availability: Availability; onAsk: () => void }) {
  const { t } = useTexts();
  const save = useSave(onSave);
  const change = (part: Partial<NoticeSettings>): void => save({ notices: { ...notices, ...part } });
  const isMissing = availability.state === 'missing';
  return (
    <FramedBlock title={t('desktop.notices')}>
      <p className="text-meta text-ink-3">{t('desktop.mine')}</p>
      {availability.reason === 'permission_needed' ? <div><Button tone="primary" onClick={onAsk}>{t('desktop.notices.ask')}</Button></div> : <p className="text-ink-2">{availability.reason === null ? t('desktop.notices.on') : t(`desktop.why.${availability.reason}`)}</p>}
      <div className="flex flex-col">
        {noticeKindSchema.options.map((kind) => (
          <SwitchRow key={kind} label={t(`desktop.kind.${kind}`)} isOn={notices.kinds[kind]} isDisabled={isMissing} onChange={(isOn) => change({ kinds: { ...notices.kinds, [kind]: isOn } })} />
        ))}
      </div>
      <SwitchRow label={t('desktop.notices.private')} help={t('desktop.notices.privateHelp')} isOn={notices.isPrivate} isDisabled={isMissing} onChange={(isPrivate) => change({ isPrivate })} />
      <SwitchRow label={t('desktop.quiet')} help={t('desktop.quiet.help')} isOn={notices.quietHours !== null} isDisabled={isMissing} onChange={(isOn) => change({ quietHours: isOn ? EVENING : null })} />
      {notices.quietHours !== null && <QuietHours hours={notices.quietHours} onChange={(quietHours) => change({ quietHours })} />}
    </FramedBlock>
  );
}

type Hours = NonNullable<NoticeSettings['quietHours']>;

function QuietHours({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const { t } = useTexts();
  const take = (field: keyof Hours, text: string): void => {
    const minute = minuteOf(text);
    if (minute !== null && minute !== hours[field]) onChange({ ...hours, [field]: minute });
  };
  return (
    <div className="flex gap-4 pl-6">
      <TextField key={`from-${hours.fromMinute}`} type="time" className="w-32" label={t('desktop.quiet.from')} defaultValue={clockOf(hours.fromMinute)} onBlur={(event) => take('fromMinute', event.target.value)} />
      <TextField key={`to-${hours.toMinute}`} type="time" className="w-32" label={t('desktop.quiet.to')} defaultValue={clockOf(hours.toMinute)} onBlur={(event) => take('toMinute', event.target.value)} />
    </div>
  );
}

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function minuteOf(text: string): number | null {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text) ?? [];
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute);
}
