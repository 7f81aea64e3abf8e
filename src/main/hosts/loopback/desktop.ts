import { FULL, missing, partly, type DesktopCalls, type DesktopFacts } from '../../../shared/desktop-bridge.ts';
import type { DesktopFile } from '../desktop-file.ts';

export type LoopbackDesktopOptions = { file: DesktopFile; logFile: string; platform: NodeJS.Platform };

/** What a plain browser window can do of a desktop's things. What only the page can do there, the page does itself: title, notices, permission. */
export function createLoopbackDesktop({ file, logFile, platform }: LoopbackDesktopOptions): DesktopCalls {
  const facts = (): DesktopFacts => ({
    host: 'loopback',
    platform: `${platform} ${process.arch}`,
    versions: { node: process.versions.node },
    prefs: file.prefs(),
    features: {
      tray: missing('browser_window'), badge: partly('title_instead'), notifications: partly('permission_needed'), windowState: missing('browser_window'), zoom: partly('browser_zoom'),
      spelling: partly('browser_spelling'), print: FULL, links: partly('hash_link'), openAtLogin: missing('browser_window'), folders: partly('path_only'),
    },
    logFile,
  });
  return {
    facts: async () => facts(),
    setPrefs: async ({ isSpellingOn }) => {
      // the others are settings of a window that is not there
      file.change({ isSpellingOn });
      return facts();
    },
    showState: async () => ({}),
    notify: async () => ({ isShown: false }),
    openLogFolder: async () => ({ isOpened: false }),
    takeLink: async () => ({ conversationId: null }),
  };
}
