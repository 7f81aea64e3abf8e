import { expect, onTestFinished, test } from 'vitest';
import { upsertArticle } from '../knowledge/article.repository.ts';
import { createIdMaker } from '../platform/ids.ts';
import { silentLog } from '../platform/log.ts';
import { createEmbedQueue } from './embed-queue.ts';
import { openEngineBench } from './engine.fixture.ts';
import { createSearchService } from './search.service.ts';

const ARTICLES = [
  { language: 'zh' as const, title: '退款到账', text: '退款原路返回，银行卡一到三个工作日到账。' },
  { language: 'zh' as const, title: '尺码', text: '这款偏小，建议拍大一码。' },
  { language: 'zh' as const, title: '會員生日', text: '會員生日當月下單贈送禮品。' },
  { language: 'en' as const, title: 'Change of address', text: 'The delivery address can be changed until the parcel is picked up.' },
];

test('traditional and simplified Chinese find each other, and Chinese and English do', async () => {
  const nowMs = Date.UTC(2026, 0, 1);
  const ctx = { newId: createIdMaker({ nowMs: () => nowMs }), nowMs, shopId: 'shop' };
  const bench = openEngineBench((db) => {
    for (const { title, text, language } of ARTICLES) upsertArticle(db, ctx, { source: title, title, language, passages: [{ heading: title, text, language }] });
  });
  onTestFinished(() => bench.close());
  const queue = createEmbedQueue({ db: bench.db, engine: bench.engine, log: silentLog });
  queue.wake();
  await queue.whenIdle();
  const search = createSearchService({ db: bench.db, engine: bench.engine });
  const first = async (text: string) => (await search.query({ text, kinds: ['passage'], limit: 4 })).hits[0]?.title;
  const found = [await first('退款多久到賬'), await first('会员生日有什么礼品'), await first('how long does a refund take to reach my card'), await first('可以改收货地址吗')];
  expect(found).toEqual(['退款到账', '會員生日', '退款到账', 'Change of address']);
});
