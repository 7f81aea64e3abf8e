import { AboutPage } from './about-page.tsx';
import { BackupPage } from './backup-page.tsx';
import { ContactsPage } from './contacts-page.tsx';
import { HealthPage } from './health-page.tsx';
import { RetentionPage } from './retention-page.tsx';
import type { TrustPage } from './trust-page.types.ts';

/** In the order of the list at the left of the settings. */
export const TRUST_PAGES: readonly TrustPage[] = [
  { id: 'backup', labelKey: 'settings.page.backup', Page: BackupPage },
  { id: 'retention', labelKey: 'settings.page.retention', Page: RetentionPage },
  { id: 'contacts', labelKey: 'settings.page.contacts', Page: ContactsPage },
  { id: 'health', labelKey: 'settings.page.health', Page: HealthPage },
  { id: 'about', labelKey: 'settings.page.about', Page: AboutPage },
];
