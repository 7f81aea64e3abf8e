import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { PinSettings } from './pin-settings.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import type { SettingsPageProps } from './settings-pages.tsx';
import { useSave } from './use-save.ts';

/** What each rep has for themselves. */
export function MyPage(props: SettingsPageProps) {
  const { t } = useTexts();
  const { client, settings, session, status, onTour } = props;
  const { toasts } = useShell();
  const save = useSave(props.onSave);
  const isOnlyAdmin = session.rep.role === 'admin' && session.reps.filter(({ role }) => role === 'admin').length === 1 && !session.canUsePassphrase;
  return (
    <>
      <FramedBlock title={t('settings.appearance')}><AppearanceFields {...props} /></FramedBlock>
      <FramedBlock title={t('quiet.title')}>
        <SelectField label={t('quiet.title')} isLabelHidden className="max-w-72" value={settings.quietMode} choices={(['full', 'rare', 'off'] as const).map((value) => ({ value, label: t(`quiet.${value}`) }))} onChange={(quietMode) => save({ quietMode })} />
        <p className="text-ink-2">{t(`quiet.help.${settings.quietMode}`)}</p>
      </FramedBlock>
      <FramedBlock title={t('settings.me')}>
        <TextField key={`rep-${settings.repName}`} className="max-w-72" label={t('settings.repName')} defaultValue={settings.repName} maxLength={40} help={t('settings.namesHelp')} onBlur={(event) => { const name = event.target.value.trim(); if (name !== settings.repName && name !== '') save({ repName: name }); }} />
        <p className="text-meta text-ink-3">{t(`people.role.${session.rep.role}`)} · {t(`people.level.${session.rep.certificateLevel}`)}</p>
        <PinSettings client={client} rep={session.rep} isOwn warning={isOnlyAdmin && status.keyProtection !== 'passphrase' ? t('pin.onlyAdmin') : null} onDone={(key) => toasts.show({ key })} />
      </FramedBlock>
      <FramedBlock title={t('settings.help')}>
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={onTour}>{t('settings.tour')}</Button>
          <span className="text-meta text-ink-3">{t('settings.tourHelp')}</span>
        </div>
      </FramedBlock>
    </>
  );
}

function AppearanceFields({ settings, onSave }: SettingsPageProps) {
  const { t } = useTexts();
  const save = useSave(onSave);
  const system = { value: 'system', label: t('settings.system') } as const;
  return (
    <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
      <SelectField
        label={t('settings.language')}
        value={settings.language}
        // Each language in its own words, so that its reader finds it whatever is shown now.
        choices={[system, { value: 'zh-Hans', label: '简体中文' }, { value: 'zh-Hant', label: '繁體中文' }, { value: 'en', label: 'English' }]}
        onChange={(language) => save({ language })}
      />
      <SelectField label={t('settings.theme')} value={settings.theme} choices={[system, { value: 'light', label: t('settings.theme.light') }, { value: 'dark', label: t('settings.theme.dark') }, { value: 'contrast', label: t('settings.theme.contrast') }]} onChange={(theme) => save({ theme })} />
    </div>
  );
}
