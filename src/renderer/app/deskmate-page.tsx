import { CSPProvider } from '@base-ui/react/csp-provider';
import type { i18n as I18n } from 'i18next';
import { useCallback, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { resolveLanguage } from '../../shared/i18n/language.ts';
import { CommandKeysContext } from '../base/command-keys-context.tsx';
import { guardComposition } from '../base/composition.ts';
import { DesktopContext } from '../base/desktop-context.tsx';
import { ShellContext } from '../base/shell-context.tsx';
import { TextsProvider } from '../base/texts.tsx';
import { ToastRegion } from '../ui/toast-region.tsx';
import { AppFrame } from './app-frame.tsx';
import { shortcutLookup } from './command-registry.ts';
import { DesktopTie } from './desktop/desktop-tie.tsx';
import { FailedScreen, OpeningScreen, UnlockScreen } from './gate-screens.tsx';
import { FirstRunScreen } from './first-run/first-run-screen.tsx';
import type { Page } from './page.ts';
import { LockScreen } from './session/lock-screen.tsx';
import { SignInScreen } from './session/sign-in-screen.tsx';
import { ShellNotices } from './shell-notices.tsx';
import { applyTheme } from './theme.ts';

/** The whole page over its stores. `timeZone` is the reader's own when left out. */
export function DeskmatePage({ page, i18n, timeZone }: { page: Page; i18n: I18n; timeZone?: string }) {
  const language = useStore(page.app.store, (state) => resolveLanguage(state.settings.language, navigator.languages));
  const theme = useStore(page.app.store, (state) => state.settings.theme);
  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => page.start(), [page]);
  useEffect(() => guardComposition(window), []);
  const keys = useStore(page.app.store, (state) => state.settings.keys);
  const shortcutOf = useMemo(() => shortcutLookup(page, keys), [page, keys]);
  const shell = useMemo(() => ({ clock: page.clock, toasts: page.toasts }), [page]);
  return (
    <CSPProvider disableStyleElements>
      <TextsProvider i18n={i18n} language={language} {...(timeZone === undefined ? {} : { timeZone })}>
        <ShellContext value={shell}>
          <CommandKeysContext value={shortcutOf}>
            <DesktopContext value={page.desktop}><Gates page={page} /></DesktopContext>
            <DesktopTie page={page} />
            <ToastRegion />
          </CommandKeysContext>
        </ShellContext>
      </TextsProvider>
    </CSPProvider>
  );
}

function Gates({ page }: { page: Page }) {
  const { app } = page;
  const status = useStore(app.store, (state) => state.status);
  const onRetry = useCallback(() => void app.refresh(), [app]);
  if (status?.state === 'ready') return <DeskDoor page={page} />;
  return (
    <div className="flex h-full flex-col">
      <ShellNotices app={app} />
      <div className="min-h-0 flex-1">
        {status === null || status.state === 'starting' ? <OpeningScreen /> : status.state === 'locked' ? <UnlockScreen app={app} /> : <FailedScreen status={status} onRetry={onRetry} />}
      </div>
    </div>
  );
}

/** The store is open: who is at the desk, the first steps, then the desk itself. */
function DeskDoor({ page }: { page: Page }) {
  const { sessions } = page;
  const { session, firstRun } = useStore(sessions.store);
  if (session === null || (session.state === 'open' && firstRun === null)) return <OpeningScreen />;
  if (session.state === 'locked' && session.rep !== null) return <LockScreen sessions={sessions} session={session} rep={session.rep} />;
  if (session.state !== 'open') return <SignInScreen sessions={sessions} session={session} />;
  if (firstRun?.isDue === true) return <FirstRunScreen page={page} firstRun={firstRun} />;
  return <AppFrame page={page} />;
}
