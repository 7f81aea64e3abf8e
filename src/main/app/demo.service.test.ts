import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { insertChannel } from '../conversations/channel.repository.ts';
import { ensureConversation } from '../conversations/conversation.repository.ts';
import { insertMessage } from '../conversations/message.repository.ts';
import { ensureCustomer } from '../customers/customer.repository.ts';
import { upsertOrder } from '../customers/order.repository.ts';
import { makeTestDir } from '../db/open-test-store.ts';
import { makePack, SMALL_PACK } from '../packs/packs.fixture.ts';
import { demoBench } from './demo.fixture.ts';

const SHOP = {
  'shop/products.jsonl': '{"product_id":"P1","title":"硬壳","skus":[{"id":"P1-M","size":"M","batches":[{"batch":"B1","fabric_lot":"L1"}]}]}\n',
  'shop/promotions.csv': 'promotion_id,title,starts_at,ends_at\nD1,618,2026-06-01,2026-06-18\n',
  'shop/orders.csv': 'order_id,customer_id,customer_name,paid_at,amount,item_title,item_sku\nT1,C1,林女士,2026-05-30 10:00,99,硬壳,P1-M\nT2,C2,,2026-05-31 10:00,9,硬壳,P1-M\n',
  'shop/after-sales.csv': 'case_id,customer_id,type,order_id,opened_at\nR1,C1,换货,T1,2026-05-31\n',
  'shop/reviews.csv': 'score,text,customer_id,review_id,reviewed_at\n5,很好,C1,V1,2026-05-31\n',
  'shop/conversations.jsonl': '{"id":"c1","channel":"tmall","customerId":"C1","openedAt":"2026-05-30T09:00:00+08:00","turns":[{"id":"1","role":"customer","text":"什么时候发货"},{"id":"2","role":"rep","text":"今天发"}]}\n',
};

function smallDemo() {
  const { dir } = makePack({ ...SMALL_PACK, ...SHOP, 'pack.yaml': `${SMALL_PACK['pack.yaml']!.replace('name: small', 'name: demo-shop')}reference_date: 2026-06-01\n` }, path.join(makeTestDir(), 'demo-shop'));
  // ten days after the reference date, in the evening
  return demoBench(dir, Date.parse('2026-06-11T20:00:00+08:00'));
}

describe('install', () => {
  test('brings knowledge and data, every date moved so that the reference date is today', async () => {
    const { demo, jobs, select, shopName, imported } = smallDemo();
    expect(demo.status()).toEqual({ state: 'none', installedAt: null, jobId: null, canInstall: true });
    const job = demo.install();
    expect(demo.status()).toMatchObject({ jobId: job.id });
    expect(() => demo.install()).toThrow('already');
    expect(await jobs.settled(job.id)).toMatchObject({ state: 'done', doneRatio: 1, report: { added: 11, updated: 0, unchanged: 0, rejectedCount: 0 } });
    await Promise.resolve();
    expect(demo.status()).toEqual({ state: 'installed', installedAt: Date.parse('2026-06-11T20:00:00+08:00'), jobId: null, canInstall: true });
    expect(imported).toEqual(['products', 'promotions', 'orders', 'after-sales', 'reviews', 'conversations']);
    const day = (text: string): number => Date.parse(`${text}+08:00`);
    expect(select('SELECT external_id, paid_at FROM orders ORDER BY 1')).toEqual([{ external_id: 'T1', paid_at: day('2026-06-09T10:00') }, { external_id: 'T2', paid_at: day('2026-06-10T10:00') }]);
    expect(select('SELECT starts_at, ends_at FROM promotions')).toEqual([{ starts_at: day('2026-06-11T00:00'), ends_at: day('2026-06-28T00:00') }]);
    expect(select('SELECT role, sent_at FROM messages ORDER BY seq')).toEqual([{ role: 'customer', sent_at: day('2026-06-09T09:00') }, { role: 'rep', sent_at: day('2026-06-09T09:00') }]);
    expect(select('SELECT valid_to FROM articles WHERE valid_to IS NOT NULL')).toEqual([{ valid_to: day('2027-01-11T00:00') - 1 }]);
    expect(shopName()).toBe('小包');
  });

  test('again, days later: nothing changes', async () => {
    const { demo, ctx, rows } = smallDemo();
    await demo.installNow();
    const before = rows();
    ctx.nowMs += 5 * 86_400_000;
    expect(await demo.installNow()).toMatchObject({ added: 0, updated: 0, unchanged: 11, rejectedCount: 0 });
    const later = rows();
    // a pack says when it was looked at last
    expect({ ...later, packs: [] }).toEqual({ ...before, packs: [] });
  });

  test('cancelled: partial, and goes on', async () => {
    const { demo, jobs } = smallDemo();
    const job = demo.install();
    jobs.cancel(job.id);
    expect(await jobs.settled(job.id)).toMatchObject({ state: 'cancelled' });
    expect(await demo.installNow()).toMatchObject({ added: 11 });
    expect(demo.status().state).toBe('installed');
  });

  test('not beside customers of the shop', () => {
    const { demo, db, ctx } = smallDemo();
    ensureCustomer(db, ctx, { externalId: 'own' });
    expect(demo.status()).toMatchObject({ state: 'none', canInstall: false });
    expect(() => demo.install()).toThrow('This store holds customers of the shop.');
  });
});

