import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import { parseConversationHash } from '../../shared/deep-link.ts';
import { FULL, missing, partly, type Availability, type DesktopCalls, type DesktopEvent, type DesktopFacts, type DeskState } from '../../shared/desktop-bridge.ts';
import type { Desktop } from './desktop.ts';

/** What of a browser window is used; a test brings its own. */
export type BrowserView = Pick<Window, 'addEventListener' | 'removeEventListener' | 'focus' | 'document' | 'location' | 'history'> & { Notification?: typeof Notification };

const DOT = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="2" y="2" width="28" height="28" rx="6" fill="#0f766e"/><circle cx="23" cy="9" r="8" fill="#c81e1e"/></svg>')}`;
const PLAIN = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="2" y="2" width="28" height="28" rx="6" fill="#0f766e"/></svg>')}`;

/** The nearest honest thing in a plain browser: a dot on the tab's picture, the browser's own notices, links by fragment. `host` answers the rest. */
export function createBrowserDesktop(host: DesktopCalls, view: BrowserView): Desktop {
  const listeners = new Set<(event: DesktopEvent) => void>();
  const tell = (event: DesktopEvent): void => listeners.forEach((listener) => listener(event));
  const seen = (facts: DesktopFacts): DesktopFacts => ({ ...facts, features: { ...facts.features, notifications: permissionOf(view.Notification) } });
  view.addEventListener('hashchange', () => {
    const conversationId = takeHash(view);
    if (conversationId !== null) tell({ kind: 'conversation.opened', conversationId });
  });
  return {
    facts: async (input) => seen(await host.facts(input)),
    setPrefs: async (input) => seen(await host.setPrefs(input)),
    openLogFolder: host.openLogFolder,
    async showState(state) {
      showPicture(view.document, state);
      return {};
    },
    async notify({ tag, title, body, conversationId }) {
      if (view.Notification?.permission !== 'granted') return { isShown: false };
      const notice = new view.Notification(title, { body, tag });
      notice.addEventListener('click', () => {
        view.focus();
        notice.close();
        if (conversationId !== null) tell({ kind: 'conversation.opened', conversationId });
      });
      return { isShown: true };
    },
    takeLink: async () => ({ conversationId: takeHash(view) }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async askToNotify() {
      await view.Notification?.requestPermission();
      tell({ kind: 'facts.changed', facts: seen(await host.facts({})) });
    },
  };
}

function permissionOf(notices: typeof Notification | undefined): Availability {
  if (notices === undefined) return missing('no_notifications');
  if (notices.permission === 'granted') return FULL;
  return notices.permission === 'denied' ? missing('permission_refused') : partly('permission_needed');
}

/** The fragment goes once it is read, so that reloading opens nothing. */
function takeHash({ location, history }: BrowserView): ConversationId | null {
  const id = parseConversationHash(location.hash);
  if (id !== null) history.replaceState(null, '', location.pathname);
  return id;
}

function showPicture(page: Document, { urgentCount }: DeskState): void {
  const link = page.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (link !== null) link.href = urgentCount > 0 ? DOT : PLAIN;
}
