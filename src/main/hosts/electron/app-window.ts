import { BrowserWindow, shell, type WebContents } from 'electron';
import type { DesktopPrefs } from '../../../shared/desktop-bridge.ts';
import { LEAST, type placeWindow } from '../window-place.ts';
import { isOwnAddress, ORIGIN } from './app-protocol.ts';

const MAX_ADDRESS_LENGTH = 2048;

/** A link that may be opened in the rep's own browser: http or https, without a hidden name or password. The page has asked the rep before. */
export function isSafeLink(address: string): boolean {
  if (address.length > MAX_ADDRESS_LENGTH || !URL.canParse(address)) return false;
  const url = new URL(address);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
}

/** The page never leaves its origin, opens no window and hosts no other page. */
export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isSafeLink(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

export type AppWindowOptions = { preloadFile: string; place: ReturnType<typeof placeWindow>; prefs: Pick<DesktopPrefs, 'isSpellingOn' | 'zoomPercent'> };

export function createAppWindow({ preloadFile, place: { isMaximised, ...bounds }, prefs }: AppWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    title: 'Deskmate',
    // off unless chosen: outside macOS the spell checker fetches its dictionary
    webPreferences: { preload: preloadFile, contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, spellcheck: prefs.isSpellingOn, zoomFactor: prefs.zoomPercent / 100 },
  });
  if (isMaximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  // drafts live in the backend: a crashed page is simply loaded again
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void window.loadURL(`${ORIGIN}/`);
  });
  return window;
}

export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
