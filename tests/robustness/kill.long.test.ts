/** Killed at random points, nothing acknowledged is lost and nothing is doubled. DESKMATE_SEED repeats a run's choices. Linux: processes are found in /proc. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom, drawIndex, type SeededRandom } from '../../bench/seeded-random.ts';
import { copyBuild } from './built-host.ts';
import { checkBook } from './check-book.ts';
import { importToEnd, startImporting, writeConversations, type ImportedFile } from './importing-clerk.ts';
import { openKillRig, untilReady, type KillRig, type KillTarget } from './kill-rig.ts';
import { startCustomers } from './live-customers.ts';
import { tellFigures } from './long-figures.ts';
import { startRep } from './rep-at-work.ts';
import { countPending, faultsOf, readStore } from './store-facts.ts';

const seed = Number(process.env['DESKMATE_SEED'] ?? Date.now() % 1_000_000);
const random = createRandom(seed);
/** Beyond this many deaths of one host's backend its restarts become slow: the host goes then. */
const MAX_DEATHS_OF_ONE_HOST = 4;
const EMBEDDING_BACKLOG = 1500;

let dir: string;
let buildDir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-kill-'));
  buildDir = copyBuild(path.join(dir, 'build'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Draws what is killed next, so that every phase sees every target. */
function createTargets(): () => KillTarget {
  let deathCount = 0;
  let hostDeathCount = 0;
  return () => {
    const drawn = random();
    const target: KillTarget = deathCount >= MAX_DEATHS_OF_ONE_HOST ? (++hostDeathCount % 2 === 1 ? 'host' : 'all') : drawn < 0.34 ? 'engine' : drawn < 0.9 ? 'backend' : drawn < 0.95 ? 'host' : 'all';
    if (target === 'backend') deathCount++;
    else if (target !== 'engine') deathCount = 0;
    return target;
  };
}

type Phase = { name: string; killCount: number; longestWaitMs: number; before?: () => Promise<void> };

async function runPhase(rig: KillRig, nextTarget: () => KillTarget, phase: Phase): Promise<KillTarget[]> {
  const killed: KillTarget[] = [];
  while (killed.length < phase.killCount) {
    await phase.before?.();
    await sleep(drawIndex(random, phase.longestWaitMs));
    const target = nextTarget();
    await rig.kill(target);
    killed.push(target);
  }
  console.log(`${phase.name}: ${killed.join(' ')}`);
  return killed;
}

const drawPause = (source: SeededRandom, fromMs: number, toMs: number) => () => fromMs + drawIndex(source, toMs - fromMs);

const isLinux = process.platform === 'linux';

it.skipIf(!isLinux)('loses and doubles nothing when backend, engine or host are killed', async () => {
  console.log(`seed ${seed}`);
  const startedAt = performance.now();
  const storeDir = path.join(dir, 'store');
  const live = path.join(dir, 'live.jsonl');
  const rig = await openKillRig(buildDir, storeDir);
  const knowledge = path.join(dir, 'knowledge');
  mkdirSync(knowledge);
  writeFileSync(path.join(knowledge, 'repair.md'), '# 终身维修\n\n衣服破损可以终身维修，请拍一下破损处。\n\n# 退货\n\n退货的运费由运费险赔付，签收七天内可退。\n\n# 发货\n\n付款后 48 小时内发货。\n');
  await importToEnd(rig.client, knowledge, 'knowledge');
  const customers = startCustomers(live, createRandom(seed + 1), drawPause(createRandom(seed + 2), 150, 450));
  await rig.client().channel.addFile({ path: live });
  const rep = startRep(rig.client, createRandom(seed + 3), drawPause(createRandom(seed + 4), 5, 40));
  const nextTarget = createTargets();
  const killed: KillTarget[] = [];

  const clerk = startImporting(rig.client, dir, 500);
  killed.push(...(await runPhase(rig, nextTarget, { name: 'while importing', killCount: 16, longestWaitMs: 900 })));
  await clerk.stop();
  const files: ImportedFile[] = [...clerk.files];
  const keepBacklog = async () => {
    if ((await readStore(storeDir, countPending)) > EMBEDDING_BACKLOG) return;
    const file = writeConversations(path.join(dir, `backlog-${files.length}.jsonl`), 600, true);
    files.push(file);
    await importToEnd(rig.client, file.path);
  };
  // without an engine nothing is suggested: every other time it may come up first
  const letSuggest = async () => {
    if (random() < 0.5) await untilReady(rig.client, ({ engine }) => engine.state === 'ready');
  };
  killed.push(...(await runPhase(rig, nextTarget, { name: 'while embedding', killCount: 14, longestWaitMs: 900, before: keepBacklog })));
  killed.push(...(await runPhase(rig, nextTarget, { name: 'while typing', killCount: 22, longestWaitMs: 2000, before: letSuggest })));

  await rep.stop();
  await customers.stop();
  const killsEndedAt = performance.now();
  const again: unknown[] = [];
  for (const file of files) again.push((await importToEnd(rig.client, file.path)).report);
  expect(again).toEqual(files.map(({ recordCount }) => ({ added: 0, updated: 0, unchanged: recordCount, rejected: [], rejectedCount: 0 })));
  await expect.poll(() => readStore(storeDir, countPending), { timeout: 240_000, interval: 250 }).toBe(0);
  await checkBook({ rig, storeDir, live, written: customers.written, book: rep.book, files });
  await rig.stop();
  expect(await readStore(storeDir, faultsOf)).toEqual([]);
  expect(existsSync(path.join(storeDir, 'lock.json'))).toBe(false);
  const counts = Object.fromEntries(['backend', 'engine', 'host', 'all'].map((target) => [target, killed.filter((one) => one === target).length]));
  expect(Object.values(counts).every((count) => count > 0)).toBe(true);
  // a test that did not work at anything proves nothing
  expect([rep.book.ackedSaveCount > 20, rep.book.sent.size > 10, rep.book.feedback.size > 0, customers.written.length > 100]).toEqual([true, true, true, true]);
  const messageCount = files.reduce((sum, file) => sum + file.messageCount, 0);
  const values = {
    seed, ...counts, 'live lines': customers.written.length, 'drafts saved': rep.book.ackedSaveCount, 'replies sent': rep.book.sent.size, 'suggestions judged': rep.book.feedback.size,
    'calls cut off': rep.book.refusedCount, 'messages imported': messageCount,
    'seconds of killing': Math.round((killsEndedAt - startedAt) / 1000), seconds: Math.round((performance.now() - startedAt) / 1000), 'slowest restart, ms': Math.max(...rig.restarts.map(({ downMs }) => downMs)),
  };
  tellFigures(Object.entries(values).map(([name, value]) => ({ name: `kill test: ${name}`, value })));
});

it.skipIf(!isLinux)('a first start that is killed at any point is followed by one that works', async () => {
  const storeDir = path.join(dir, 'fresh');
  for (let attempt = 0; attempt < 6; attempt++) {
    rmSync(storeDir, { recursive: true, force: true });
    const rig = await openKillRig(buildDir, storeDir, drawIndex(random, 500));
    expect((await rig.client().app.status({})).state).toBe('ready');
    await rig.stop();
    expect(await readStore(storeDir, faultsOf)).toEqual([]);
  }
});
