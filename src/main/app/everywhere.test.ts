import { describe, expect, test } from 'vitest';
import type { NoteId } from '../../shared/contract/ids.contract.ts';
import { upsertProduct } from '../catalogue/catalogue.repository.ts';
import { eraseCustomer } from '../conversations/erase.service.ts';
import { ensureCustomer } from '../customers/customer.repository.ts';
import { everywhereBench } from './everywhere.fixture.ts';

const jumpOf = async ({ everywhere }: ReturnType<typeof everywhereBench>, text: string): Promise<string | null> => {
  const { jump, groups } = await everywhere.everywhere({ text, filters: {}, limit: 5 });
  if (jump === null) return null;
  const [first] = groups.find(({ kind }) => kind === jump.kind)?.hits ?? [];
  expect(first?.id).toBe(jump.id);
  return `${jump.kind} ${first?.title.text}`;
};

describe('numbers', () => {
  test('an order is jumped to by its number or waybill, whole or its last four, however it is written', async () => {
    const bench = everywhereBench();
    const found = (text: string): Promise<string | null> => jumpOf(bench, text);
    expect([await found('SY1000303587'), await found('sy-1000 3035 87'), await found('快递 YT8768706136847 到哪了'), await found('6847'), await found('1077'), await found('sy20009999'), await found('jd0009')]).toEqual([
      'order SY1000303587', 'order SY1000303587', 'order SY1000303587', 'order SY1000303587', 'order SY1000403587', 'order SY-2000 9999', 'order SY-2000 9999',
    ]);
    // two orders end so; three characters are no end
    expect([await found('3587'), await found('587'), await bench.titles('SY1000')]).toEqual([null, null, { order: ['SY1000403587', 'SY1000303587'], conversation: ['林女士'] }]);
    expect(await bench.titles('3587')).toEqual({ order: ['SY1000403587', 'SY1000303587'] });
  });

  test('a SKU names its product, a customer number its customer, a conversation number its conversation', async () => {
    const bench = everywhereBench();
    ensureCustomer(bench.db, bench.ctx, { externalId: 'C0289', name: '贺先生' });
    bench.db.prepare("UPDATE conversations SET external_id = 'T-20260001' WHERE id = ?").run(bench.ids.amy);
    expect([await jumpOf(bench, 'yj01m gr m'), await jumpOf(bench, 'YJ01M'), await jumpOf(bench, 'c0289'), await jumpOf(bench, 't20260001'), await jumpOf(bench, '林女士'), await jumpOf(bench, '女士')]).toEqual([
      'product 云脊 Ridge Pro 冲锋衣 男款', 'product 云脊 Ridge Pro 冲锋衣 男款', 'customer 贺先生', 'conversation Amy Chen', 'customer 林女士', null,
    ]);
    const { groups } = await bench.everywhere.everywhere({ text: 'YJ01M-GR-L', filters: {}, limit: 5 });
    expect(groups.find(({ kind }) => kind === 'product')?.hits[0]).toEqual({ kind: 'product', id: expect.any(String), title: { text: '云脊 Ridge Pro 冲锋衣 男款', spans: [] }, number: { text: 'YJ01M-GR-L', spans: [{ start: 0, end: 10 }] }, at: null, category: '硬壳冲锋衣', priceFen: 189_900, stockCount: 7 });
  });

  test('a number is not asked of the engine', async () => {
    const bench = everywhereBench();
    await bench.titles('2026 0001');
    await bench.titles('SY1000303587');
    expect(bench.engine.asked).toEqual([]);
  });
});

