import { Menu, type MenuItemConstructorOptions } from 'electron';

const WORDS = {
  en: { file: 'File', edit: 'Edit', view: 'View', window: 'Window', help: 'Help', about: 'About Deskmate', quit: 'Quit', undo: 'Undo', redo: 'Redo', cut: 'Cut', copy: 'Copy', paste: 'Paste', all: 'Select all', reload: 'Reload', actual: 'Actual size', larger: 'Zoom in', smaller: 'Zoom out', full: 'Full screen', minimise: 'Minimise', close: 'Close' },
  zh: { file: '文件', edit: '编辑', view: '显示', window: '窗口', help: '帮助', about: '关于 Deskmate 同桌', quit: '退出', undo: '撤销', redo: '重做', cut: '剪切', copy: '复制', paste: '粘贴', all: '全选', reload: '重新载入', actual: '实际大小', larger: '放大', smaller: '缩小', full: '全屏', minimise: '最小化', close: '关闭' },
};

/** What the zoom entries do: a step, or back to 100 %. */
type ZoomAction = 1 | -1 | 'actual';
export type AppMenuOptions = { locale: string; platform: NodeJS.Platform; isPackaged: boolean; zoom: (action: ZoomAction) => void };

/** The menu in the system's language. Zoom has entries of our own, as it has its limits and is kept; every other entry is a standard role, so the page's own keys stay free. */
export function setAppMenu({ locale, platform, isPackaged, zoom }: AppMenuOptions): void {
  const words = locale.toLowerCase().startsWith('zh') ? WORDS.zh : WORDS.en;
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const mac: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  const tools: MenuItemConstructorOptions[] = isPackaged ? [] : [separator, { role: 'toggleDevTools' }];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { label: words.file, submenu: [{ role: 'close', label: words.close }, { role: 'quit', label: words.quit }] },
      { label: words.edit, submenu: [{ role: 'undo', label: words.undo }, { role: 'redo', label: words.redo }, separator, { role: 'cut', label: words.cut }, { role: 'copy', label: words.copy }, { role: 'paste', label: words.paste }, { role: 'selectAll', label: words.all }] },
      { label: words.view, submenu: [{ role: 'reload', label: words.reload }, separator, ...zoomEntries(words, zoom), separator, { role: 'togglefullscreen', label: words.full }, ...tools] },
      { label: words.window, role: 'windowMenu', submenu: [{ role: 'minimize', label: words.minimise }, { role: 'close', label: words.close }] },
      { label: words.help, role: 'help', submenu: [{ role: 'about', label: words.about }] },
    ]),
  );
}

function zoomEntries(words: (typeof WORDS)['en'], zoom: (action: ZoomAction) => void): MenuItemConstructorOptions[] {
  return [
    { label: words.actual, accelerator: 'CommandOrControl+0', click: () => zoom('actual') },
    { label: words.larger, accelerator: 'CommandOrControl+Plus', click: () => zoom(1) },
    // the plus of most keyboards needs Shift; its own key does the same
    { label: words.larger, accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true, click: () => zoom(1) },
    { label: words.smaller, accelerator: 'CommandOrControl+-', click: () => zoom(-1) },
  ];
}
