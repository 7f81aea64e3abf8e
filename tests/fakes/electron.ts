/** Stands in for `electron` in tests. Utility processes are worker threads with real ports; the types keep it honest. */
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { MessagePortLike } from '../../src/main/platform/utility-port.ts';

type Envelope = { data: unknown; ports: MessagePort[] };
type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
type RendererListener = (event: Electron.IpcRendererEvent, ...args: unknown[]) => void;
type SchemeHandler = (request: Request) => Response | Promise<Response>;

const BOOTSTRAP = new URL('utility-bootstrap.ts', import.meta.url);
const handlers = new Map<string, Handler>();
const mainEvents = new EventEmitter();
const rendererEvents = new EventEmitter();

export const state = {
  bridge: undefined as unknown,
  schemes: new Map<string, SchemeHandler>(),
  windows: [] as FakeWindow[],
  utilities: [] as FakeUtility[],
  /** Built entry name → the source file that stands for it. */
  entries: {} as Record<string, string>,
  senderFrame: { url: 'app://deskmate/', parent: null as unknown },
  permissionAnswers: [] as boolean[],
  menuLabels: [] as string[],
  keychain: { isAvailable: true, backend: 'gnome_libsecret' as Electron.SafeStorage extends { getSelectedStorageBackend(): infer B } ? B : never },
  picked: ['/shop/orders.csv'],
  opened: [] as string[],
  trays: [] as Tray[],
  notices: [] as Notification[],
  badgeCount: 0,
  /** Where this user's programs keep their settings. */
  configDir: '',
  loginItems: [] as Electron.Settings[],
  shownFiles: [] as string[],
  popups: [] as string[][],
  menu: [] as Electron.MenuItemConstructorOptions[],
  spelling: { isOn: true, languages: ['zh-CN'] },
  screens: [{ x: 0, y: 0, width: 1920, height: 1040 }] as Electron.Rectangle[],
};

