import type { Command } from '../base/command.ts';
import { callFailure } from '../base/call-failure.ts';
import type { Page } from './page.ts';

/** The shell's own commands. Of all commands `command-registry.ts` knows. */
export function shellCommands(page: Page): Command[] {
  const { app } = page;
  const switchTheme = (): void => void app.saveSettings({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' });
  const backup = (): void =>
    void page.connection.client.app.backup({}).then(
      ({ path }) => page.toasts.show({ key: 'settings.backupDone', values: { path, size: '' } }),
      (error: unknown) => page.toasts.problem({ key: `error.${callFailure(error).code}` }),
    );
  const lock = (): void => void app.lock().catch((error: unknown) => page.toasts.problem({ key: `error.${callFailure(error).code}` }));
  const isLockable = (): boolean => app.store.getState().status?.keyProtection === 'passphrase';
  return [
    { id: 'go.desk', labelKey: 'command.desk', group: 'go', shortcut: 'g d', run: () => app.goTo('desk') },
    { id: 'go.today', labelKey: 'command.today', group: 'go', shortcut: 'g t', run: () => app.goTo('today') },
    { id: 'go.knowledge', labelKey: 'command.knowledge', group: 'go', shortcut: 'g n', run: () => app.goTo('knowledge') },
    { id: 'go.products', labelKey: 'command.products', group: 'go', shortcut: 'g p', run: () => app.goTo('products') },
    { id: 'go.import', labelKey: 'command.import', group: 'go', shortcut: 'g i', run: () => app.goTo('import') },
    { id: 'go.settings', labelKey: 'command.settings', group: 'go', shortcut: 'g s', run: () => app.goTo('settings') },
    { id: 'write.article', labelKey: 'command.newArticle', group: 'go', shortcut: null, run: () => { app.goTo('knowledge'); page.knowledge.newArticle(); } },
    { id: 'write.macro', labelKey: 'command.newMacro', group: 'go', shortcut: null, run: () => { app.goTo('knowledge'); page.knowledge.newMacro(); } },
    { id: 'write.phrases', labelKey: 'command.importPhrases', group: 'go', shortcut: null, run: () => { app.goTo('knowledge'); page.knowledge.importPhrases(true); } },
    { id: 'app.search', labelKey: 'command.search', group: 'app', shortcut: 'Mod+f', alsoShortcuts: ['/'], isAllowedWhileTyping: true, run: () => app.show('search') },
    { id: 'app.palette', labelKey: 'command.palette', group: 'app', shortcut: 'Mod+k', isAllowedWhileTyping: true, run: () => app.show('palette') },
    { id: 'app.keys', labelKey: 'command.keys', group: 'app', shortcut: '?', run: () => app.show('keys') },
    { id: 'app.keySettings', labelKey: 'command.keySettings', group: 'app', shortcut: null, run: () => app.openSettings('keys') },
    { id: 'app.theme', labelKey: 'command.theme', group: 'app', shortcut: null, run: switchTheme },
    { id: 'app.backup', labelKey: 'command.backup', group: 'app', shortcut: null, run: backup },
    { id: 'app.lock', labelKey: 'command.lock', group: 'app', shortcut: null, isAvailable: isLockable, run: lock },
  ];
}
