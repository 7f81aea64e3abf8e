/** What both hosts must do of the desktop's things, through the page's own end of the line. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Desktop } from '../../src/renderer/connection/desktop.ts';
import { desktopFactsSchema, type DeskState } from '../../src/shared/desktop-bridge.ts';
import { desktopOverElectron, desktopOverLoopback, openElectron, openLoopback, type OpenedHost } from './open-host.ts';

vi.mock('electron', () => import('../fakes/electron.ts'));

const backendFile = path.join(import.meta.dirname, 'fixture-backend.process.ts');
const engineFile = path.join(import.meta.dirname, 'fixture-engine.process.ts');
const openers = {
  async electron(): Promise<{ host: OpenedHost; desktop: Desktop; raw: (call: string, input: unknown) => Promise<unknown> }> {
    const host = await openElectron(backendFile, engineFile);
    return { host, desktop: desktopOverElectron(host), raw: (call, input) => host.fake.ipcRenderer.invoke('deskmate:desktop', call, input) };
  },
  async loopback() {
    const host = await openLoopback(backendFile, engineFile);
    const { desktop, ask } = desktopOverLoopback(host);
    return { host, desktop, raw: ask };
  },
};
const words = { title: '(2) Deskmate', open: 'Open', quiet: 'Suggestions', full: 'All', rare: 'Rare', off: 'Off', lock: 'Lock', quit: 'Quit' };
const state: DeskState = { urgentCount: 1, unreadCount: 2, quietMode: 'full', isOpen: true, words };

describe.each(['electron', 'loopback'] as const)('the desktop over %s', (name) => {
  let opened: Awaited<ReturnType<(typeof openers)[typeof name]>>;
  beforeAll(async () => (opened = await openers[name]()));
  afterAll(() => opened.host.close());

  it('tells the host, and a reason for everything that is not wholly there', async () => {
    const facts = await opened.desktop.facts({});
    expect(facts).toEqual(desktopFactsSchema.parse(facts));
    expect([facts.host, facts.logFile]).toEqual([name, path.join(opened.host.storeDir, 'deskmate.log')]);
    expect(Object.values(facts.features).filter((feature) => (feature.state === 'full') !== (feature.reason === null))).toEqual([]);
  });

  it('keeps what is chosen', async () => {
    expect((await opened.desktop.setPrefs({ isSpellingOn: true })).prefs.isSpellingOn).toBe(true);
    expect((await opened.desktop.facts({})).prefs.isSpellingOn).toBe(true);
    expect((await opened.desktop.setPrefs({ isSpellingOn: false })).prefs.isSpellingOn).toBe(false);
  });

  it('takes counts and notices', async () => {
    expect(await opened.desktop.showState(state)).toEqual({});
    expect(await opened.desktop.notify({ tag: 'a', title: 'A conversation needs you', body: '', conversationId: null })).toEqual({ isShown: true });
  });

  it('refuses calls that are none and input that does not fit', async () => {
    const refusal = name === 'electron' ? /no such call|Invalid|too_big|invalid/ : 'not a call';
    await expect(opened.raw('constructor', {})).rejects.toThrow(refusal);
    await expect(opened.raw('exec', {})).rejects.toThrow(refusal);
    await expect(opened.raw('setPrefs', { zoomPercent: 1000 })).rejects.toThrow(refusal);
    await expect(opened.raw('showState', { ...state, words: { ...words, title: 'x'.repeat(100) } })).rejects.toThrow(refusal);
    await expect(opened.desktop.setPrefs({ zoomPercent: 95 as 100 })).rejects.toThrow('Invalid');
  });
});
