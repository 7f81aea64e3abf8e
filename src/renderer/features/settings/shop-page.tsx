import { useTexts } from '../../base/texts.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';
import { useSave } from './use-save.ts';

const IDLE_MINUTES = [0, 5, 15, 30] as const;

/** What is the same for every rep. */
export function ShopPage({ settings, session, onSave }: SettingsPageProps) {
  const { t } = useTexts();
  const save = useSave(onSave);
  const isAllowed = session.allowed.includes('shop.settings');
  return (
    <>
      <RoleNote session={session} action="shop.settings" />
      <FramedBlock title={t('settings.names')}>
        <TextField key={`shop-${settings.shopName}`} className="max-w-72" label={t('settings.shopName')} defaultValue={settings.shopName} maxLength={80} disabled={!isAllowed} help={t('settings.namesHelp')} onBlur={(event) => { if (event.target.value !== settings.shopName) save({ shopName: event.target.value }); }} />
      </FramedBlock>
      <FramedBlock title={t('settings.lock')}>
        {isAllowed ? (
          <SelectField label={t('settings.idleLock')} className="max-w-72" value={`${settings.idleLockMinutes}`} choices={IDLE_MINUTES.map((minutes) => ({ value: `${minutes}` as const, label: t(`settings.idleLock.${minutes}`) }))} onChange={(value) => save({ idleLockMinutes: IDLE_MINUTES.find((minutes) => `${minutes}` === value) ?? 0 })} />
        ) : <p>{t('settings.idleLock')}{t('warning.colon')}{t(`settings.idleLock.${settings.idleLockMinutes}`)}</p>}
        <p className="text-meta text-ink-3">{t('settings.idleLockHelp')}</p>
      </FramedBlock>
    </>
  );
}
