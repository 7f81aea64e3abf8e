import { app, Menu, nativeImage, Tray, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import type { DeskState, DesktopEvent } from '../../../shared/desktop-bridge.ts';
import { drawIcon, type IconKind } from '../dot-icon.ts';

const ICON_PX = 32;
const QUIET_MODES = ['full', 'rare', 'off'] as const;
const FIRST_WORDS = {
  en: { title: 'Deskmate', open: 'Open Deskmate', quit: 'Quit' },
  zh: { title: 'Deskmate 同桌', open: '打开 Deskmate', quit: '退出' },
};

export type CountShower = { show(state: DeskState): void; hasTray(): boolean; remove(): void };
export type CountShowerOptions = { locale: string; platform: NodeJS.Platform; window: () => BrowserWindow | undefined; open: () => void; quit: () => void; tell: (event: DesktopEvent) => void };

/** Tray, dock or taskbar: the counts, and a menu in the reader's words. A system without a tray has none, and the window then closes as ever. */
export function createCountShower(options: CountShowerOptions): CountShower {
  const tray = makeTray();
  const words = options.locale.toLowerCase().startsWith('zh') ? FIRST_WORDS.zh : FIRST_WORDS.en;
  tray?.setToolTip(words.title);
  tray?.setContextMenu(Menu.buildFromTemplate([{ label: words.open, click: options.open }, { type: 'separator' }, { label: words.quit, click: options.quit }]));
  // a click opens the menu on macOS, and the window elsewhere
  if (options.platform !== 'darwin') tray?.on('click', options.open);
  return {
    hasTray: () => tray !== undefined,
    show(state) {
      tray?.setImage(iconOf(state.urgentCount > 0 ? 'tray_urgent' : 'tray'));
      tray?.setToolTip(state.words.title);
      tray?.setContextMenu(Menu.buildFromTemplate(menuOf(state, options)));
      showBadge(state, options);
    },
    remove: () => tray?.destroy(),
  };
}

function makeTray(): Tray | undefined {
  try {
    return new Tray(iconOf('tray'));
  } catch {
    return undefined;
  }
}

function iconOf(kind: IconKind) {
  return nativeImage.createFromBitmap(drawIcon(kind, ICON_PX), { width: ICON_PX, height: ICON_PX, scaleFactor: 2 });
}

function menuOf(state: DeskState, { open, quit, tell }: CountShowerOptions): MenuItemConstructorOptions[] {
  const quiet = QUIET_MODES.map((quietMode): MenuItemConstructorOptions => ({ label: state.words[quietMode], type: 'radio', checked: state.quietMode === quietMode, click: () => tell({ kind: 'chosen.quiet', quietMode }) }));
  return [
    { label: state.words.open, click: open },
    { label: state.words.quiet, submenu: quiet, enabled: state.isOpen },
    { label: state.words.lock, enabled: state.isOpen, click: () => tell({ kind: 'chosen.lock' }) },
    { type: 'separator' },
    { label: state.words.quit, click: quit },
  ];
}

function showBadge(state: DeskState, { platform, window }: CountShowerOptions): void {
  if (platform !== 'win32') return void app.setBadgeCount(state.unreadCount);
  // Windows has no number on the taskbar: a dot, with the words for a screen reader
  window()?.setOverlayIcon(state.urgentCount > 0 || state.unreadCount > 0 ? iconOf('overlay') : null, state.words.title);
}
