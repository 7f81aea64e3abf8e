import { Menu, session, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';

/** Chromium has dictionaries for these of our languages; there is none for Chinese. */
const SPELLING_LANGUAGES = ['en-US'];
const CONTEXT_ROLES = ['cut', 'copy', 'paste', 'selectAll'] as const;

/**
 * Off, no language is set, so that no dictionary is looked for. On, macOS uses its own checker; elsewhere Chromium fetches the
 * English dictionary once, which `onFetched` hears of. Call before the window is made: a page checks only if it was opened so.
 */
export function applySpelling(isOn: boolean, platform: NodeJS.Platform): void {
  session.defaultSession.setSpellCheckerEnabled(isOn);
  // a system that picks the languages itself refuses to be told
  if (platform !== 'darwin') session.defaultSession.setSpellCheckerLanguages(isOn ? SPELLING_LANGUAGES : []);
}

export function watchDictionary(onFetched: (hasFailed: boolean) => void): void {
  session.defaultSession.on('spellcheck-dictionary-download-success', () => onFetched(false));
  session.defaultSession.on('spellcheck-dictionary-download-failure', () => onFetched(true));
}

/** The menu of the second mouse button: spellings, and what edits text. The page's own menus come first and stop this one. */
export function offerContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    if (!params.isEditable && params.selectionText === '') return;
    const spellings = params.dictionarySuggestions.map((label): MenuItemConstructorOptions => ({ label, click: () => window.webContents.replaceMisspelling(label) }));
    const roles = CONTEXT_ROLES.filter((role) => params.isEditable || role === 'copy').map((role): MenuItemConstructorOptions => ({ role }));
    const between: MenuItemConstructorOptions[] = spellings.length > 0 ? [{ type: 'separator' }] : [];
    Menu.buildFromTemplate([...spellings, ...between, ...roles]).popup({ window });
  });
}
