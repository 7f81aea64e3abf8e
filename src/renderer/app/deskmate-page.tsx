import { CSPProvider } from '@base-ui/react/csp-provider';
import type { i18n as I18n } from 'i18next';
import { useCallback, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { resolveLanguage } from '../../shared/i18n/language.ts';
import { ShellContext } from '../base/shell-context.tsx';
import { TextsProvider } from '../base/texts.tsx';
import { ToastRegion } from '../ui/toast-region.tsx';
import { AppFrame } from './app-frame.tsx';
import { FailedScreen, OpeningScreen, UnlockScreen } from './gate-screens.tsx';
import type { Page } from './page.ts';
import { ShellNotices } from './shell-notices.tsx';
import { applyTheme } from './theme.ts';

/** The whole page over its stores. `timeZone` is the reader's own when left out. */
export function DeskmatePage({ page, i18n, timeZone }: { page: Page; i18n: I18n; timeZone?: string }) {
  const language = useStore(page.app.store, (state) => resolveLanguage(state.settings.language, navigator.languages));
  const theme = useStore(page.app.store, (state) => state.settings.theme);
  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => page.start(), [page]);
  const shell = useMemo(() => ({ clock: page.clock, toasts: page.toasts }), [page]);
  return (
    <CSPProvider disableStyleElements>
      <TextsProvider i18n={i18n} language={language} {...(timeZone === undefined ? {} : { timeZone })}>
        <ShellContext value={shell}>
          <Gates page={page} />
          <ToastRegion />
        </ShellContext>
      </TextsProvider>
    </CSPProvider>
  );
}

function Gates({ page }: { page: Page }) {
  const { app } = page;
  const status = useStore(app.store, (state) => state.status);
  const onRetry = useCallback(() => void app.refresh(), [app]);
  if (status?.state === 'ready') return <AppFrame page={page} />;
  return (
    <div className="flex h-full flex-col">
      <ShellNotices app={app} />
      <div className="min-h-0 flex-1">
        {status === null || status.state === 'starting' ? <OpeningScreen /> : status.state === 'locked' ? <UnlockScreen app={app} /> : <FailedScreen status={status} onRetry={onRetry} />}
      </div>
    </div>
  );
}
