import type { ReactNode } from 'react';
import type { Rep, Session } from '../../../shared/contract/access.contract.ts';
import type { AppStatus, Settings } from '../../../shared/contract/app.contract.ts';
import type { JobId } from '../../../shared/contract/ids.contract.ts';
import type { Job } from '../../../shared/contract/job.contract.ts';
import type { TextKey } from '../../../shared/i18n/texts.ts';
import type { CallFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { AdaptPage } from './adapt-page.tsx';
import { AuditPage } from './audit-page.tsx';
import type { Command } from '../../base/command.ts';
import { DesktopPage } from './desktop-page.tsx';
import { KeysPage } from './keys-page.tsx';
import { ModelsPage } from './models-page.tsx';
import { MyPage } from './my-page.tsx';
import { PacksPage } from './packs-page.tsx';
import { ProtectionSettings } from './protection-settings.tsx';
import { RepsPage } from './reps-page.tsx';
import { RoleNote } from '../../ui/role-note.tsx';
import { FramedBlock } from '../../ui/framed-block.tsx';
import { ShopPage } from './shop-page.tsx';
import { StoreSettings } from './store-settings.tsx';

export type SettingsPageProps = {
  client: Client;
  status: AppStatus;
  settings: Settings;
  session: Session & { rep: Rep };
  onSave: (change: Partial<Settings>) => Promise<CallFailure | null>;
  onStatus: (status: AppStatus) => void;
  onTour: () => void;
  /** All of them, with the keys they came with. */
  commands: () => readonly Command[];
  jobs: readonly Job[];
  onCancelJob: (id: JobId) => void;
  onPage: (id: string) => void;
};
export type SettingsPage = { id: string; labelKey: TextKey; Page: (props: SettingsPageProps) => ReactNode };
/** `morePages` come from other features, behind those of this one. */
export type SettingsScreenProps = SettingsPageProps & { page: string; morePages: readonly SettingsPage[] };

/** Every page, in the order of the list at the left. */
export const SETTINGS_PAGES: readonly SettingsPage[] = [
  { id: 'me', labelKey: 'settings.page.me', Page: MyPage },
  { id: 'keys', labelKey: 'settings.page.keys', Page: KeysPage },
  { id: 'desktop', labelKey: 'settings.page.desktop', Page: DesktopPage },
  { id: 'shop', labelKey: 'settings.page.shop', Page: ShopPage },
  { id: 'reps', labelKey: 'settings.page.reps', Page: RepsPage },
  { id: 'packs', labelKey: 'settings.page.packs', Page: PacksPage },
  { id: 'models', labelKey: 'settings.page.models', Page: ModelsPage },
  { id: 'adapt', labelKey: 'settings.page.adapt', Page: AdaptPage },
  { id: 'store', labelKey: 'settings.page.store', Page: StorePage },
  { id: 'audit', labelKey: 'settings.page.audit', Page: AuditPage },
];

function StorePage({ client, status, session, onStatus, onPage }: SettingsPageProps) {
  const { t } = useTexts();
  return (
    <>
      <FramedBlock title={t('settings.protection')}>
        <RoleNote session={session} action="store.protect" />
        <ProtectionSettings client={client} status={status} onStatus={onStatus} isAllowed={session.allowed.includes('store.protect')} />
      </FramedBlock>
      <FramedBlock title={t('settings.data')}>
        <StoreSettings status={status} onPage={onPage} />
      </FramedBlock>
    </>
  );
}
