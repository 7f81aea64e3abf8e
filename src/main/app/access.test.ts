import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RepChange } from '../../shared/contract/access.contract.ts';
import type { OutboxId } from '../../shared/contract/ids.contract.ts';
import { makeTestDir } from '../db/open-test-store.ts';
import { createIdMaker } from '../platform/ids.ts';
import { systemClock } from '../platform/clock.ts';
import { openTestPage, startTestApp, testAppOptions } from './app.fixture.ts';

const WITHIN = { timeout: 20_000, interval: 20 };
const newId = createIdMaker(systemClock);
const ZHOU: RepChange = { name: '小周', role: 'rep', certificateLevel: 'trainee', colour: 'plum', initials: '周', isActive: true };

async function openShop(dir = makeTestDir()) {
  const app = await startTestApp(testAppOptions(path.join(dir, 'store')));
  onTestFinished(() => app.close());
  return { app, dir, ...openTestPage(app) };
}

function says(id: string, text: string): string {
  return `${JSON.stringify({ conv_id: 'c1', msg_id: id, ts: Date.now(), role: 'customer', author: 'lin', text })}\n`;
}

describe('reps at one desk', () => {
  it('each has their own settings, the shop has its own; only an admin changes those', async () => {
    const { client } = await openShop();
    await client.settings.set({ repName: '店长', shopName: '山屿户外', theme: 'dark', quietMode: 'rare' });
    const zhou = await client.rep.save(ZHOU);
    const { rep: admin } = await client.session.get({});
    await client.session.signOut({});
    await expect(client.conversation.list({})).rejects.toMatchObject({ code: 'locked' });
    expect((await client.session.signIn({ repId: zhou.id, pin: null })).outcome).toBe('open');
    expect(await client.settings.get({})).toMatchObject({ repName: '小周', shopName: '山屿户外', theme: 'system', quietMode: 'full' });
    await client.settings.set({ theme: 'light' });
    await expect(client.settings.set({ shopName: 'x' })).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('admin') as string });
    await expect(client.rep.list({})).rejects.toMatchObject({ code: 'forbidden' });
    await client.session.signOut({});
    await client.session.signIn({ repId: admin!.id, pin: null });
    expect(await client.settings.get({})).toMatchObject({ repName: '店长', theme: 'dark', quietMode: 'rare' });
  });

  it('a locked desk tells nothing and stores every message; drafts are still taken in', async () => {
    const { client, events, dir, app } = await openShop();
    const live = path.join(dir, 'live.jsonl');
    writeFileSync(live, says('1', '在吗'));
    await client.channel.addFile({ path: live });
    await vi.waitFor(() => expect(events.some(({ type }) => type === 'message.received')).toBe(true), WITHIN);
    const [conversation] = await client.conversation.list({});
    await client.session.lock({});
    await vi.waitFor(() => expect(events.at(-1)?.type).toBe('session.changed'), WITHIN);
    const toldBefore = events.length;
    writeFileSync(live, says('2', '衣服破了怎么修'), { flag: 'a' });
    await client.draft.save({ conversationId: conversation!.id, text: '您好', caret: 2, marks: [] });
    await vi.waitFor(() => expect(app.services().db.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(2), WITHIN);
    await expect(client.conversation.messages({ conversationId: conversation!.id })).rejects.toMatchObject({ code: 'locked' });
    expect(events.slice(toldBefore).filter(({ type }) => type !== 'app.changed')).toEqual([]);
    expect((await client.session.unlock({ pin: null, passphrase: null })).outcome).toBe('open');
    expect((await client.conversation.messages({ conversationId: conversation!.id })).messages.map(({ text }) => text)).toEqual(['在吗', '衣服破了怎么修']);
    expect((await client.draft.get({ conversationId: conversation!.id }))?.text).toBe('您好');
  });

  it('a passphrase opens the lock, too, and a PIN asks at the next start', async () => {
    const { client, dir, app } = await openShop();
    await client.app.setPassphrase({ current: null, next: 'correct horse battery' });
    await client.session.lock({});
    expect((await client.session.unlock({ pin: null, passphrase: 'wrong one here' })).outcome).toBe('wrong');
    expect((await client.session.unlock({ pin: null, passphrase: 'correct horse battery' })).outcome).toBe('open');
    const { rep } = await client.session.get({});
    await client.rep.setPin({ repId: rep!.id, currentPin: null, pin: '2468' });
    await app.close();
    const next = await openShop(dir);
    await next.client.app.unlock({ passphrase: 'correct horse battery' });
    expect((await next.client.session.get({})).state).toBe('signed_out');
    expect((await next.client.session.signIn({ repId: rep!.id, pin: '2468' })).outcome).toBe('open');
  });
});

