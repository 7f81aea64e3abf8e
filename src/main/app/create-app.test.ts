import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { OutboxId } from '../../shared/contract/ids.contract.ts';
import { makeTestDir } from '../db/open-test-store.ts';
import { createIdMaker } from '../platform/ids.ts';
import { systemClock } from '../platform/clock.ts';
import { createSourceFork, openTestPage, startTestApp, testAppOptions, type TestPage } from './app.fixture.ts';

const WITHIN = { timeout: 20_000, interval: 20 };
const newId = createIdMaker(systemClock);

function eventsOf<T extends AppEvent['type']>(page: TestPage, type: T): Extract<AppEvent, { type: T }>[] {
  return page.events.filter((event): event is Extract<AppEvent, { type: T }> => event.type === type);
}

/** A small shop on disk: knowledge, orders and one conversation file. */
function writeShop(dir: string): { knowledge: string; orders: string; live: string } {
  const knowledge = path.join(dir, 'knowledge');
  mkdirSync(knowledge);
  writeFileSync(path.join(knowledge, 'repair.md'), '# 终身维修\n\n衣服破损可以终身维修。请拍一下破损处和水洗标，我们按面料批次配布。\n\n# 运费险\n\n退货签收后72小时内由保险公司赔付。\n');
  const orders = path.join(dir, 'orders.csv');
  writeFileSync(orders, 'customer_id,order_id,paid_at,amount\nlin,A1,2025-11-02 10:00,899.00\nlin,A2,2026-01-02 10:00,299.00\n');
  const live = path.join(dir, 'live.jsonl');
  writeFileSync(live, `${JSON.stringify({ conv_id: 'c1', msg_id: '1', ts: Date.now(), role: 'customer', author: 'lin', text: '衣服破損可以維修嗎' })}\n`);
  return { knowledge, orders, live };
}

