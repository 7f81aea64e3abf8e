import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { isSafeLink } from '../../src/main/hosts/electron/app-window.ts';
import { openKeychain } from '../../src/main/hosts/electron/keychain.ts';
import { openElectron } from './open-host.ts';

vi.mock('electron', () => import('../fakes/electron.ts'));

let opened: Awaited<ReturnType<typeof openElectron>>;
beforeAll(async () => (opened = await openElectron(path.join(import.meta.dirname, 'fixture-backend.process.ts'), path.join(import.meta.dirname, 'fixture-engine.process.ts'))));
afterAll(() => opened.close());

const window = () => opened.fake.state.windows[0]!;

it('opens one sandboxed window on its own origin', () => {
  expect(window().options.webPreferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, spellcheck: false });
  expect(window().addresses).toEqual(['app://deskmate/']);
  // media, notices, the clipboard of a foreign page and of our own, each asked and checked; then devices
  expect(opened.fake.state.permissionAnswers).toEqual([false, false, false, true, false, false, false, true, false]);
  expect(opened.fake.state.menuLabels).toEqual(['文件', '编辑', '显示', '窗口', '帮助']);
});

it('serves the page with the policy and nothing outside its folder', async () => {
  const serve = opened.fake.state.schemes.get('app')!;
  const page = await serve(new Request('app://deskmate/'));
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'self';");
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect((await serve(new Request('app://deskmate/..%2f..%2fsecret'))).status).toBe(404);
  expect((await serve(new Request('app://elsewhere/'))).status).toBe(404);
});

it('never navigates away and opens only plain http and https links outside', () => {
  const contents = window().webContents;
  const prevented: string[] = [];
  for (const url of ['app://deskmate/', 'app://deskmate.evil/', 'https://example.com/']) contents.emit('will-navigate', { url, preventDefault: () => prevented.push(url) });
  expect(prevented).toEqual(['app://deskmate.evil/', 'https://example.com/']);
  for (const url of ['https://example.com/a', 'http://example.com/b', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'https://name:word@example.com/']) {
    expect(contents.openHandler?.({ url } as Parameters<NonNullable<typeof contents.openHandler>>[0])).toEqual({ action: 'deny' });
  }
  expect(opened.fake.state.opened).toEqual(['https://example.com/a', 'http://example.com/b']);
  expect(isSafeLink(`https://example.com/${'a'.repeat(3000)}`)).toBe(false);
});

it('answers only the top frame of its own page', async () => {
  const { state, ipcRenderer } = opened.fake;
  const own = state.senderFrame;
  for (const senderFrame of [{ url: 'https://evil.example/', parent: null }, { url: 'app://deskmate.evil/', parent: null }, { url: 'app://deskmate/', parent: {} }]) {
    state.senderFrame = senderFrame;
    await expect(ipcRenderer.invoke('deskmate:pick-files')).rejects.toThrow('foreign frame');
    await expect(ipcRenderer.invoke('deskmate:desktop', 'facts', {})).rejects.toThrow('foreign frame');
    expect(() => ipcRenderer.postMessage('deskmate:connect', null, [])).toThrow('foreign frame');
  }
  state.senderFrame = own;
});

it('gives the page full paths of picked and dropped files', async () => {
  expect(await opened.connection.chooseFiles()).toEqual(['/shop/orders.csv']);
  expect(await opened.connection.pathOf(new File([], '聊天.jsonl'))).toBe('/dropped/聊天.jsonl');
  opened.fake.state.picked = [];
  expect(await opened.connection.chooseFiles()).toEqual([]);
});

it('counts a keychain without a password as none', () => {
  const { keychain } = opened.fake.state;
  expect(openKeychain('linux')).not.toBeNull();
  keychain.backend = 'basic_text';
  expect([openKeychain('linux'), openKeychain('darwin') === null]).toEqual([null, false]);
  keychain.isAvailable = false;
  expect(openKeychain('darwin')).toBeNull();
});

it('does nothing when another instance already runs', async () => {
  const { app, state } = opened.fake;
  const { startElectron } = await import('../../src/main/hosts/electron/electron-main.ts');
  app.requestSingleInstanceLock = () => false;
  expect(await startElectron(mkdtempSync(path.join(os.tmpdir(), 'deskmate-host-')))).toBe(false);
  expect(state.windows).toHaveLength(1);
});
