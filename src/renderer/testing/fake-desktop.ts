import { desktopPrefsSchema, FULL, type DesktopCallName, type DesktopEvent, type DesktopFacts } from '../../shared/desktop-bridge.ts';
import type { Settings } from '../../shared/contract/app.contract.ts';
import type { UpdateNews } from '../../shared/contract/desktop.contract.ts';
import { callsOver, type Desktop } from '../connection/desktop.ts';
import type { FakeOs } from './recording-contract.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

/** The Electron window's facts on a Mac: everything is there. */
export const SAMPLE_FACTS: DesktopFacts = {
  host: 'electron', platform: 'darwin arm64', versions: { electron: '45.4.1', chrome: '150.0.0.0', node: '24.4.0' }, prefs: desktopPrefsSchema.parse({}), logFile: '/home/rep/.local/share/deskmate/deskmate.log',
  features: { tray: FULL, badge: FULL, notifications: FULL, windowState: FULL, zoom: FULL, spelling: FULL, print: FULL, links: FULL, openAtLogin: FULL, folders: FULL },
};

/** A window in memory; `calls` lists what the page asked, `tell` says something to the page. */
export function createFakeDesktop(first: Partial<DesktopFacts> = {}) {
  let facts: DesktopFacts = { ...SAMPLE_FACTS, ...first };
  const calls: { call: DesktopCallName; input: unknown }[] = [];
  const listeners = new Set<(event: DesktopEvent) => void>();
  const tell = (event: DesktopEvent): void => listeners.forEach((listener) => listener(event));
  const answers: Record<DesktopCallName, (input: unknown) => unknown> = {
    facts: () => facts,
    setPrefs: (change) => (facts = { ...facts, prefs: { ...facts.prefs, ...(change as Partial<DesktopFacts['prefs']>) } }),
    showState: () => ({}), notify: () => ({ isShown: true }), openLogFolder: () => ({ isOpened: true }), takeLink: () => ({ conversationId: null }),
  };
  const desktop: Desktop = {
    ...callsOver(async (call, input) => {
      calls.push({ call, input });
      return answers[call](input);
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async askToNotify() {
      facts = { ...facts, features: { ...facts.features, notifications: FULL } };
      tell({ kind: 'facts.changed', facts });
    },
  };
  return { desktop, calls, tell, inputsOf: (call: DesktopCallName) => calls.filter((one) => one.call === call).map(({ input }) => input) };
}

/** `update` of the contract: a feed that offers 9.9.9. */
export function fakeUpdateHandlers(os: FakeOs, settings: Settings) {
  const off: UpdateNews = { outcome: 'off', reason: null, version: null, pageUrl: null, checkedAt: null };
  return {
    update: {
      get: os.update.get.handler(() => (settings.updateFeed === null ? off : { ...off, outcome: 'never' as const })),
      check: os.update.check.handler(() => ({ outcome: 'newer' as const, reason: null, version: '9.9.9', pageUrl: 'https://shop.example/deskmate', checkedAt: SAMPLE_NOW })),
      noteDictionary: os.update.noteDictionary.handler(() => ({})),
    },
  };
}