describe('the path of one message', () => {
  it('goes from a channel to suggestions, warning and tag, and back as a delivered reply', async () => {
    const dir = makeTestDir();
    const shop = writeShop(dir);
    const app = await startTestApp(testAppOptions(path.join(dir, 'store')));
    const page = openTestPage(app);
    await page.client.import.start({ path: shop.knowledge, kind: 'knowledge' });
    const uploaded = path.join(dir, 'store', 'spool', '1', 'orders.csv');
    mkdirSync(path.dirname(uploaded), { recursive: true });
    copyFileSync(shop.orders, uploaded);
    await page.client.import.start({ path: uploaded, kind: 'orders' });
    const ended = () => eventsOf(page, 'job.changed').map(({ job }) => [job.title, job.state, job.report?.added, job.report?.rejected.map(({ reason }) => reason)]).filter(([, state]) => state !== 'running');
    await vi.waitFor(() => expect(ended()).toEqual([['knowledge', 'done', 1, []], ['orders.csv', 'done', 2, []]]), WITHIN);
    await app.services().engine.embedded();
    expect(existsSync(uploaded)).toBe(false);

    await page.client.channel.addFile({ path: shop.live });
    await vi.waitFor(() => expect(eventsOf(page, 'suggestion.shown')[0]?.set.state).toBe('ready'), WITHIN);
    const [conversation] = await page.client.conversation.list({});
    const { suggestions } = await page.client.suggestion.current({ conversationId: conversation!.id });
    expect(suggestions[0]).toMatchObject({ kind: 'article', rank: 1, status: 'shown', sources: [{ title: expect.stringContaining('终身维修') as string }] });
    expect(suggestions[0]?.text).toContain('可以终身维修');
    const card = await page.client.customer.card({ customerId: conversation!.customerId });
    expect([card.orderCount, card.totalPaidFen, card.tag?.reasons.length]).toEqual([2, 119_800, 2]);
    await vi.waitFor(() => expect(eventsOf(page, 'risk.scored')[0]?.signal).toMatchObject({ kind: 'escalation', band: 'none' }), WITHIN);

    const id = newId() as OutboxId;
    await page.client.suggestion.insert({ id: suggestions[0]!.id });
    const reply = { id, conversationId: conversation!.id, text: `您好，${suggestions[0]!.text}`, suggestionIds: [suggestions[0]!.id] };
    await page.client.outbox.send(reply);
    await page.client.outbox.send(reply);
    await vi.waitFor(async () => expect((await page.client.outbox.list({ conversationId: conversation!.id })).map(({ state }) => state)).toEqual(['sent']), WITHIN);
    const { messages } = await page.client.conversation.messages({ conversationId: conversation!.id });
    expect(messages.map(({ role }) => role)).toEqual(['customer', 'rep']);
    const outcomes = app.services().db.prepare('SELECT action, edit_ratio > 0 AS isEdited FROM feedback ORDER BY action').all();
    expect(outcomes).toContainEqual({ action: 'sent', isEdited: 1 });
  });

  it('warns on a paraphrase without any lexicon word, and on a threat', async () => {
    const dir = makeTestDir();
    const live = path.join(dir, 'live.jsonl');
    const said = (id: string, conversation: string, text: string) => `${JSON.stringify({ conv_id: conversation, msg_id: id, ts: Date.now(), role: 'customer', author: conversation, text })}\n`;
    writeFileSync(live, said('1', 'threat', '再不处理我就打12315投诉你们') + said('2', 'paraphrase', '我会让所有人都知道你们是怎么做生意的') + said('3', 'calm', '请问这件有M码吗，谢谢'));
    const app = await startTestApp(testAppOptions(path.join(dir, 'store')));
    const page = openTestPage(app);
    await app.services().engine.engine.similarities('你好', 'escalation');
    await page.client.channel.addFile({ path: live });
    await vi.waitFor(() => expect(eventsOf(page, 'risk.scored').length).toBeGreaterThanOrEqual(3), WITHIN);
    const bands = Object.fromEntries((await page.client.conversation.list({})).map(({ customerName, risk }) => [customerName, risk?.band]));
    expect(bands).toEqual({ threat: 'alert', paraphrase: 'warn', calm: 'none' });
  });

  it('replays a file: customers only, each once, also when the app is started again in the middle', async () => {
    const dir = makeTestDir();
    const file = path.join(dir, 'old.jsonl');
    const turns = [{ role: 'customer', text: '在吗', at: 0 }, { role: 'rep', text: '在的', at: 1000 }, { role: 'customer', text: '发票呢', at: 2000 }].map((turn) => ({ ...turn, at: Date.UTC(2026, 0, 1) + turn.at }));
    writeFileSync(file, `${JSON.stringify({ id: 'c1', customerId: 'wang', customerName: '王先生', turns })}\n`);
    const first = await startTestApp(testAppOptions(path.join(dir, 'store')));
    await openTestPage(first).client.channel.startReplay({ path: file, speed: 1 });
    await vi.waitFor(async () => expect((await openTestPage(first).client.conversation.list({})).length).toBe(1), WITHIN);
    await first.close();
    const page = openTestPage(await startTestApp(testAppOptions(path.join(dir, 'store'))));
    await vi.waitFor(async () => expect((await page.client.channel.list({}))[0]?.replay).toMatchObject({ state: 'ended', playedCount: 2, totalCount: 2 }), WITHIN);
    const [conversation] = await page.client.conversation.list({});
    const { messages } = await page.client.conversation.messages({ conversationId: conversation!.id });
    expect([conversation?.customerName, messages.map(({ text }) => text)]).toEqual(['王先生', ['在吗', '发票呢']]);
    await expect(page.client.channel.startReplay({ path: path.join(dir, 'none.jsonl') })).rejects.toMatchObject({ code: 'file_unreadable' });
    expect(await page.client.channel.list({})).toHaveLength(1);
  });

  it('matches a message once however often the page asks, and again when the settings changed', async () => {
    const dir = makeTestDir();
    const live = path.join(dir, 'live.jsonl');
    writeFileSync(live, `${JSON.stringify({ conv_id: 'c1', msg_id: '1', ts: Date.now(), role: 'customer', author: 'lin', text: '好的，谢谢' })}\n`);
    const app = await startTestApp(testAppOptions(path.join(dir, 'store')));
    const page = openTestPage(app);
    const { pipeline } = app.services();
    await page.client.channel.addFile({ path: live });
    await vi.waitFor(() => expect(eventsOf(page, 'suggestion.shown')).toHaveLength(1), WITHIN);
    const [conversation] = await page.client.conversation.list({});
    const ask = async () => {
      const { state } = await page.client.suggestion.current({ conversationId: conversation!.id });
      await pipeline.idle();
      return [state, eventsOf(page, 'suggestion.shown').length];
    };
    await pipeline.idle();
    expect([await ask(), await ask()]).toEqual([['idle', 1], ['idle', 1]]);
    await page.client.settings.set({ theme: 'dark' });
    expect(await ask()).toEqual(['idle', 1]);
    const toldBefore = eventsOf(page, 'data.changed').length;
    await page.client.settings.set({ quietMode: 'rare' });
    expect((await ask())[0]).toBe('matching');
    await vi.waitFor(() => expect([eventsOf(page, 'data.changed').length, eventsOf(page, 'suggestion.shown').length]).toEqual([toldBefore + 1, 2]), WITHIN);
  });

  it('answers bad input with the schema issues and cancels nothing else', async () => {
    const app = await startTestApp(testAppOptions(makeTestDir()));
    const page = openTestPage(app);
    await expect(page.client.conversation.get({ conversationId: 'nonsense' as never })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(page.client.conversation.get({ conversationId: newId() as never })).rejects.toMatchObject({ code: 'not_found', data: { retryable: false } });
    expect((await page.client.app.status({})).state).toBe('ready');
  });

  it('survives a killed engine: the next question is answered', async () => {
    const dir = makeTestDir();
    const shop = writeShop(dir);
    const source = createSourceFork();
    const app = await startTestApp(testAppOptions(path.join(dir, 'store'), { fork: source.fork }));
    const page = openTestPage(app);
    await app.services().importing.run(shop.knowledge, 'knowledge');
    await app.services().engine.embedded();
    source.forked.find(({ entry }) => entry === 'engine')!.kill();
    const { hits, isWordsOnly } = await page.client.search.query({ text: '破损维修' });
    expect([hits[0]?.text.includes('终身维修'), typeof isWordsOnly]).toEqual([true, 'boolean']);
    await vi.waitFor(() => expect(eventsOf(page, 'app.changed').at(-1)?.status.engine).toMatchObject({ state: 'ready', restartCount: 1 }), WITHIN);
  });
});

describe('keys and locks', () => {
  it('a passphrase locks the store for good, the recovery code opens it, settings stay', async () => {
    const dir = makeTestDir();
    const first = await startTestApp(testAppOptions(dir));
    const page = openTestPage(first);
    await page.client.settings.set({ theme: 'dark' });
    expect(await page.client.settings.set({ language: 'en' })).toMatchObject({ theme: 'dark', language: 'en' });
    const { recoveryCode } = await page.client.app.setPassphrase({ current: null, next: 'correct horse battery' });
    await first.close();

    const second = await startTestApp(testAppOptions(dir));
    const locked = openTestPage(second);
    expect((await locked.client.app.status({})).state).toBe('locked');
    await expect(locked.client.settings.get({})).rejects.toMatchObject({ code: 'locked' });
    await expect(locked.client.app.unlock({ passphrase: 'wrong one here' })).rejects.toMatchObject({ code: 'wrong_key' });
    expect((await locked.client.app.unlockWithRecoveryCode({ code: recoveryCode })).state).toBe('ready');
    expect(await locked.client.settings.get({})).toMatchObject({ theme: 'dark', language: 'en' });
    expect((await locked.client.app.lock({})).state).toBe('locked');
    expect((await locked.client.app.unlock({ passphrase: 'correct horse battery' })).state).toBe('ready');
  });

  it('a second app on the same store says who has it, and opens it when the first lets go', async () => {
    const dir = makeTestDir();
    const first = await startTestApp(testAppOptions(dir));
    const { client } = openTestPage(await startTestApp(testAppOptions(dir)));
    const status = await client.app.status({});
    expect([status.state, status.problem]).toEqual(['failed', expect.stringContaining(String(process.pid))]);
    await first.close();
    await vi.waitFor(async () => expect(await client.app.status({})).toMatchObject({ state: 'ready', problem: null, recovery: { wasUnclean: false } }), WITHIN);
  });
});
