import { DeskmatePage } from '../app/deskmate-page.tsx';
import { createPage, type Page } from '../app/page.ts';
import { createI18n } from '../base/texts.tsx';
import type { Desktop } from '../connection/desktop.ts';
import { createFakeBackend, type FakeBackend, type FakeState } from './fake-backend.ts';
import { SAMPLE_NOW, SAMPLE_ZONE } from './sample-shop.ts';

export type SamplePage = { backend: FakeBackend; page: Page; element: React.ReactElement };

/** The whole page over the fake backend, at the sample's time and zone. */
export function samplePage(change: Partial<FakeState> = {}, desktop?: Desktop): SamplePage {
  const backend = createFakeBackend(change);
  const page = createPage(backend.connection, () => SAMPLE_NOW, desktop);
  return { backend, page, element: <div style={{ height: '100vh' }}><DeskmatePage page={page} i18n={createI18n('zh-Hans')} timeZone={SAMPLE_ZONE} /></div> };
}
