import { callFailure } from '../../base/call-failure.ts';
import type { Command } from '../../base/command.ts';
import type { Page } from '../page.ts';

/** Lock, switch rep, quiet mode and tour, by key and palette. */
export function sessionCommands({ app, sessions, tour, toasts }: Pick<Page, 'app' | 'sessions' | 'tour' | 'toasts'>): Command[] {
  const attempt = (run: () => Promise<unknown>) => (): void => void run().catch((error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }));
  const quiet = (quietMode: 'full' | 'rare' | 'off') => (): void => void app.saveSettings({ quietMode });
  const startTour = (): void => {
    app.goTo('desk');
    tour.start();
  };
  const canSwitch = (): boolean => {
    const { session } = sessions.store.getState();
    return session !== null && (session.reps.length > 1 || session.rep?.hasPin === true);
  };
  return [
    { id: 'session.lock', labelKey: 'command.lockScreen', group: 'app', shortcut: 'Mod+Shift+l', isAllowedWhileTyping: true, run: attempt(sessions.lock) },
    { id: 'session.switch', labelKey: 'command.switchRep', group: 'app', shortcut: null, isAvailable: canSwitch, run: attempt(sessions.signOut) },
    { id: 'quiet.full', labelKey: 'command.quietFull', group: 'app', shortcut: null, run: quiet('full') },
    { id: 'quiet.rare', labelKey: 'command.quietRare', group: 'app', shortcut: null, run: quiet('rare') },
    { id: 'quiet.off', labelKey: 'command.quietOff', group: 'app', shortcut: null, run: quiet('off') },
    { id: 'app.tour', labelKey: 'command.tour', group: 'app', shortcut: null, run: startTour },
  ];
}
