import { useStore } from 'zustand';
import { useTexts } from '../base/texts.tsx';
import { useDemoStatus } from '../base/use-demo-status.ts';
import type { Client } from '../connection/connection.ts';
import type { AppStore } from './app.store.ts';

/** Says for as long as it is so that nobody here is real; leads to where it can be ended. */
export function DemoBadge({ app, client }: { app: AppStore; client: Client }) {
  const { t } = useTexts();
  const jobs = useStore(app.store, (state) => state.jobs);
  const status = useDemoStatus(client, jobs);
  if (status === null || status.state === 'none') return null;
  return (
    <button type="button" title={t('demo.badgeHelp')} onClick={() => app.openSettings('packs')} className="ring-inside rounded border border-dashed border-control px-0 py-0.5 text-center text-meta leading-4 text-ink-2 hover:bg-surface">
      {t('demo.badge')}<span className="sr-only"> {t('demo.badgeHelp')}</span>
    </button>
  );
}
