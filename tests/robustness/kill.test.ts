/** The short form of kill.long.test.ts for every run: two dead backends and two dead engines, from the sources. */
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createRandom, drawIndex } from '../../bench/seeded-random.ts';
import { openLoopback } from '../hosts/open-host.ts';
import { checkWork } from './check-book.ts';
import { importToEnd, writeConversations } from './importing-clerk.ts';
import { untilReady } from './kill-rig.ts';
import { startCustomers } from './live-customers.ts';
import { findChild, gone, killHard } from './processes.ts';
import { startRep } from './rep-at-work.ts';
import { countPending, faultsOf, readStore } from './store-facts.ts';

const main = path.join(import.meta.dirname, '../../src/main');
const SEED = 20_260_101;
const GONE_WITHIN_MS = 10_000;
/** Two processes start anew after each kill; a busy machine takes its time. */
const TEST_WITHIN_MS = 120_000;

it.skipIf(process.platform !== 'linux')('keeps what was acknowledged when backend and engine are killed at work', { timeout: TEST_WITHIN_MS }, async () => {
  const opened = await openLoopback(path.join(main, 'app/backend.process.ts'), path.join(main, 'search/engine.process.ts'));
  onTestFinished(() => opened.close());
  const { storeDir } = opened;
  const client = () => opened.connection.client;
  const random = createRandom(SEED);
  const live = path.join(path.dirname(storeDir), 'live.jsonl');
  const backendPid = async () => (await opened.host.whenReady(GONE_WITHIN_MS))?.pid ?? 0;
  await untilReady(client, ({ state }) => state === 'ready');
  const knowledge = path.join(path.dirname(storeDir), 'repair.md');
  writeFileSync(knowledge, '# 终身维修\n\n衣服破损可以终身维修，请拍一下破损处。\n\n# 退货\n\n退货的运费由运费险赔付。\n');
  await importToEnd(client, knowledge, 'knowledge');
  const customers = startCustomers(live, createRandom(SEED + 1), () => 250);
  await client().channel.addFile({ path: live });
  const rep = startRep(client, createRandom(SEED + 2), () => 10);
  const file = writeConversations(path.join(path.dirname(storeDir), 'past.jsonl'), 300, true);
  const importing = importToEnd(client, file.path);
  for (const target of ['backend', 'engine', 'backend', 'engine'] as const) {
    await sleep(150 + drawIndex(random, 250));
    const backend = await backendPid();
    const pid = target === 'backend' ? backend : (findChild(backend, 'engine') ?? 0);
    if (pid > 0) killHard(pid);
    await gone(pid, GONE_WITHIN_MS);
    const { recovery } = await untilReady(client, ({ state }) => state === 'ready');
    expect(recovery.wasUnclean).toBe(true);
  }
  await importing;
  await expect.poll(() => Math.min(rep.book.feedback.size, rep.book.sent.size), { timeout: 30_000, interval: 50 }).toBeGreaterThan(0);
  await rep.stop();
  await customers.stop();
  await expect.poll(() => readStore(storeDir, countPending), { timeout: 20_000, interval: 100 }).toBe(0);
  await checkWork({ storeDir, live, written: customers.written, book: rep.book });
  expect((await importToEnd(client, file.path)).report).toEqual({ added: 0, updated: 0, unchanged: file.recordCount, rejected: [], rejectedCount: 0 });
  await expect.poll(() => readStore(storeDir, faultsOf), { timeout: 20_000, interval: 100 }).toEqual([]);
});
