import type { Command } from '../base/command.ts';
import { callFailure } from '../base/call-failure.ts';
import { deskCommands } from '../features/desk/desk-commands.ts';
import type { Page } from './page.ts';

/** Every command that applies now: the shell's own, and the Desk's while it is on screen. */
export function commandsOf(page: Page): Command[] {
  const { app } = page;
  const { screen } = app.store.getState();
  const switchTheme = (): void => void app.saveSettings({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' });
  const backup = (): void =>
    void page.connection.client.app.backup({}).then(
      ({ path }) => page.toasts.show({ key: 'settings.backupDone', values: { path, size: '' } }),
      (error: unknown) => page.toasts.problem({ key: `error.${callFailure(error).code}` }),
    );
  const lock = (): void => void app.lock().catch((error: unknown) => page.toasts.problem({ key: `error.${callFailure(error).code}` }));
  const isLockable = app.store.getState().status?.keyProtection === 'passphrase';
  return [
    ...(screen === 'desk' ? deskCommands(page.desk) : []),
    { id: 'go.desk', labelKey: 'command.desk', group: 'go', shortcut: 'g d', run: () => app.goTo('desk') },
    { id: 'go.knowledge', labelKey: 'command.knowledge', group: 'go', shortcut: 'g n', run: () => app.goTo('knowledge') },
    { id: 'go.import', labelKey: 'command.import', group: 'go', shortcut: 'g i', run: () => app.goTo('import') },
    { id: 'go.settings', labelKey: 'command.settings', group: 'go', shortcut: 'g s', run: () => app.goTo('settings') },
    { id: 'app.search', labelKey: 'command.search', group: 'app', shortcut: 'Mod+k', isAllowedWhileTyping: true, run: () => app.show('search') },
    { id: 'app.keys', labelKey: 'command.keys', group: 'app', shortcut: '?', run: () => app.show('keys') },
    { id: 'app.theme', labelKey: 'command.theme', group: 'app', shortcut: null, run: switchTheme },
    { id: 'app.backup', labelKey: 'command.backup', group: 'app', shortcut: null, run: backup },
    ...(isLockable ? [{ id: 'app.lock', labelKey: 'command.lock', group: 'app', shortcut: null, run: lock } as const] : []),
  ];
}
