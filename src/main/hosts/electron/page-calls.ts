import { dialog, ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { isOwnAddress } from './app-protocol.ts';
import type { DesktopCalls } from '../../../shared/desktop-bridge.ts';
import { answerDesktop } from '../desktop-door.ts';
import { CHANNEL_CONNECT, CHANNEL_DESKTOP, CHANNEL_PICK_FILES, CHANNEL_READY } from './channels.ts';
import type { UtilityBackend } from './utility-processes.ts';

const BACKEND_WITHIN_MS = 15_000;

export type PageCallOptions = { window: () => BrowserWindow | undefined; whenReady: (withinMs: number) => Promise<UtilityBackend | undefined>; desktop: DesktopCalls };

/** The few things the page may ask of this process; everything else goes to the backend over its own port. */
export function answerPageCalls({ window, whenReady, desktop }: PageCallOptions): void {
  let lastId = 0;
  ipcMain.handle(CHANNEL_READY, async (event) => {
    checkSender(event);
    if ((await whenReady(BACKEND_WITHIN_MS)) === undefined) throw new Error('the backend is not running');
  });
  ipcMain.on(CHANNEL_CONNECT, (event) => {
    checkSender(event);
    const [port] = event.ports;
    if (port === undefined) return;
    void whenReady(0).then((backend) => {
      if (backend === undefined) port.close();
      else backend.handOver({ kind: 'page.open', pageId: ++lastId }, port);
    });
  });
  ipcMain.handle(CHANNEL_DESKTOP, (event, call: unknown, input: unknown) => {
    checkSender(event);
    return answerDesktop(desktop, call, input);
  });
  ipcMain.handle(CHANNEL_PICK_FILES, async (event) => {
    checkSender(event);
    const parent = window();
    if (parent === undefined) return [];
    const picked = await dialog.showOpenDialog(parent, { properties: ['openFile', 'multiSelections'] });
    return picked.canceled ? [] : picked.filePaths;
  });
}

/** Only the top frame of our own page may call. */
function checkSender(event: IpcMainEvent | IpcMainInvokeEvent): void {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null || !isOwnAddress(frame.url)) throw new Error('foreign frame');
}
