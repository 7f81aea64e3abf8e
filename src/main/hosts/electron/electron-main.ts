import { app, type BrowserWindow } from 'electron';
import path from 'node:path';
import type { BackendStart } from '../../app/backend-control.ts';
import { systemClock } from '../../platform/clock.ts';
import { defaultStoreDir, storePaths } from '../../platform/paths.ts';
import { superviseBackend, type BackendSupervisor } from '../backend-supervisor.ts';
import { denyPermissions, ORIGIN, registerAppScheme, serveAppScheme } from './app-protocol.ts';
import { lockContents } from './app-window.ts';
import { CHANNEL_LOST } from './channels.ts';
import { openKeychain } from './keychain.ts';
import { answerPageCalls } from './page-calls.ts';
import { openShell } from './shell.ts';
import { answerForks, forkBackend, killForks, type UtilityBackend } from './utility-processes.ts';

/** Starts the product; `outDir` is the folder of the built entries. Answers false when another instance already runs. */
export async function startElectron(outDir: string): Promise<boolean> {
  const storeDir = defaultStoreDir();
  // the window's own files stay beside the store, so that one folder is all there is, and one instance a store
  app.setPath('userData', path.join(storePaths(storeDir).dir, 'window'));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  registerAppScheme();
  app.enableSandbox();
  app.setAppUserModelId('app.deskmate.desktop');
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  let window: BrowserWindow | undefined;
  const shell = openShell({ storeDir, window: () => window });
  await app.whenReady();

  denyPermissions();
  serveAppScheme(path.join(outDir, '../renderer'));
  const secretBox = openKeychain(process.platform);
  const supervisor = superviseBackend<UtilityBackend>({
    spawn: () => forkBackend(outDir),
    start: backendStart(outDir, storeDir, secretBox !== null),
    secretBox,
    nowMs: systemClock.nowMs,
    onFrame: (frame, backend) => answerForks(frame, backend, outDir),
    onLost(backend) {
      killForks(backend);
      window?.webContents.send(CHANNEL_LOST);
    },
  });
  const desktop = shell.ready();
  answerPageCalls({ window: () => window, whenReady: supervisor.whenReady, desktop });
  endTogether(supervisor);
  window = shell.makeWindow(path.join(outDir, '../preload/preload.cjs'));
  window.on('closed', () => (window = undefined));
  await window.loadURL(`${ORIGIN}/`);
  return true;
}

function backendStart(outDir: string, storeDir: string, hasSecretBox: boolean): BackendStart {
  const shipped = app.isPackaged ? process.resourcesPath : path.join(outDir, '../..');
  return {
    host: 'electron',
    version: app.getVersion(),
    storeDir,
    modelsDir: path.join(shipped, 'models'),
    resourcesDir: path.join(shipped, 'resources'),
    outDir,
    hasSecretBox,
    forksInHost: true,
  };
}

/** The store is closed before the process goes. */
function endTogether(supervisor: BackendSupervisor<UtilityBackend>): void {
  let isEnding = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (isEnding) return;
    isEnding = true;
    event.preventDefault();
    void supervisor.stop().finally(() => app.exit(0));
  });
}
