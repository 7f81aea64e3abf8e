import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../files/file-fixtures.ts';
import { openTestPage, startTestApp, testAppOptions } from './app.fixture.ts';
import { readLiveCustomers } from './live-customers.ts';

const WITHIN = { timeout: 10_000, interval: 50 };

it('lets live customers write into a real app, and one reacts to a reply', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  // the clock runs twenty times as fast as the one on the wall
  const startedAt = Date.now();
  const clock = { nowMs: () => startedAt + (Date.now() - startedAt) * 20 };
  const app = await startTestApp(testAppOptions(path.join(folder.path, 'store'), { clock }));
  const page = openTestPage(app);
  onTestFinished(() => page.close());
  const channel = await page.client.channel.startDemo({ pace: 'busy', customerCount: 2, language: 'zh' });
  expect(channel).toMatchObject({ kind: 'demo', state: 'running', demo: { pace: 'busy', customerCount: 2, endedCount: 0 } });
  const told = () => page.events.flatMap((event) => (event.type === 'message.received' && event.message.role === 'customer' ? [event.message] : []));
  await vi.waitFor(() => expect(told().length).toBeGreaterThan(0), WITHIN);
  const { conversationId } = told()[0]!;
  await page.client.outbox.send({ id: '01J00000000000000000000001', conversationId, text: '您好，我先帮您看一下，请问是什么原因呢', suggestionIds: [] } as Parameters<typeof page.client.outbox.send>[0]);
  await vi.waitFor(async () => {
    const { messages } = await page.client.conversation.messages({ conversationId });
    const roles = messages.map(({ role }) => role);
    expect(roles.slice(roles.indexOf('rep')).includes('customer')).toBe(true);
  }, WITHIN);
  expect((await page.client.channel.stop({ channelId: channel.id })).state).toBe('stopped');
});

it('says plainly when the live customers are not there', async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  await expect(readLiveCustomers(folder.path)).rejects.toThrow('The live customers of the demo shop are not there.');
});
