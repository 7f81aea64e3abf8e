import type { KeyMap } from '../../shared/contract/keys.contract.ts';
import type { Command } from '../base/command.ts';
import { withChosenKeys } from '../base/key-map.ts';
import { deskCommands } from '../features/desk/desk-commands.ts';
import { shellCommands } from './app-commands.ts';
import { desktopCommands } from './desktop/desktop-commands.ts';
import { goCommands } from './palette/go-commands.ts';
import type { Page } from './page.ts';
import { sessionCommands } from './session/session-commands.ts';

/** Every command of every feature, with the keys it comes with: the one list behind keys, palette, key sheet and settings. */
export function allCommands(page: Page): Command[] {
  const onDesk = deskCommands(page.desk, page.toasts).map((command): Command => ({ ...command, place: 'desk' }));
  return [...onDesk, ...goCommands(page), ...shellCommands(page), ...sessionCommands(page), ...desktopCommands(page)];
}

/** All of them with the keys that this rep chose. */
export function boundCommands(page: Page): Command[] {
  return withChosenKeys(allCommands(page), page.app.store.getState().settings.keys);
}

/** The first keys of a command by its id, for buttons and menus that show them. */
export function shortcutLookup(page: Page, keys: KeyMap): (commandId: string) => string | null {
  const byId = new Map(withChosenKeys(allCommands(page), keys).map(({ id, shortcut }) => [id, shortcut]));
  return (commandId) => byId.get(commandId) ?? null;
}

/** Those that act on the screen that is up. */
export function commandsOf(page: Page): Command[] {
  const { screen } = page.app.store.getState();
  return boundCommands(page).filter((command) => command.place === undefined || command.place === screen);
}
