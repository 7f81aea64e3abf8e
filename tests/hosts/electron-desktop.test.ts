import { existsSync, readFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { autostartEntry, setOpenAtLogin } from '../../src/main/hosts/electron/login-item.ts';
import { createLinkBox, linkIn } from '../../src/main/hosts/electron/deep-links.ts';
import { applySpelling } from '../../src/main/hosts/electron/spelling.ts';
import { createCountShower } from '../../src/main/hosts/electron/tray.ts';
import type { Desktop } from '../../src/renderer/connection/desktop.ts';
import { conversationIdSchema } from '../../src/shared/contract/ids.contract.ts';
import type { DeskState, DesktopEvent } from '../../src/shared/desktop-bridge.ts';
import { desktopOverElectron, openElectron } from './open-host.ts';

vi.mock('electron', () => import('../fakes/electron.ts'));

let opened: Awaited<ReturnType<typeof openElectron>>;
let desktop: Desktop;
const heard: DesktopEvent[] = [];
beforeAll(async () => {
  opened = await openElectron(path.join(import.meta.dirname, 'fixture-backend.process.ts'), path.join(import.meta.dirname, 'fixture-engine.process.ts'));
  desktop = desktopOverElectron(opened);
  desktop.subscribe((event) => heard.push(event));
});
afterAll(() => opened.close());

const id = conversationIdSchema.parse('01J0000000000000000000000A');
const other = conversationIdSchema.parse('01J0000000000000000000000B');
const words = { title: '(2) Deskmate', open: '打开', quiet: '推荐和提醒', full: '都显示', rare: '少见时', off: '不推荐', lock: '锁定', quit: '退出' };
const state: DeskState = { urgentCount: 1, unreadCount: 2, quietMode: 'rare', isOpen: true, words };
const window = () => opened.fake.state.windows[0]!;
const told = (event: DesktopEvent) => vi.waitFor(() => expect(heard.at(-1)).toEqual(event));
type Item = Electron.MenuItemConstructorOptions;
const click = (item: Item | undefined) => (item?.click as (() => void) | undefined)?.();

it('shows the counts in tray and badge, and answers its menu', async () => {
  await desktop.showState(state);
  const [tray] = opened.fake.state.trays;
  expect([tray?.tip, opened.fake.state.badgeCount]).toEqual(['(2) Deskmate', 2]);
  const [open, quiet, lock] = tray!.menu;
  expect(tray!.menu.map(({ label, type }) => label ?? type)).toEqual(['打开', '推荐和提醒', '锁定', 'separator', '退出']);
  expect((quiet!.submenu as Item[]).map(({ label, checked }) => [label, checked])).toEqual([['都显示', false], ['少见时', true], ['不推荐', false]]);
  click((quiet!.submenu as Item[])[2]);
  await told({ kind: 'chosen.quiet', quietMode: 'off' });
  click(lock);
  await told({ kind: 'chosen.lock' });
  window().hide();
  click(open);
  expect(window().isVisible).toBe(true);
  await desktop.showState({ ...state, isOpen: false });
  expect(tray!.menu.map(({ enabled }) => enabled)).toEqual([undefined, false, false, undefined, undefined]);
});

it('puts a dot on the taskbar of Windows, where no number can stand', () => {
  const counts = createCountShower({ locale: 'en', platform: 'win32', window: () => window() as unknown as Electron.BrowserWindow, open: () => {}, quit: () => {}, tell: () => {} });
  counts.show(state);
  expect([window().overlay[0] !== null, window().overlay[1]]).toEqual([true, '(2) Deskmate']);
  counts.show({ ...state, urgentCount: 0, unreadCount: 0 });
  expect(window().overlay[0]).toBeNull();
});

it('keeps the window in the tray only when that was chosen, and always lets Quit end it', async () => {
  const close = (): boolean => {
    let isKept = false;
    window().emit('close', { preventDefault: () => (isKept = true) });
    return isKept;
  };
  window().show();
  expect([close(), window().isVisible]).toEqual([false, true]);
  await desktop.setPrefs({ closeToTray: true });
  expect([close(), window().isVisible]).toEqual([true, false]);
  opened.fake.app.emit('before-quit');
  expect(close()).toBe(false);
});

it('shows a notice, replaces one of the same tag, and a click opens its conversation', async () => {
  await desktop.takeLink({});
  expect(await desktop.notify({ tag: 'a', title: '一', body: '', conversationId: id })).toEqual({ isShown: true });
  await desktop.notify({ tag: 'a', title: '二', body: '', conversationId: other });
  expect(opened.fake.state.notices.map(({ options, isUp }) => [options.title, isUp])).toEqual([['一', false], ['二', true]]);
  window().hide();
  opened.fake.state.notices[1]!.emit('click');
  await told({ kind: 'conversation.opened', conversationId: other });
  expect(window().isVisible).toBe(true);
});

it('opens links of a second start and of the system, and nothing else of a command line', async () => {
  opened.fake.app.emit('second-instance', {}, ['/opt/Deskmate/deskmate', '--inspect', `deskmate://conversation/${id}`]);
  await told({ kind: 'conversation.opened', conversationId: id });
  opened.fake.app.emit('open-url', { preventDefault: () => {} }, `deskmate://conversation/${other}`);
  await told({ kind: 'conversation.opened', conversationId: other });
  const count = heard.length;
  opened.fake.app.emit('open-url', { preventDefault: () => {} }, 'deskmate://conversation/../../etc');
  opened.fake.app.emit('second-instance', {}, ['https://evil.example/', `deskmate://settings/${id}`]);
  expect([heard.length, linkIn(['a', `deskmate://conversation/${id}`]), linkIn([])]).toEqual([count, id, null]);
});

it('holds a link until the page asks, once', () => {
  const events: DesktopEvent[] = [];
  const box = createLinkBox((event) => events.push(event), id);
  box.give(other);
  expect([box.take(), box.take(), events]).toEqual([other, null, []]);
  box.give(id);
  box.pageGone();
  box.give(other);
  expect([events, box.take()]).toEqual([[{ kind: 'conversation.opened', conversationId: id }], other]);
});

it('zooms by menu and by call, within its limits, and keeps it', async () => {
  const view = opened.fake.state.menu[2]!.submenu as Item[];
  const [larger, smaller] = [view.find(({ accelerator }) => accelerator === 'CommandOrControl+Plus'), view.find(({ accelerator }) => accelerator === 'CommandOrControl+-')];
  for (let count = 0; count < 9; count++) click(larger);
  expect([window().webContents.zoomFactor, (await desktop.facts({})).prefs.zoomPercent]).toEqual([2, 200]);
  for (let count = 0; count < 9; count++) click(smaller);
  expect(window().webContents.zoomFactor).toBe(0.9);
  await desktop.setPrefs({ zoomPercent: 125 });
  window().webContents.zoomFactor = 1;
  window().webContents.emit('did-finish-load');
  expect([window().webContents.zoomFactor, JSON.parse(readFileSync(path.join(opened.storeDir, 'desktop.json'), 'utf8')).prefs.zoomPercent]).toEqual([1.25, 125]);
});

it('remembers where the window stood', () => {
  window().bounds = { x: 30, y: 40, width: 1200, height: 700 };
  window().emit('close', { preventDefault: () => {} });
  expect(JSON.parse(readFileSync(path.join(opened.storeDir, 'desktop.json'), 'utf8')).window).toEqual({ x: 30, y: 40, width: 1200, height: 700, isMaximised: false });
});

it('checks spelling only when told to; off, no dictionary is looked for', () => {
  const { spelling } = opened.fake.state;
  expect(spelling).toEqual({ isOn: false, languages: [] });
  applySpelling(true, 'linux');
  expect(spelling).toEqual({ isOn: true, languages: ['en-US'] });
  applySpelling(false, 'darwin');
  expect(spelling).toEqual({ isOn: false, languages: ['en-US'] });
  const menu = { isEditable: true, selectionText: '', dictionarySuggestions: ['refund'] };
  window().webContents.emit('context-menu', {}, menu);
  window().webContents.emit('context-menu', {}, { ...menu, isEditable: false });
  window().webContents.emit('context-menu', {}, { ...menu, isEditable: false, selectionText: 'x', dictionarySuggestions: [] });
  expect(opened.fake.state.popups).toEqual([['refund', 'separator', 'cut', 'copy', 'paste', 'selectAll'], ['copy']]);
});

it('tells of a dictionary that was fetched', async () => {
  opened.fake.session.defaultSession.emit('spellcheck-dictionary-download-failure');
  await vi.waitFor(() => expect(heard.at(-1)).toEqual({ kind: 'dictionary.fetched', hasFailed: true }));
  expect(heard.filter(({ kind }) => kind === 'dictionary.fetched')).toHaveLength(1);
});

it('opens at sign-in by the system, on Linux by the autostart folder', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-login-'));
  opened.fake.state.configDir = dir;
  const file = path.join(dir, 'autostart', 'deskmate.desktop');
  setOpenAtLogin(true, 'linux');
  expect(readFileSync(file, 'utf8')).toBe(autostartEntry(process.env['APPIMAGE'] ?? process.execPath));
  setOpenAtLogin(false, 'linux');
  setOpenAtLogin(true, 'win32');
  expect([existsSync(file), opened.fake.state.loginItems]).toEqual([false, [{ openAtLogin: true }]]);
  rmSync(dir, { recursive: true });
  expect(autostartEntry('/home/林/my $apps/100%\n/x"').split('\n')[3]).toBe(String.raw`Exec="/home/林/my \\$apps/100%%/x\\""`);
});

it('shows the log in its folder', async () => {
  expect(await desktop.openLogFolder({})).toEqual({ isOpened: true });
  expect(opened.fake.state.shownFiles).toEqual([path.join(opened.storeDir, 'deskmate.log')]);
});
