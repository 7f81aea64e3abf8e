import { desktopCallSchemas, desktopEventSchema, desktopPrefsSchema, missing, type DesktopCallName, type DesktopCalls, type DesktopEvent, type DesktopFacts } from '../../shared/desktop-bridge.ts';
import type { HostBridge, HostMessage } from '../../shared/host-bridge.ts';
import { createBrowserDesktop } from './browser.desktop.ts';

/** The window around the page, whichever host made it. */
export type Desktop = DesktopCalls & {
  /** Returns the unsubscribe function. */
  subscribe(listener: (event: DesktopEvent) => void): () => void;
  /** Asks the system whether notices may be shown; only from a click. Where nothing is to be asked, nothing happens. */
  askToNotify(): Promise<void>;
};

/** Calls by name, each parsed on its way out and back. */
export function callsOver(ask: (call: DesktopCallName, input: unknown) => Promise<unknown>): DesktopCalls {
  const over = <Name extends DesktopCallName>(name: Name) => async (input: unknown) => desktopCallSchemas[name].output.parse(await ask(name, desktopCallSchemas[name].input.parse(input)));
  return { facts: over('facts'), setPrefs: over('setPrefs'), showState: over('showState'), notify: over('notify'), openLogFolder: over('openLogFolder'), takeLink: over('takeLink') } as DesktopCalls;
}

export function createBridgedDesktop(bridge: HostBridge, page: Window): Desktop {
  return {
    ...callsOver((call, input) => bridge.desktop(call, input)),
    subscribe(listener) {
      const heard = (message: MessageEvent): void => {
        if (message.source !== page || (message.data as Partial<HostMessage> | null)?.kind !== 'deskmate.desktop') return;
        const event = desktopEventSchema.safeParse((message.data as { event?: unknown }).event).data;
        if (event !== undefined) listener(event);
      };
      page.addEventListener('message', heard);
      return () => page.removeEventListener('message', heard);
    },
    askToNotify: async () => {},
  };
}

const NOWHERE: DesktopFacts = {
  host: 'none', platform: '', versions: {}, prefs: desktopPrefsSchema.parse({}), logFile: null,
  features: Object.fromEntries((['tray', 'badge', 'notifications', 'windowState', 'zoom', 'spelling', 'print', 'links', 'openAtLogin', 'folders'] as const).map((feature) => [feature, missing('unknown_window')])) as DesktopFacts['features'],
};

/** For a page of which nobody knows the window. */
export function createNoDesktop(): Desktop {
  return {
    facts: async () => NOWHERE, setPrefs: async () => NOWHERE, showState: async () => ({}), notify: async () => ({ isShown: false }), openLogFolder: async () => ({ isOpened: false }), takeLink: async () => ({ conversationId: null }),
    subscribe: () => () => {}, askToNotify: async () => {},
  };
}

/** The desktop of the window this page is in. */
export function pageDesktop(): Desktop {
  const bridge = (window as { deskmate?: HostBridge }).deskmate;
  if (bridge !== undefined) return createBridgedDesktop(bridge, window);
  const ask = async (call: DesktopCallName, input: unknown): Promise<unknown> => {
    const reply = await fetch(`${location.origin}/desktop`, { method: 'POST', body: JSON.stringify({ call, input }) });
    if (!reply.ok) throw new Error(await reply.text());
    return reply.json();
  };
  return createBrowserDesktop(callsOver(ask), window);
}
