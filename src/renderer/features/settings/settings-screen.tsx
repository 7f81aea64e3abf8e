import type { ReactNode } from 'react';
import type { AppStatus, Settings } from '../../../shared/contract/app.contract.ts';
import type { CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { HealthFacts } from './health-facts.tsx';
import { ProtectionSettings } from './protection-settings.tsx';
import { StoreSettings } from './store-settings.tsx';

export type SettingsScreenProps = { client: Client; status: AppStatus; settings: Settings; onSave: (change: Partial<Settings>) => Promise<CallFailure | null>; onStatus: (status: AppStatus) => void };

export function SettingsScreen({ client, status, settings, onSave, onStatus }: SettingsScreenProps) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const save = (change: Partial<Settings>): void =>
    void onSave(change).then((failure) => { if (failure !== null) toasts.problem({ key: 'settings.saveFailed' }, failure.sentence); });
  return (
    // A scroll area must take focus, or the keyboard cannot reach what is below.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div tabIndex={0} role="group" aria-label={t('settings.title')} className="quiet-scroll ring-inside min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[860px] flex-col gap-6 p-6">
        <h1 className="text-head font-semibold">{t('settings.title')}</h1>
        <SettingsBlock title={t('settings.appearance')}><AppearanceFields settings={settings} onSave={save} /></SettingsBlock>
        <SettingsBlock title={t('settings.names')}><NameFields settings={settings} onSave={save} /></SettingsBlock>
        <SettingsBlock title={t('settings.protection')}><ProtectionSettings client={client} status={status} onStatus={onStatus} /></SettingsBlock>
        <SettingsBlock title={t('settings.data')}><StoreSettings client={client} status={status} /></SettingsBlock>
        <SettingsBlock title={t('settings.health')}><HealthFacts status={status} /></SettingsBlock>
      </div>
    </div>
  );
}

function SettingsBlock({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded border border-line bg-surface p-4">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}

type FieldsProps = { settings: Settings; onSave: (change: Partial<Settings>) => void };

function AppearanceFields({ settings, onSave }: FieldsProps) {
  const { t } = useTexts();
  const system = { value: 'system', label: t('settings.system') } as const;
  return (
    <div className="grid grid-cols-3 gap-4 max-md:grid-cols-1">
      <SelectField
        label={t('settings.language')}
        value={settings.language}
        // Each language in its own words, so that its reader finds it whatever is shown now.
        choices={[system, { value: 'zh-Hans', label: '简体中文' }, { value: 'zh-Hant', label: '繁體中文' }, { value: 'en', label: 'English' }]}
        onChange={(language) => onSave({ language })}
      />
      <SelectField label={t('settings.theme')} value={settings.theme} choices={[system, { value: 'light', label: t('settings.theme.light') }, { value: 'dark', label: t('settings.theme.dark') }]} onChange={(theme) => onSave({ theme })} />
      <SelectField label={t('settings.quiet')} value={settings.quietMode} choices={(['full', 'rare', 'off'] as const).map((value) => ({ value, label: t(`settings.quiet.${value}`) }))} onChange={(quietMode) => onSave({ quietMode })} />
    </div>
  );
}

function NameFields({ settings, onSave }: FieldsProps) {
  const { t } = useTexts();
  return (
    <>
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <TextField key={`rep-${settings.repName}`} label={t('settings.repName')} defaultValue={settings.repName} maxLength={40} onBlur={(event) => { if (event.target.value !== settings.repName) onSave({ repName: event.target.value }); }} />
        <TextField key={`shop-${settings.shopName}`} label={t('settings.shopName')} defaultValue={settings.shopName} maxLength={80} onBlur={(event) => { if (event.target.value !== settings.shopName) onSave({ shopName: event.target.value }); }} />
      </div>
      <p className="text-meta text-ink-3">{t('settings.namesHelp')}</p>
    </>
  );
}
