import { screen, type BrowserWindow } from 'electron';
import type { DesktopFile } from '../desktop-file.ts';
import { placeWindow } from '../window-place.ts';

const SAVE_AFTER_MS = 500;

/** Where the window opens this time. Call once the app is ready. */
export function savedPlace(file: DesktopFile): ReturnType<typeof placeWindow> {
  return placeWindow(file.window(), screen.getAllDisplays().map(({ workArea }) => workArea), screen.getPrimaryDisplay().workArea);
}

/** Remembers the window's place and size; a minimised or full-screen window keeps what it had before. */
export function keepPlace(window: BrowserWindow, file: DesktopFile): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (!window.isDestroyed() && !window.isMinimized() && !window.isFullScreen()) file.saveWindow({ ...window.getNormalBounds(), isMaximised: window.isMaximized() });
  };
  const saveSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  };
  window.on('resize', saveSoon);
  window.on('move', saveSoon);
  window.on('close', save);
}
