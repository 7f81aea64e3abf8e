import { app, type BrowserWindow } from 'electron';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { zoomStep, type DesktopEvent } from '../../../shared/desktop-bridge.ts';
import { storePaths } from '../../platform/paths.ts';
import { openDesktopFile } from '../desktop-file.ts';
import { createAppWindow, raise } from './app-window.ts';
import { CHANNEL_DESKTOP_EVENT } from './channels.ts';
import { createLinkBox, linkIn, listenForLinks } from './deep-links.ts';
import { createElectronDesktop, type ElectronDesktop } from './desktop.ts';
import { setAppMenu } from './menu.ts';
import { applySpelling, offerContextMenu, watchDictionary } from './spelling.ts';
import { createCountShower, type CountShower } from './tray.ts';
import { keepPlace, savedPlace } from './window-keeping.ts';

/** Everything around the page: links, tray, menu, notices, the window's place. Made before the app is ready, `ready` after. */
export function openShell({ storeDir, window }: { storeDir: string; window: () => BrowserWindow | undefined }) {
  const file = openDesktopFile(storeDir);
  const { platform } = process;
  let counts: CountShower | undefined;
  let isQuitting = false;
  const tell = (event: DesktopEvent): void => window()?.webContents.send(CHANNEL_DESKTOP_EVENT, event);
  const links = createLinkBox(tell, linkIn(process.argv));
  const open = (id: ConversationId | null): void => {
    if (id !== null) links.give(id);
    const shown = window();
    if (shown !== undefined) raise(shown);
  };
  listenForLinks(open);
  app.on('before-quit', () => (isQuitting = true));
  app.on('activate', () => open(null));
  return {
    /** Call once the app is ready. */
    ready(): ElectronDesktop {
      counts = createCountShower({ locale: app.getLocale(), platform, window, open: () => open(null), quit: () => app.quit(), tell });
      const desktop = createElectronDesktop({ file, counts, logFile: storePaths(storeDir).log, platform, window, open, tell, takeLink: links.take });
      setAppMenu({ locale: app.getLocale(), platform, isPackaged: app.isPackaged, zoom: (action) => desktop.setZoom(action === 'actual' ? 100 : zoomStep(file.prefs().zoomPercent, action)) });
      applySpelling(file.prefs().isSpellingOn, platform);
      watchDictionary((hasFailed) => tell({ kind: 'dictionary.fetched', hasFailed }));
      app.on('will-quit', () => counts?.remove());
      return desktop;
    },
    makeWindow(preloadFile: string): BrowserWindow {
      const made = createAppWindow({ preloadFile, place: savedPlace(file), prefs: file.prefs() });
      keepPlace(made, file);
      offerContextMenu(made);
      made.webContents.on('did-start-loading', links.pageGone);
      // Chromium keeps a zoom by address, so it is set again whenever the page has come
      made.webContents.on('did-finish-load', () => made.webContents.setZoomFactor(file.prefs().zoomPercent / 100));
      made.on('close', (event) => {
        if (isQuitting || !file.prefs().closeToTray || counts?.hasTray() !== true) return;
        event.preventDefault();
        made.hide();
      });
      return made;
    },
  };
}
