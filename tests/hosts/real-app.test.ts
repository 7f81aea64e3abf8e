/** The product's own backend behind both hosts: what is stored survives a killed backend. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AppEvent } from '../../src/shared/contract/app.contract.ts';
import { openElectron, openLoopback, type OpenedHost } from './open-host.ts';

vi.mock('electron', () => import('../fakes/electron.ts'));

const main = path.join(import.meta.dirname, '../../src/main');
const backendFile = path.join(main, 'app/backend.process.ts');
const engineFile = path.join(main, 'search/engine.process.ts');
const openers = { electron: openElectron, loopback: openLoopback };
const within = { timeout: 12_000, interval: 50 };

describe.each(['electron', 'loopback'] as const)('Deskmate over %s', (name) => {
  let opened: OpenedHost;
  const ready = () => vi.waitFor(async () => expect(await opened.connection.client.app.status({})).toMatchObject({ state: 'ready', host: name, isKeychainAvailable: name === 'electron' }), within);
  beforeAll(async () => (opened = await openers[name](backendFile, engineFile)));
  afterAll(() => opened.close());

  it('opens a store, answers, pushes and refuses', async () => {
    await ready();
    const { client } = opened.connection;
    const reading = new AbortController();
    const heard: AppEvent['type'][] = [];
    const events = await client.app.events({}, { signal: reading.signal });
    const read = (async () => {
      for await (const event of events) heard.push(event.type);
    })();
    await client.settings.set({ repName: '小林' });
    await vi.waitFor(() => expect(heard).toContain('settings.changed'), within);
    reading.abort();
    await read.catch(() => {});
    await expect(client.settings.set({ theme: 'pink' as 'dark' })).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { issues: [{ path: ['theme'] }] } });
  });

  it('keeps what was stored when its backend is killed', async () => {
    await opened.killBackend();
    await vi.waitFor(() => expect(opened.connection.state()).toBe('lost'), within);
    await ready();
    expect((await opened.connection.client.settings.get({})).repName).toBe('小林');
  });
});
