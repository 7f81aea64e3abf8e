import { expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { iterateFinishedTurns } from '../conversations/exchange.repository.ts';
import { runAtOnce } from '../search/slices.ts';
import { exchangesOf } from './history.ts';
import { readExchanges } from './shop-history.ts';

/** `count` finished conversations of two exchanges each, a customer each; two end at the same time, and one is still open. */
function openShop(count: number) {
  const { db } = openTestStore();
  const run = (sql: string, ...values: unknown[]) => void db.prepare(sql).run(...values);
  run("INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 's', 'file', '', '{}', 'stopped', 0)");
  for (let at = 0; at <= count; at++) {
    run("INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES (?, 's', ?, '', 0)", `c${at}`, `x${at}`);
    run("INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES (?, 's', 'ch', ?, ?, ?, 0, ?)", `v${at}`, `v${at}`, `c${at}`, at === count ? 'open' : 'closed', Math.floor(at / 2));
    for (const [place, role, text] of [[0, 'customer', `水壶${at}号什么时候到`], [1, 'rep', `水壶${at}号周一到`], [2, 'customer', `运费${at}元谁出`], [3, 'rep', '运费我们出'], [4, 'customer', '好的谢谢']] as const) {
      run("INSERT INTO messages (id, conversation_id, external_id, role, text, language, sent_at) VALUES (?, ?, ?, ?, ?, 'zh', ?)", `m${at}-${place}`, `v${at}`, String(place), role, text, at * 10 + place);
    }
  }
  return db;
}

test('reads what the whole store holds page by page, newest first, and stops once there is enough', () => {
  const db = openShop(120);
  const { exchanges, counts } = runAtOnce(readExchanges(db));
  const whole = exchangesOf(iterateFinishedTurns(db));
  const byTime = (a: { repliedAt: number }, b: { repliedAt: number }) => a.repliedAt - b.repliedAt;
  expect([exchanges.toSorted(byTime), counts]).toEqual([whole.exchanges.toSorted(byTime), whole.counts]);
  const some = runAtOnce(readExchanges(db, 30));
  // whole pages of fifty conversations
  expect([some.counts.conversations, Math.min(...some.exchanges.map(({ startedAt }) => startedAt))]).toEqual([50, 700]);
});

test('leaves out customers who are not to be learned from, and lets the store be written meanwhile', () => {
  const db = openShop(120);
  db.prepare("INSERT INTO adapt_excluded (customer_id, at) VALUES ('c7', 0)").run();
  const slices = readExchanges(db);
  slices.next();
  db.prepare("DELETE FROM conversations WHERE id = 'v3'").run();
  const { exchanges } = runAtOnce(slices);
  expect([exchanges.length, exchanges.filter(({ conversationId }) => ['v3', 'v7'].includes(conversationId))]).toEqual([236, []]);
});
