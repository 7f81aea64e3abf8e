import { app, shell, type BrowserWindow } from 'electron';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { FULL, missing, partly, type Availability, type DesktopCalls, type DesktopEvent, type DesktopFacts, type DesktopPrefs } from '../../../shared/desktop-bridge.ts';
import type { DesktopFile } from '../desktop-file.ts';
import { setOpenAtLogin } from './login-item.ts';
import { createNotices } from './notices.ts';
import { applySpelling } from './spelling.ts';
import type { CountShower } from './tray.ts';

export type ElectronDesktopOptions = {
  file: DesktopFile; counts: CountShower; logFile: string; platform: NodeJS.Platform;
  window: () => BrowserWindow | undefined;
  /** Shows the window; with an id, its conversation. */
  open: (id: ConversationId | null) => void;
  tell: (event: DesktopEvent) => void;
  takeLink: () => ConversationId | null;
};
export type ElectronDesktop = DesktopCalls & { setZoom(percent: DesktopPrefs['zoomPercent']): void };

/** What the page may ask of its window in Electron. */
export function createElectronDesktop(options: ElectronDesktopOptions): ElectronDesktop {
  const { file, counts, platform, tell } = options;
  const notices = createNotices(options.open);
  const facts = (): DesktopFacts => ({
    host: 'electron',
    platform: `${platform} ${process.arch}`,
    versions: { electron: process.versions.electron ?? '', chrome: process.versions['chrome'] ?? '', node: process.versions.node },
    prefs: file.prefs(),
    features: featuresOf(platform, counts.hasTray(), notices.isSupported()),
    logFile: options.logFile,
  });
  const setZoom = (zoomPercent: DesktopPrefs['zoomPercent']): void => {
    options.window()?.webContents.setZoomFactor(zoomPercent / 100);
    file.change({ zoomPercent });
    tell({ kind: 'facts.changed', facts: facts() });
  };
  return {
    setZoom,
    facts: async () => facts(),
    async setPrefs({ zoomPercent, ...change }) {
      if (change.openAtLogin !== undefined) setOpenAtLogin(change.openAtLogin, platform);
      if (change.isSpellingOn !== undefined) applySpelling(change.isSpellingOn, platform);
      file.change(change);
      if (zoomPercent !== undefined) setZoom(zoomPercent);
      return facts();
    },
    async showState(state) {
      counts.show(state);
      return {};
    },
    notify: async (notice) => ({ isShown: notices.show(notice) }),
    async openLogFolder() {
      shell.showItemInFolder(options.logFile);
      return { isOpened: true };
    },
    takeLink: async () => ({ conversationId: options.takeLink() }),
  };
}

function featuresOf(platform: NodeJS.Platform, hasTray: boolean, canNotify: boolean): DesktopFacts['features'] {
  const installed = (here: Availability): Availability => (app.isPackaged ? here : missing('not_installed'));
  const onLinux = (here: Availability): Availability => (platform === 'linux' ? here : FULL);
  return {
    tray: hasTray ? onLinux(partly('some_desktops')) : missing('some_desktops'),
    badge: onLinux(partly('some_desktops')),
    notifications: canNotify ? FULL : missing('no_notifications'),
    windowState: FULL, zoom: FULL, print: FULL, folders: FULL,
    spelling: platform === 'darwin' ? FULL : partly('downloads_dictionary'),
    links: installed(FULL),
    openAtLogin: installed(FULL),
  };
}