/** The real port, with Electron's `{data, ports}` events; it holds messages until `start()`. */
export class FakePort implements MessagePortLike {
  readonly native: MessagePort;
  #events = new EventEmitter();
  constructor(native: MessagePort) {
    this.native = native;
    native.on('close', () => this.#events.emit('close'));
  }
  on(event: 'message' | 'close', listener: (event: { data: unknown }) => void): this {
    this.#events.on(event, listener);
    return this;
  }
  off(event: 'message' | 'close', listener: (event: { data: unknown }) => void): this {
    this.#events.off(event, listener);
    return this;
  }
  postMessage(value: unknown): void {
    this.native.postMessage(value);
  }
  start(): void {
    if (this.native.listenerCount('message') === 0) this.native.on('message', (data: unknown) => this.#events.emit('message', { data, ports: [] }));
  }
  close(): void {
    this.native.close();
  }
}

export class MessageChannelMain {
  readonly port1: FakePort;
  readonly port2: FakePort;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new FakePort(port1);
    this.port2 = new FakePort(port2);
  }
}

class FakeUtility extends EventEmitter {
  readonly pid = undefined;
  readonly entry: string;
  readonly worker: Worker;
  constructor(file: string) {
    super();
    this.entry = /([^/\\]+)\.js$/.exec(file)?.[1] ?? '';
    this.worker = new Worker(BOOTSTRAP, { workerData: state.entries[this.entry], execArgv: [] });
    this.worker.on('message', (value: unknown) => this.emit('message', value));
    this.worker.on('exit', (code) => this.emit('exit', code));
    this.worker.on('error', (error) => console.error(error));
  }
  postMessage(data: unknown, transfer: FakePort[] = []): void {
    const ports = transfer.map(({ native }) => native);
    this.worker.postMessage({ data, ports } satisfies Envelope, ports);
  }
  kill(): boolean {
    void this.worker.terminate();
    return true;
  }
}
export const utilityProcess = {
  fork(file: string, _args?: string[], _options?: Electron.ForkOptions) {
    const child = new FakeUtility(file);
    state.utilities.push(child);
    return child;
  },
} satisfies Record<keyof Pick<typeof Electron.utilityProcess, 'fork'>, unknown>;

class FakeWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly addresses: string[] = [];
  readonly webContents = new FakeContents();
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    state.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL = async (address: string): Promise<void> => void this.addresses.push(address);
  isVisible = false;
  isLarge = false;
  overlay: [image: unknown, description: string] = [null, ''];
  bounds: Electron.Rectangle = { x: 0, y: 0, width: 1440, height: 900 };
  show = () => void (this.isVisible = true);
  hide = () => void (this.isVisible = false);
  focus = () => {};
  restore = () => {};
  maximize = () => void (this.isLarge = true);
  isMaximized = () => this.isLarge;
  isMinimized = () => false;
  isFullScreen = () => false;
  isDestroyed = () => false;
  getNormalBounds = () => this.bounds;
  setOverlayIcon = (image: unknown, description: string) => void (this.overlay = [image, description]);
}
class FakeContents extends EventEmitter {
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined;
  zoomFactor = 1;
  readonly replaced: string[] = [];
  setZoomFactor = (factor: number) => void (this.zoomFactor = factor);
  replaceMisspelling = (text: string) => void this.replaced.push(text);
  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    rendererEvents.emit(channel, {}, ...args.map((arg) => structuredClone(arg)));
  }
}
export const BrowserWindow = FakeWindow;

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  setPath: (_name: string, _path: string) => {},
  requestSingleInstanceLock: (): boolean => true,
  enableSandbox: () => {},
  whenReady: async () => {},
  getLocale: () => 'zh-CN',
  getVersion: () => '0.0.0',
  quit: () => {},
  exit: (_code?: number) => {},
  setAppUserModelId: (_id: string) => {},
  setAsDefaultProtocolClient: (_scheme: string): boolean => true,
  setBadgeCount: (count?: number): boolean => {
    state.badgeCount = count ?? 0;
    return true;
  },
  setLoginItemSettings: (settings: Electron.Settings) => void state.loginItems.push(settings),
  getPath: (_name: string): string => state.configDir,
} satisfies Partial<Pick<Electron.App, 'isPackaged' | 'setPath' | 'requestSingleInstanceLock' | 'enableSandbox' | 'whenReady' | 'getLocale' | 'getVersion' | 'quit' | 'exit' | 'setAppUserModelId' | 'setAsDefaultProtocolClient' | 'setBadgeCount' | 'setLoginItemSettings' | 'getPath'>>);

export const ipcMain = {
  handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
  on(channel: string, listener: (event: Electron.IpcMainEvent) => void) {
    mainEvents.on(channel, listener);
    return undefined as unknown as Electron.IpcMain;
  },
} satisfies Pick<Electron.IpcMain, 'handle' | 'on'>;

export const ipcRenderer = {
  // the real one structured-clones both ways: a function or class in an answer must fail here as well
  invoke: async (channel: string, ...args: unknown[]): Promise<unknown> =>
    structuredClone(await handlers.get(channel)?.({ senderFrame: state.senderFrame } as Electron.IpcMainInvokeEvent, ...args.map((arg) => structuredClone(arg)))),
  postMessage(channel: string, _message: unknown, transfer: unknown[] = []) {
    const ports = (transfer as MessagePort[]).map((port) => new FakePort(port));
    mainEvents.emit(channel, { senderFrame: state.senderFrame, ports });
  },
  on(channel: string, listener: RendererListener) {
    rendererEvents.on(channel, listener);
    return undefined as unknown as Electron.IpcRenderer;
  },
} satisfies Pick<Electron.IpcRenderer, 'invoke' | 'on'> & Record<'postMessage', unknown>;

