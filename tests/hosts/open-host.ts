/** Opens the same app through either host, with the page's own connection on the other end. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocket as NodeSocket } from 'ws';
import type { BackendStart } from '../../src/main/app/backend-control.ts';
import { startLoopbackHost } from '../../src/main/hosts/loopback/loopback-host.ts';
import { createConnection, type Connection } from '../../src/renderer/connection/connection.ts';
import { createElectronTransport } from '../../src/renderer/connection/electron.transport.ts';
import { createLoopbackTransport } from '../../src/renderer/connection/loopback.transport.ts';
import { createBrowserDesktop, type BrowserView } from '../../src/renderer/connection/browser.desktop.ts';
import { callsOver, createBridgedDesktop, type Desktop } from '../../src/renderer/connection/desktop.ts';
import type { HostBridge } from '../../src/shared/host-bridge.ts';

export type OpenedHost = {
  connection: Connection;
  storeDir: string;
  killBackend(): Promise<void>;
  close(): Promise<void>;
};

/** A folder that looks like the project's, with the shipped files in their places. */
function makeRoot(): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'deskmate-host-'));
  for (const name of ['models', 'resources']) symlinkSync(path.join(import.meta.dirname, '../..', name), path.join(root, name));
  return root;
}

export async function openLoopback(backendFile: string, engineFile: string) {
  const root = makeRoot();
  writeFileSync(path.join(root, 'index.html'), '<!doctype html><title>Deskmate</title>');
  writeFileSync(path.join(root, 'engine.js'), `import ${JSON.stringify(pathToFileURL(engineFile).href)};`);
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  const storeDir = path.join(root, 'store');
  const start: BackendStart = { host: 'loopback', version: '0.0.0', storeDir, modelsDir: path.join(root, 'models'), resourcesDir: path.join(root, 'resources'), outDir: root, hasSecretBox: false, forksInHost: false };
  const host = await startLoopbackHost({ start, rendererDir: root, port: 0, backendFile });
  const opened = await fetch(host.openUrl, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, origin: host.origin };
  const connection = createConnection(
    createLoopbackTransport({
      origin: host.origin,
      createSocket: (url) => new NodeSocket(url, { headers: { cookie }, origin: host.origin }) as unknown as WebSocket,
      fetch: (url, init) => fetch(url, { ...init, headers: { ...headers, ...(init?.headers as Record<string, string> | undefined) } }),
      chooseFiles: async () => [new File(['a,b\n1,2\n'], '../订单 1.csv')],
    }),
  );
  return {
    host,
    cookie,
    connection,
    storeDir,
    async killBackend() {
      const backend = await host.whenReady(20_000);
      process.kill(backend?.pid ?? 0, 'SIGKILL');
    },
    async close() {
      connection.close();
      await host.close();
      rmSync(root, { recursive: true, force: true });
    },
  } satisfies OpenedHost & Record<string, unknown>;
}

/** Only callable once a test file, and only where `electron` is mocked by the fake. */
export async function openElectron(backendFile: string, engineFile: string) {
  const root = makeRoot();
  const fake = await import('../fakes/electron.ts');
  fake.state.entries = { backend: backendFile, engine: engineFile };
  const page = fakePage();
  Object.assign(globalThis, { window: page });
  process.env['DESKMATE_DATA'] = path.join(root, 'store');
  const { startElectron } = await import('../../src/main/hosts/electron/electron-main.ts');
  await startElectron(path.join(root, 'out/main'));
  await import('../../src/main/hosts/electron/preload.ts');
  const connection = createConnection(createElectronTransport(fake.state.bridge as HostBridge, page as unknown as Window));
  return {
    fake,
    page,
    connection,
    storeDir: path.join(root, 'store'),
    async killBackend() {
      const backend = fake.state.utilities.findLast(({ entry }) => entry === 'backend');
      const exited = new Promise((done) => backend?.once('exit', done));
      backend?.kill();
      await exited;
      // the fake's utilities are threads of this process: a dead one's lock would name a process that lives
      rmSync(path.join(root, 'store', 'lock.json'), { force: true });
    },
    async close() {
      connection.close();
      const exited = new Promise((done) => (fake.app.exit = done));
      fake.app.emit('will-quit', { preventDefault: () => {} });
      await exited;
      delete process.env['DESKMATE_DATA'];
      rmSync(root, { recursive: true, force: true });
    },
  } satisfies OpenedHost & Record<string, unknown>;
}

function fakePage() {
  const target = new EventTarget();
  return Object.assign(target, {
    postMessage(data: unknown, _origin: string, ports: unknown[]) {
      const event = Object.assign(new Event('message'), { data: structuredClone(data), ports, source: target });
      setImmediate(() => target.dispatchEvent(event));
    },
  });
}

export function desktopOverElectron({ fake, page }: Awaited<ReturnType<typeof openElectron>>): Desktop {
  return createBridgedDesktop(fake.state.bridge as HostBridge, page as unknown as Window);
}

/** A browser window that has allowed notices; `ask` is the bare call. */
export function desktopOverLoopback({ host, cookie }: Awaited<ReturnType<typeof openLoopback>>) {
  const ask = async (call: string, input: unknown): Promise<unknown> => {
    const reply = await fetch(`${host.origin}/desktop`, { method: 'POST', headers: { cookie, origin: host.origin }, body: JSON.stringify({ call, input }) });
    if (!reply.ok) throw new Error(await reply.text());
    return reply.json();
  };
  class AllowedNotice extends EventTarget {
    static readonly permission = 'granted';
  }
  const view = Object.assign(new EventTarget(), { focus: () => {}, document: { querySelector: () => null }, location: { hash: '' }, history: {}, Notification: AllowedNotice }) as unknown as BrowserView;
  return { desktop: createBrowserDesktop(callsOver(ask), view), ask };
}