describe('audit', () => {
  it('every line that any action writes names a rep of the store', async () => {
    const { client, events, dir, app } = await openShop();
    const live = path.join(dir, 'live.jsonl');
    writeFileSync(live, says('1', '再不处理我就打12315投诉你们'));
    const orders = path.join(dir, 'orders.csv');
    writeFileSync(orders, 'customer_id,order_id,paid_at,amount\nlin,A1,2025-11-02 10:00,899.00\nlin,A2,2026-01-02 10:00,299.00\n');
    await app.services().importing.run(orders, 'orders');
    await client.channel.addFile({ path: live });
    await vi.waitFor(() => expect(events.some(({ type }) => type === 'risk.scored')).toBe(true), WITHIN);
    const [conversation] = await client.conversation.list({});
    const { id: conversationId, customerId } = conversation!;
    const [signal] = await client.risk.list({ conversationId });
    await client.settings.set({ shopName: '山屿', repName: '店长' });
    await client.risk.label({ id: signal!.id, label: 'false_alarm' });
    await client.customer.disputeTag({ customerId, isDisputed: true });
    await client.customer.disputeTag({ customerId, isDisputed: false });
    await client.outbox.send({ id: newId() as OutboxId, conversationId, text: '您好', suggestionIds: [] });
    await vi.waitFor(async () => expect((await client.outbox.list({ conversationId })).map(({ state }) => state)).toEqual(['sent']), WITHIN);
    await client.conversation.close({ conversationId, disposition: null });
    const zhou = await client.rep.save(ZHOU);
    await client.rep.save({ ...ZHOU, id: zhou.id, role: 'lead' });
    await client.rep.setPin({ repId: zhou.id, currentPin: null, pin: '2468' });
    await client.rep.setPin({ repId: zhou.id, currentPin: null, pin: null });
    await client.session.lock({});
    await client.session.unlock({ pin: null, passphrase: null });
    await client.session.signOut({});
    await client.session.signIn({ repId: zhou.id, pin: null });
    await client.app.backup({});
    await client.customer.erase({ customerId });
    await client.audit.exportCsv({});
    const rows = app.services().db.prepare('SELECT DISTINCT action, rep_id IN (SELECT id FROM reps) AS isNamed FROM audit_entries ORDER BY action').all() as { action: string; isNamed: number }[];
    expect(rows.filter(({ isNamed }) => isNamed !== 1)).toEqual([]);
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining([
      'audit.exported', 'conversation.closed', 'customer.erase', 'rep.added', 'rep.changed', 'rep.pin_removed', 'rep.pin_set', 'rep.renamed', 'reply.queued', 'risk.labelled',
      'session.locked', 'session.signed_in', 'session.signed_out', 'session.unlocked', 'shop.settings_changed', 'store.backed_up', 'tag.accepted', 'tag.disputed',
    ]));
    const { lines } = await client.audit.list({ action: 'customer.erase' });
    expect(lines.map(({ repName, action }) => [repName, action])).toEqual([['小周', 'customer.erase']]);
    // the reply was the shopkeeper's, though another rep was at the desk later
    expect(app.services().db.prepare('SELECT DISTINCT rep_id FROM outbox').pluck().all().length).toBeLessThanOrEqual(1);
  });
});

describe('the first steps', () => {
  it('are due on a new store, go on where they stopped, and are over for good once finished', async () => {
    const { client, app, dir } = await openShop();
    expect(await client.firstRun.get({})).toEqual({ isDue: true, step: 'language', start: null });
    // each step is remembered when it is entered, so that naming the shop does not end the walk
    await client.firstRun.save({ step: 'names', start: null });
    await client.settings.set({ repName: '小周', shopName: '山屿' });
    await client.firstRun.save({ step: 'protection', start: 'own' });
    await app.close();
    const next = await openShop(dir);
    expect(await next.client.firstRun.get({})).toEqual({ isDue: true, step: 'protection', start: 'own' });
    expect(await next.client.firstRun.finish({})).toMatchObject({ isDue: false });
    expect((await next.client.firstRun.save({ step: 'names', start: null })).isDue).toBe(false);
    expect(await next.client.firstRun.get({})).toMatchObject({ isDue: false, step: 'done' });
  });

  it('are not due on a store that somebody filled or named', async () => {
    const { client, app } = await openShop();
    app.services().db.prepare("UPDATE reps SET name = '小周'").run();
    expect((await client.firstRun.get({})).isDue).toBe(false);
  });
});
