import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeTestDir } from '../db/open-test-store.ts';
import { openTestPage, startTestApp, testAppOptions } from './app.fixture.ts';

it('keys and recent commands are each rep’s own, checked at the door, and stay over a restart', async () => {
  const options = testAppOptions(path.join(makeTestDir(), 'store'));
  const app = await startTestApp(options);
  const { client } = openTestPage(app);
  const { rep: admin } = await client.session.get({});
  const zhou = await client.rep.save({ name: '小周', role: 'rep', certificateLevel: 'trainee', colour: 'plum', initials: '周', isActive: true });
  const keys = { 'desk.close': 'w', 'desk.next': null };
  await client.settings.set({ keys, recentCommands: ['desk.close'] });
  await client.session.signOut({});
  await client.session.signIn({ repId: zhou.id, pin: null });
  expect(await client.settings.get({})).toMatchObject({ keys: {}, recentCommands: [] });
  // a rep changes their own keys without being an admin, the whole map at once
  await client.settings.set({ keys: { 'desk.close': 'F6' } });
  await client.settings.set({ keys: { 'app.theme': 'g t' } });
  expect((await client.settings.get({})).keys).toEqual({ 'app.theme': 'g t' });
  await expect(client.settings.set({ keys: { 'desk.close': 'x'.repeat(41) } })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(client.settings.set({ keys: Object.fromEntries(Array.from({ length: 301 }, (_one, index) => [`c${index}`, null])) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await app.close();
  const again = await startTestApp(options);
  onTestFinished(() => again.close());
  const next = openTestPage(again).client;
  await next.session.signIn({ repId: admin!.id, pin: null });
  expect(await next.settings.get({})).toMatchObject({ keys, recentCommands: ['desk.close'] });
});