describe('words', () => {
  test('customers, conversations, notes, products, articles and macros, in one order; another rep\'s macro is not theirs to see', async () => {
    const bench = everywhereBench();
    expect(await bench.titles('维修')).toEqual({ conversation: ['林女士'], article: ['费用', '时间'], macro: ['问维修'] });
    expect(await bench.titles('林女士')).toEqual({ customer: ['林女士'], conversation: ['林女士'] });
    expect(await bench.titles('面料 F-204')).toEqual({ note: ['林女士'] });
    expect(await bench.titles('冲锋衣 岩灰')).toEqual({ product: ['云脊 Ridge Pro 冲锋衣 男款'] });
    expect(await bench.titles('repair.a')).toEqual({ macro: ['问维修'] });
    expect(await bench.titles('jack')).toEqual({ conversation: ['Amy Chen'], product: ['Ridge Pro jacket'] });
    expect(await bench.titles('什么都没有')).toEqual({});
  });

  test('one Chinese character is enough', async () => {
    expect(await everywhereBench().titles('林')).toEqual({ customer: ['林女士'], conversation: ['林女士'] });
    expect(await everywhereBench().titles('修')).toEqual({ conversation: ['林女士'], article: ['费用'] });
    expect(await everywhereBench().titles('鞋')).toEqual({ product: ['石径 徒步鞋'] });
  });

  test('a conversation stands once, with the message to go to, how many hold the words, and what is marked in any script', async () => {
    const bench = everywhereBench();
    const { groups } = await bench.everywhere.everywhere({ text: '維修', kinds: ['conversation'], filters: {}, limit: 5 });
    expect(groups).toEqual([{
      kind: 'conversation', total: 1, isAtLeast: false,
      hits: [{
        kind: 'conversation', id: bench.ids.lin, title: { text: '林女士', spans: [] }, body: { text: '可以维修，麻烦拍一下破损处', spans: [{ start: 2, end: 4 }] }, at: bench.ctx.nowMs + 60_000,
        messageId: expect.any(String), role: 'rep', state: 'open', channelKind: 'file', repName: null, foundCount: 2,
      }],
    }]);
  });

  test('what the engine ranked comes first; a row that only means something like it must be near', async () => {
    const bench = everywhereBench();
    const candidate = (kind: 'message' | 'passage', seq: number, cosine: number) => ({ kind, seq, cosine, score: 0.5, words: 0, meaning: 1, bm25: 0, matchedWords: [] });
    bench.engine.candidates = [candidate('message', 4, 0.7), candidate('passage', 1, 0.2)];
    expect([await bench.titles('衣服破了'), await bench.titles('衣服'), await bench.titles('衣')]).toEqual([{ conversation: ['Amy Chen', '林女士'] }, { conversation: ['Amy Chen', '林女士'] }, { conversation: ['林女士'], product: ['云脊 Ridge Pro 冲锋衣 男款'] }]);
    bench.engine.candidates = [candidate('message', 4, 0.5)];
    expect([await bench.titles('衣服破了'), await bench.titles('衣服')]).toEqual([{ conversation: ['Amy Chen', '林女士'] }, { conversation: ['林女士'] }]);
  });

  test('names are kept fresh: a real name, a new title, an edited note', async () => {
    const bench = everywhereBench();
    ensureCustomer(bench.db, bench.ctx, { externalId: 'C1' });
    expect(await bench.titles('c1')).toEqual({ customer: ['C1'] });
    ensureCustomer(bench.db, bench.ctx, { externalId: 'C1', name: '贺先生' });
    upsertProduct(bench.db, bench.ctx, { externalId: 'SJ03', title: '石径 登山靴' });
    const { id } = bench.db.prepare('SELECT id FROM notes').get() as { id: NoteId };
    const { actionIds } = bench.work.editNote(id, '已经寄出');
    expect([await bench.titles('贺'), await bench.titles('登山靴'), await bench.titles('徒步鞋'), await bench.titles('寄出'), await bench.titles('库存')]).toEqual([{ customer: ['贺先生'] }, { product: ['石径 登山靴'] }, {}, { note: ['林女士'] }, {}]);
    bench.work.undo(actionIds);
    expect([await bench.titles('寄出'), await bench.titles('库存')]).toEqual([{}, { note: ['林女士'] }]);
  });
});

describe('filters', () => {
  test('narrow what they concern and leave out the rest', async () => {
    const { titles, ids, ctx } = everywhereBench();
    expect([await titles('维修', { state: 'closed' }), await titles('jacket', { state: 'closed' }), await titles('维修', { labelId: ids.label }), await titles('维修', { channelKind: 'demo' })]).toEqual([{}, { conversation: ['Amy Chen'] }, { conversation: ['林女士'] }, {}]);
    expect([await titles('维修', { repId: 'nobody' }), await titles('维修', { repId: ids.repId }), await titles('维修', { language: 'zh' }), await titles('维修', { language: 'en' })]).toEqual([
      { conversation: ['林女士'] }, {}, { conversation: ['林女士'], article: ['费用', '时间'], macro: ['问维修'] }, {},
    ]);
    expect([await titles('SY1000', { from: ctx.nowMs - 15 * 86_400_000 }), await titles('维修', { from: ctx.nowMs, to: ctx.nowMs }), await titles('维修', { to: ctx.nowMs - 1 })]).toEqual([{ order: ['SY1000403587'], conversation: ['林女士'] }, { conversation: ['林女士'] }, {}]);
  });
});