describe('remove', () => {
  test('leaves the store as it was', async () => {
    const { demo, rows, shopName } = smallDemo();
    const before = rows();
    await demo.installNow();
    expect(await demo.removeNow()).toEqual({ added: 0, updated: 5, unchanged: 0, rejected: [], rejectedCount: 0 });
    expect(rows()).toEqual(before);
    expect([demo.status().state, shopName()]).toEqual(['none', '']);
    expect(() => demo.remove()).toThrow('This is no demo store.');
  });

  test('live customers, replays and new messages go along; the own rows of the shop stay', async () => {
    const { demo, db, ctx, select, stopped } = smallDemo();
    await demo.installNow();
    const live = insertChannel(db, ctx, { kind: 'demo', title: 'demo' });
    const replay = insertChannel(db, ctx, { kind: 'replay', title: 'stored' });
    db.exec("UPDATE channels SET state = 'running' WHERE kind = 'demo'");
    const talk = (channelId: typeof live.id, customerExternalId: string, text: string) => {
      const { id } = ensureConversation(db, ctx, { channelId, externalId: `${channelId}-${customerExternalId}`, customerExternalId, openedAt: ctx.nowMs });
      insertMessage(db, ctx, { conversationId: id, externalId: 'm', role: 'customer', text, language: 'zh', piiSpans: [], sentAt: ctx.nowMs, isLive: true });
    };
    talk(live.id, 'L1', '在吗');
    talk(replay.id, 'C2', '在吗');
    talk(live.id, 'own', '在吗');
    upsertOrder(db, ctx, { externalId: 'own-1', customerExternalId: 'own', paidAt: 1, paidFen: 1, items: [] });
    upsertOrder(db, ctx, { externalId: 'own-2', customerExternalId: 'C1', paidAt: 1, paidFen: 1, items: [] });
    await demo.removeNow();
    expect(stopped).toEqual([live.id]);
    expect(select('SELECT external_id FROM customers ORDER BY 1')).toEqual([{ external_id: 'C1' }, { external_id: 'own' }]);
    expect(select('SELECT external_id FROM orders ORDER BY 1')).toEqual([{ external_id: 'own-1' }, { external_id: 'own-2' }]);
    expect(select('SELECT count(*) AS n FROM conversations')).toEqual([{ n: 0 }]);
    expect(select('SELECT (SELECT count(*) FROM messages_fts) AS words, (SELECT count(*) FROM pending_vectors) AS pending, (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM products) AS products')).toEqual([{ words: 0, pending: 0, articles: 0, products: 0 }]);
    expect(select('SELECT kind FROM channels')).toEqual([{ kind: 'replay' }]);
  });
});
