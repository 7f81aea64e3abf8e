import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { HostBridge, HostMessage } from '../../../shared/host-bridge.ts';
import { CHANNEL_CONNECT, CHANNEL_DESKTOP, CHANNEL_DESKTOP_EVENT, CHANNEL_LOST, CHANNEL_PICK_FILES, CHANNEL_READY } from './channels.ts';

// ports cannot cross the context bridge; a window message is the way Electron documents. The window never leaves app://deskmate.
function tellPage(message: HostMessage, ports: MessagePort[]): void {
  window.postMessage(message, '*', ports);
}

const bridge: HostBridge = {
  async connect() {
    await ipcRenderer.invoke(CHANNEL_READY);
    const channel = new MessageChannel();
    ipcRenderer.postMessage(CHANNEL_CONNECT, null, [channel.port1]);
    tellPage({ kind: 'deskmate.port' }, [channel.port2]);
  },
  pickFiles: async () => (await ipcRenderer.invoke(CHANNEL_PICK_FILES)) as string[],
  desktop: (call, input) => ipcRenderer.invoke(CHANNEL_DESKTOP, call, input),
  pathForFile: (file) => webUtils.getPathForFile(file),
};

ipcRenderer.on(CHANNEL_LOST, () => tellPage({ kind: 'deskmate.lost' }, []));
ipcRenderer.on(CHANNEL_DESKTOP_EVENT, (_event, told: unknown) => tellPage({ kind: 'deskmate.desktop', event: told }, []));
contextBridge.exposeInMainWorld('deskmate', bridge);
