import { BrowserWindow, shell, type WebContents } from 'electron';
import { isOwnAddress, ORIGIN } from './app-protocol.ts';

const MAX_ADDRESS_LENGTH = 2048;

/** A link that may be opened in the rep's own browser: https, without a hidden name or password. */
export function isSafeLink(address: string): boolean {
  if (address.length > MAX_ADDRESS_LENGTH || !URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' && url.username === '' && url.password === '';
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

export function createAppWindow(preloadFile: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Deskmate',
    // the spell checker would fetch its dictionaries from outside
    webPreferences: { preload: preloadFile, contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, spellcheck: false },
  });
  window.once('ready-to-show', () => window.show());
  // drafts live in the backend: a crashed page is simply loaded again
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void window.loadURL(`${ORIGIN}/`);
  });
  return window;
}
