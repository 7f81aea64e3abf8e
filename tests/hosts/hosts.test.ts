import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { settingsSchema, type AppEvent } from '../../src/shared/contract/app.contract.ts';
import { conversationIdSchema } from '../../src/shared/contract/ids.contract.ts';
import type { ConnectionState } from '../../src/renderer/connection/connection.ts';
import { openElectron, openLoopback, type OpenedHost } from './open-host.ts';

vi.mock('electron', () => import('../fakes/electron.ts'));

const backendFile = path.join(import.meta.dirname, 'fixture-backend.process.ts');
const engineFile = path.join(import.meta.dirname, 'fixture-engine.process.ts');
const openers = { electron: openElectron, loopback: openLoopback };
const conversationId = conversationIdSchema.parse('0'.repeat(26));
const within = { timeout: 20_000, interval: 20 };

describe.each(['electron', 'loopback'] as const)('the contract over %s', (name) => {
  let opened: OpenedHost;
  beforeAll(async () => (opened = await openers[name](backendFile, engineFile)));
  afterAll(() => opened.close());

  it('answers a call', async () => {
    expect(await opened.connection.client.settings.get({})).toEqual(settingsSchema.parse({}));
    expect(opened.connection.state()).toBe('open');
  });

  it('refuses bad input with the schema issues', async () => {
    const refused = opened.connection.client.settings.set({ theme: 'pink' as 'dark' });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST', data: { issues: [{ path: ['theme'] }] } });
  });

  it('pushes events, and a cancelled stream ends on both sides', async () => {
    const { client } = opened.connection;
    const reading = new AbortController();
    const events = await client.app.events({}, { signal: reading.signal });
    const heard: AppEvent[] = [];
    const read = (async () => {
      for await (const event of events) heard.push(event);
    })();
    await vi.waitFor(async () => expect((await client.draft.get({ conversationId }))?.text).toBe('1'), within);
    const settings = await client.settings.set({ shopName: '山屿户外' });
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'settings.changed', settings }]), within);
    reading.abort();
    await read.catch(() => {});
    await vi.waitFor(async () => expect((await client.draft.get({ conversationId }))?.text).toBe('0'), within);
  });

  it('gives the backend an engine of its own', async () => {
    const found = await opened.connection.client.search.query({ text: '退款' });
    expect(found.hits.map(({ text }) => text)).toEqual(['engine: 退款']);
  });

  it('lends the backend the keychain where there is one', async () => {
    const answer = await opened.connection.client.customer.erasePreview({ customer: 'c' });
    expect(answer.name).toBe(name === 'electron' ? 'key' : 'no keychain');
  });

  it('starts a killed backend again, and the page finds it', async () => {
    const states: ConnectionState[] = [];
    const unsubscribe = opened.connection.subscribeState((state) => states.push(state));
    await opened.connection.client.settings.set({ repName: 'Lin' });
    await opened.killBackend();
    await vi.waitFor(() => expect(states).toEqual(['open', 'lost', 'open']), within);
    unsubscribe();
    // a fresh backend: what the fixture kept in memory has gone
    expect((await opened.connection.client.settings.get({})).repName).toBe('');
  });

  it('lets a call made while the line is down wait for the new one', async () => {
    await opened.killBackend();
    await vi.waitFor(() => expect(opened.connection.state()).toBe('lost'), within);
    expect((await opened.connection.client.settings.get({})).repName).toBe('');
  });
});
