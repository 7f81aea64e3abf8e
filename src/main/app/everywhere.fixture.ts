import { ensureDefaultRep } from '../access/rep.repository.ts';
import { upsertProduct } from '../catalogue/catalogue.repository.ts';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { ensureLabel, setLabel } from '../conversations/label.repository.ts';
import { upsertAfterSale } from '../customers/after-sale.repository.ts';
import { findCustomer } from '../customers/customer.repository.ts';
import { upsertOrder } from '../customers/order.repository.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { upsertArticle } from '../knowledge/article.repository.ts';
import { upsertMacro } from '../knowledge/macro.repository.ts';
import type { SearchCandidate } from '../search/search.types.ts';
import { createEverywhere } from './everywhere.service.ts';
import { openWork } from './work-wiring.ts';

const DAY = 86_400_000;

/** For tests: a small shop, the box over it, and what the engine would find (nothing, until set). */
export function everywhereBench() {
  const store = openTestStore();
  const { db, ctx } = store;
  const repId = ensureDefaultRep(db, ctx, '小同').id;
  const engine = { state: 'ready' as 'ready' | 'restarting' | 'down', candidates: [] as SearchCandidate[], asked: [] as unknown[] };
  const lin = addConversation(store, '林女士', [['customer', '三年前買的衝鋒衣能維修嗎？订单 SY1000303587'], ['rep', '可以维修，麻烦拍一下破损处'], ['customer', '衣服破了，能修吗']], { isLive: true });
  const amy = addConversation(store, 'Amy Chen', [['customer', 'The jacket came in the wrong size'], ['rep', 'You can swap the jacket for free']]);
  db.prepare("UPDATE conversations SET state = 'closed' WHERE id = ?").run(amy);
  const order = (externalId: string, customer: string, waybill: string, days: number) =>
    upsertOrder(db, ctx, { externalId, customerExternalId: customer, paidAt: ctx.nowMs - days * DAY, paidFen: 129_900, status: '交易成功', waybill, carrier: '圆通速递', items: [{ title: '云脊 冲锋衣', skuExternalId: 'YJ01M-GR-M', batch: 'B2311-07' }] });
  order('SY1000303587', 'id of 林女士', 'YT8768706136847', 20);
  order('SY1000403587', 'id of 林女士', 'SF1338821077', 10);
  order('SY-2000 9999', 'id of Amy Chen', 'JD0009', 5);
  upsertAfterSale(db, ctx, { externalId: 'AS1', customerExternalId: 'id of 林女士', orderExternalId: 'SY1000303587', type: '维修', openedAt: ctx.nowMs });
  upsertProduct(db, ctx, { externalId: 'YJ01M', title: '云脊 Ridge Pro 冲锋衣 男款', titleEn: 'Ridge Pro jacket', category: '硬壳冲锋衣', priceFen: 189_900, skus: [{ externalId: 'YJ01M-GR-M', colour: '岩灰', size: 'M', stockCount: 3 }, { externalId: 'YJ01M-GR-L', colour: '岩灰', size: 'L', stockCount: 4 }] });
  upsertProduct(db, ctx, { externalId: 'SJ03', title: '石径 徒步鞋', priceFen: 96_900 });
  upsertArticle(db, ctx, { source: 'repair.md', title: '终身维修', language: 'zh', passages: [{ heading: '费用', text: '三年以内免人工费。', language: 'zh' }, { heading: '时间', text: '维修 12 天。', language: 'zh' }] });
  upsertMacro(db, ctx, { code: 'repair.ask', title: '问维修', text: '请发订单号 {{order.externalId}}', language: 'zh' });
  upsertMacro(db, ctx, { code: 'mine', title: '我的维修话术', text: '马上维修', language: 'zh', scope: 'personal', repId: 'somebody else' });
  const label = ensureLabel(db, ctx, { name: '加急' });
  setLabel(db, lin, label.id, true);
  const work = openWork({ db, context: () => ctx, repId: () => repId, emit: () => {}, onError: () => {} });
  work.addNote(lin, '客户很急，面料 F-204 有库存');
  const everywhere = createEverywhere({
    db, repId: () => repId, context: () => ctx, engineState: () => engine.state,
    search: { candidates: async (request, signal) => { engine.asked.push({ request, signal }); return { candidates: engine.candidates, isWordsOnly: engine.state === 'down' }; } },
  });
  const ids = { lin, amy, label: label.id, repId, linCustomer: findCustomer(db, 'id of 林女士')!.id };
  /** Titles by kind. */
  const titles = async (text: string, filters: Parameters<typeof everywhere.everywhere>[0]['filters'] = {}): Promise<Record<string, string[]>> => {
    const { groups } = await everywhere.everywhere({ text, filters, limit: 5 });
    return Object.fromEntries(groups.map(({ kind, hits }) => [kind, hits.map(({ title }) => title.text)]));
  };
  return { ...store, engine, everywhere, work, ids, titles };
}
