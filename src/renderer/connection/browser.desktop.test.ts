import { expect, test } from 'vitest';
import type { DesktopEvent } from '../../shared/desktop-bridge.ts';
import { createFakeDesktop } from '../testing/fake-desktop.ts';
import { createBrowserDesktop, type BrowserView } from './browser.desktop.ts';

const id = '01J0000000000000000000000A';
const words = { title: '', open: '', quiet: '', full: '', rare: '', off: '', lock: '', quit: '' };

function openView(permission: NotificationPermission | null, hash = '') {
  const notices: { title: string; body: string | undefined; click(): void }[] = [];
  class FakeNotice extends EventTarget {
    static permission = permission;
    static async requestPermission() {
      FakeNotice.permission = 'granted';
      return 'granted';
    }
    constructor(title: string, options: NotificationOptions) {
      super();
      notices.push({ title, body: options.body, click: () => this.dispatchEvent(new Event('click')) });
    }
    close(): void {}
  }
  const icon = { href: 'data:,' };
  const location = { hash, pathname: '/' };
  const target = new EventTarget();
  const fields = { focus: () => {}, document: { querySelector: () => icon }, location, history: { replaceState: () => (location.hash = '') }, ...(permission === null ? {} : { Notification: FakeNotice }) };
  const view = Object.assign(target, fields) as unknown as BrowserView;
  const desktop = createBrowserDesktop(createFakeDesktop({ host: 'loopback' }).desktop, view);
  const heard: DesktopEvent[] = [];
  desktop.subscribe((event) => heard.push(event));
  return { desktop, heard, notices, icon, location, target };
}

test('a link is read from the fragment, once, at the start and later', async () => {
  const { desktop, heard, location, target } = openView('default', `#conversation/${id}`);
  expect([await desktop.takeLink({}), await desktop.takeLink({}), location.hash]).toEqual([{ conversationId: id }, { conversationId: null }, '']);
  location.hash = `#conversation/${id}`;
  target.dispatchEvent(new Event('hashchange'));
  location.hash = '#elsewhere';
  target.dispatchEvent(new Event('hashchange'));
  expect([heard, location.hash]).toEqual([[{ kind: 'conversation.opened', conversationId: id }], '#elsewhere']);
});

test('notices are shown only once they are allowed, and a click leads to the conversation', async () => {
  const { desktop, heard, notices } = openView('default');
  const notice = { tag: 'a', title: '有会话急需处理', body: '点击打开', conversationId: id as never };
  expect([await desktop.notify(notice), (await desktop.facts({})).features.notifications]).toEqual([{ isShown: false }, { state: 'partly', reason: 'permission_needed' }]);
  await desktop.askToNotify();
  expect(heard[0]).toMatchObject({ kind: 'facts.changed', facts: { features: { notifications: { state: 'full', reason: null } } } });
  expect(await desktop.notify(notice)).toEqual({ isShown: true });
  notices[0]?.click();
  expect([notices.map(({ title, body }) => [title, body]), heard[1]]).toEqual([[['有会话急需处理', '点击打开']], { kind: 'conversation.opened', conversationId: id }]);
});

test('refused and absent notices are told apart', async () => {
  const seen = async (permission: 'denied' | null) => (await openView(permission).desktop.facts({})).features.notifications.reason;
  expect([await seen('denied'), await seen(null)]).toEqual(['permission_refused', 'no_notifications']);
});

test('the picture of the tab bears a dot while something is urgent', async () => {
  const { desktop, icon } = openView('granted');
  await desktop.showState({ urgentCount: 1, unreadCount: 1, quietMode: 'full', isOpen: true, words });
  const urgent = decodeURIComponent(icon.href);
  await desktop.showState({ urgentCount: 0, unreadCount: 1, quietMode: 'full', isOpen: true, words });
  expect([urgent.includes('circle'), decodeURIComponent(icon.href).includes('circle')]).toEqual([true, false]);
});
