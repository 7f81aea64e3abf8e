import { clsx } from 'clsx';
import { useStore } from 'zustand';
import { callFailure } from '../../base/call-failure.ts';
import type { Page } from '../page.ts';
import { RAIL_ITEM } from '../rail.tsx';
import { RepMenu } from './rep-menu.tsx';

/** The foot of the rail: who is at the desk. */
export function RepCorner({ page }: { page: Pick<Page, 'app' | 'sessions' | 'toasts'> }) {
  const { app, sessions, toasts } = page;
  const session = useStore(sessions.store, (state) => state.session);
  const quietMode = useStore(app.store, (state) => state.settings.quietMode);
  if (session?.rep == null) return null;
  const attempt = (run: () => Promise<unknown>): void => void run().catch((error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }));
  return (
    <RepMenu
      rep={session.rep} canSwitch={session.reps.length > 1 || session.rep.hasPin} quietMode={quietMode} className={clsx(RAIL_ITEM, 'text-ink-2 hover:bg-surface')}
      onQuiet={(mode) => void app.saveSettings({ quietMode: mode })} onMine={() => app.openSettings('me')} onLock={() => attempt(sessions.lock)} onSwitch={() => attempt(sessions.signOut)}
    />
  );
}