export const contextBridge = { exposeInMainWorld: (_key: string, api: unknown) => void (state.bridge = api) } satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>;
export const webUtils = { getPathForFile: (file: File) => `/dropped/${file.name}` } satisfies Pick<Electron.WebUtils, 'getPathForFile'>;
export const protocol = { registerSchemesAsPrivileged: () => {}, handle: (scheme: string, handler: SchemeHandler) => void state.schemes.set(scheme, handler) } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
export const net = { fetch: async (_url: string | Request) => new Response('<!doctype html>') } satisfies Pick<Electron.Net, 'fetch'>;
type PermissionRequest = (contents: unknown, permission: string, allow: (isAllowed: boolean) => void, details: { requestingUrl: string }) => void;
const ASKED = [['media', 'app://deskmate/'], ['notifications', 'app://deskmate/'], ['clipboard-sanitized-write', 'app://deskmate.evil/'], ['clipboard-sanitized-write', 'app://deskmate/']] as const;
const defaultSession = Object.assign(new EventEmitter(), {
  setPermissionRequestHandler(handler: PermissionRequest) {
    for (const [permission, requestingUrl] of ASKED) handler({}, permission, (isAllowed) => state.permissionAnswers.push(isAllowed), { requestingUrl });
  },
  setPermissionCheckHandler(handler: (contents: unknown, permission: string, origin: string) => boolean) {
    for (const [permission, origin] of ASKED) state.permissionAnswers.push(handler({}, permission, origin));
  },
  setDevicePermissionHandler: (handler: () => boolean) => void state.permissionAnswers.push(handler()),
  setSpellCheckerEnabled: (isOn: boolean) => void (state.spelling.isOn = isOn),
  setSpellCheckerLanguages: (languages: string[]) => void (state.spelling.languages = languages),
} satisfies Record<keyof Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setSpellCheckerEnabled' | 'setSpellCheckerLanguages'>, unknown>);
export const session = { defaultSession };
export const shell = { openExternal: async (url: string) => void state.opened.push(url), showItemInFolder: (file: string) => void state.shownFiles.push(file) } satisfies Pick<Electron.Shell, 'openExternal' | 'showItemInFolder'>;
export const dialog = { showOpenDialog: async (_window: unknown, _options: Electron.OpenDialogOptions) => ({ canceled: state.picked.length === 0, filePaths: state.picked }) } satisfies Record<keyof Pick<Electron.Dialog, 'showOpenDialog'>, unknown>;
export const safeStorage = {
  isEncryptionAvailable: () => state.keychain.isAvailable,
  getSelectedStorageBackend: () => state.keychain.backend,
  encryptString: (text: string) => Buffer.from(`sealed:${text}`),
  decryptString: (sealed: Buffer) => sealed.toString().slice('sealed:'.length),
} satisfies Pick<Electron.SafeStorage, 'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'>;
type Template = Electron.MenuItemConstructorOptions[];
const labelsOf = (menu: Template): string[] => menu.map((item) => item.label ?? item.role ?? item.type ?? '');
export const Menu = {
  buildFromTemplate: (template: Template) => Object.assign(template, { popup: () => void state.popups.push(labelsOf(template)) }),
  setApplicationMenu(menu: Template) {
    state.menu = menu;
    state.menuLabels = labelsOf(menu);
  },
} satisfies Record<keyof Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>, unknown>;

export class Tray extends EventEmitter {
  image: unknown;
  tip = '';
  menu: Template = [];
  isRemoved = false;
  constructor(image: unknown) {
    super();
    this.image = image;
    state.trays.push(this);
  }
  setImage = (image: unknown) => void (this.image = image);
  setToolTip = (tip: string) => void (this.tip = tip);
  setContextMenu = (menu: Template) => void (this.menu = menu);
  destroy = () => void (this.isRemoved = true);
}

export class Notification extends EventEmitter {
  static isSupported = (): boolean => true;
  readonly options: Electron.NotificationConstructorOptions;
  isUp = false;
  constructor(options: Electron.NotificationConstructorOptions) {
    super();
    this.options = options;
    state.notices.push(this);
  }
  show = () => void (this.isUp = true);
  close = () => {
    this.isUp = false;
    this.emit('close');
  };
}
export const nativeImage = { createFromBitmap: (buffer: Buffer, options: Electron.CreateFromBitmapOptions) => ({ buffer, ...options }) } satisfies Record<keyof Pick<typeof Electron.nativeImage, 'createFromBitmap'>, unknown>;
export const screen = { getAllDisplays: () => state.screens.map((workArea) => ({ workArea })), getPrimaryDisplay: () => ({ workArea: state.screens[0] ?? { x: 0, y: 0, width: 1280, height: 720 } }) } satisfies Record<keyof Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay'>, unknown>;