describe('the engine', () => {
  test('is not waited for while it restarts; without it the words stand, and it is said', async () => {
    const bench = everywhereBench();
    bench.engine.state = 'restarting';
    const answer = await bench.everywhere.everywhere({ text: '维修', filters: {}, limit: 5 });
    expect([bench.engine.asked, answer.isWordsOnly, answer.groups.map(({ kind }) => kind)]).toEqual([[], true, ['conversation', 'article', 'macro']]);
    bench.engine.state = 'down';
    expect((await bench.everywhere.everywhere({ text: '维修', filters: {}, limit: 5 })).isWordsOnly).toBe(true);
  });

  test('a cancelled question is refused, its signal handed on', async () => {
    const bench = everywhereBench();
    const stop = new AbortController();
    const answer = bench.everywhere.everywhere({ text: '维修', filters: {}, limit: 5 }, stop.signal);
    stop.abort();
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
    expect(bench.engine.asked).toMatchObject([{ request: { text: '维修', kinds: ['message', 'reply', 'passage', 'macro'], mode: 'lookup' }, signal: stop.signal }]);
  });
});

describe('what was opened', () => {
  test('is kept for each rep, newest first, in the words of now, and can be cleared', () => {
    const bench = everywhereBench();
    const { db, everywhere, ids, ctx } = bench;
    everywhere.noteOpened('林女士', { kind: 'conversation', id: ids.lin });
    ctx.nowMs += 1;
    everywhere.noteOpened('', { kind: 'customer', id: ids.linCustomer });
    everywhere.noteOpened('维修', { kind: 'article', id: 'gone' });
    db.prepare("UPDATE customers SET name = '林小姐' WHERE id = ?").run(ids.linCustomer);
    expect(everywhere.recents()).toEqual({
      searches: ['维修', '林女士'],
      opened: [
        { kind: 'customer', id: ids.linCustomer, title: '林小姐', detail: 'id of 林女士', conversationId: null, customerId: ids.linCustomer },
        { kind: 'conversation', id: ids.lin, title: '林小姐', detail: '衣服破了，能修吗', conversationId: ids.lin, customerId: ids.linCustomer },
      ],
    });
    for (let count = 0; count < 30; count++) {
      ctx.nowMs += 1;
      everywhere.noteOpened(`search ${count}`, null);
    }
    expect(everywhere.recents().searches).toHaveLength(10);
    everywhere.clearRecents();
    expect(everywhere.recents()).toEqual({ searches: [], opened: [] });
  });

  test('erasing a customer leaves nothing to find and no search that may name them', async () => {
    const bench = everywhereBench();
    const { db, ctx, everywhere, ids } = bench;
    everywhere.noteOpened('林女士', { kind: 'conversation', id: ids.lin });
    everywhere.noteOpened('', { kind: 'conversation', id: ids.amy });
    eraseCustomer(db, ctx, ids.linCustomer, ids.repId);
    expect([everywhere.recents().searches, everywhere.recents().opened.map(({ title }) => title)]).toEqual([[], ['Amy Chen']]);
    expect([await bench.titles('林女士'), await bench.titles('SY1000303587'), await bench.titles('库存'), db.prepare('SELECT count(*) FROM note_words').pluck().get()]).toEqual([{}, {}, {}, 0]);
  });
});

describe('an order', () => {
  test('opens its customer with that order, its cases, and the conversations about it first', () => {
    const { everywhere, ids, db } = everywhereBench();
    const orderId = db.prepare("SELECT id FROM orders WHERE external_id = 'SY1000303587'").pluck().get() as string;
    const { card, order, orderAfterSales, conversations } = everywhere.customer(ids.linCustomer, orderId);
    expect([card.name, order?.externalId, order?.items[0]?.batch, orderAfterSales.map(({ type }) => type)]).toEqual(['林女士', 'SY1000303587', 'B2311-07', ['维修']]);
    expect(conversations).toEqual([{ id: ids.lin, state: 'open', channelKind: 'file', lastAt: expect.any(Number), lastText: '衣服破了，能修吗', isAboutOrder: true }]);
    expect(everywhere.customer(ids.linCustomer, undefined)).toMatchObject({ order: null, orderAfterSales: [], conversations: [{ isAboutOrder: false }] });
    const messageId = db.prepare('SELECT id FROM messages WHERE seq = 2').pluck().get() as Parameters<typeof everywhere.around>[0];
    expect(everywhere.around(messageId).messages.map(({ role }) => role)).toEqual(['customer', 'rep', 'customer']);
    expect(() => everywhere.around('none' as never)).toThrow('no such message');
  });
});
