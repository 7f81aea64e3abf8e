import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { setPassphrase } from '../db/key-store.ts';
import { temporaryFolder } from '../files/file-fixtures.ts';
import { jsonLines } from '../importing/importing.fixture.ts';
import { cli, jsonOf, keepOpen, storeDeps } from './cli.fixture.ts';
import type { CliDeps } from './cli.types.ts';

const TIMEOUT_MS = 90_000;

function commandsOver(folder: string, deps: CliDeps): (args: string[], stdin?: string) => Promise<{ code: number; value: Record<string, unknown> }> {
  return async (args, stdin = '') => {
    const run = await cli([...args, '--data', path.join(folder, 'store'), '--json'], { stdin, deps });
    return { code: run.code, value: (jsonOf(run)[0] ?? {}) as Record<string, unknown> };
  };
}

const clean = (added: number, unchanged: number) => ({ added, updated: 0, unchanged, rejected: [], rejectedCount: 0 });

it('imports, finds by meaning at once, and suggests', async () => {
  using folder = temporaryFolder();
  const kept = keepOpen(storeDeps);
  const run = commandsOver(folder.path, kept.deps);
  const kb = folder.file('faq.csv', '问题,答案\n怎么退货？,签收后七天内可以无理由退货，请在订单页申请。\n什么时候发货？,付款后 48 小时内发货。\n');
  expect([await run(['import', 'knowledge', kb]), await run(['import', 'knowledge', kb])]).toEqual([{ code: 0, value: clean(2, 0) }, { code: 0, value: clean(0, 2) }]);
  expect((await run(['search', '怎么退货', '--in', 'passages', '--k', '1'])).value).toMatchObject({ isWordsOnly: false, hits: [{ kind: 'passage', text: '签收后七天内可以无理由退货，请在订单页申请。' }] });
  const { value } = await run(['suggest'], JSON.stringify({ turns: [{ role: 'customer', text: '怎么退货？' }] }));
  expect([value['questions'], value['plans'], value['warnings'], (value['suggestions'] as { text: string }[])[0]?.text]).toEqual([[], [], [], expect.stringContaining('七天内')]);
  await kept.close();
}, TIMEOUT_MS);

it('measures the history of the store without opening it for writing', async () => {
  using folder = temporaryFolder();
  const store = path.join(folder.path, 'store');
  const kept = keepOpen(storeDeps);
  const talks = Array.from({ length: 10 }, (_, at) => ({
    id: `c${at}`, customerId: `u${at}`, turns: [
      { id: '1', role: 'customer', text: at % 2 === 0 ? `怎么退货？第${at}次问` : `什么时候发货？第${at}次问`, at: `2025-03-${10 + at} 10:00` },
      { id: '2', role: 'rep', text: at % 2 === 0 ? '请在订单页申请退货，七天之内都可以。' : '付款后四十八小时内发货。', at: `2025-03-${10 + at} 10:05` },
    ],
  }));
  const run = commandsOver(folder.path, kept.deps);
  expect((await run(['import', 'conversations', folder.file('talk.jsonl', jsonLines(...talks)), '--no-wait'])).value).toEqual(clean(10, 0));
  // the app has the store meanwhile
  const measured = await cli(['eval', 'history', '--data', store, '--share', '20'], { deps: storeDeps });
  await kept.close();
  expect([measured.code, measured.err, measured.out.includes('退货')]).toEqual([0, '', false]);
  expect(jsonOf(measured)).toMatchObject([{
    conversations: 10, exchanges: 10, skipped: { smallTalk: 0, courtesies: 0 }, asked: 2, queries: 2, answerable: 2, pool: { turns: 8, passages: 0, macros: 0 },
    coverage: { pool: { covered: 1 } }, bm25: { r1: 1 }, vector: { r1: 1 }, hybrid: { r1: 1 }, likeness: { hybrid: { dice1: 1, dice5: 1 } }, languages: { 'zh-zh': { queries: 2 } },
  }]);
  const before = listAll(store);
  const again = await cli(['eval', 'history', '--data', store, '--table'], { deps: storeDeps });
  expect([again.code, listAll(store)]).toEqual([0, before]);
}, TIMEOUT_MS);

it('tunes search to what was asked, and keeps nothing where nothing did better', async () => {
  using folder = temporaryFolder();
  const kept = keepOpen(storeDeps);
  const run = commandsOver(folder.path, kept.deps);
  const tell = async (...args: string[]) => cli(['tune', ...args, '--data', path.join(folder.path, 'store')], { deps: kept.deps });
  expect([(await run(['tune', '--status'])).value, (await tell()).err, (await tell('--status', '--reset')).code]).toEqual([{ tuning: null }, expect.stringContaining('The store holds too little history: of 0 finished conversations 0 answers'), 2]);
  const talks = Array.from({ length: 10 }, (_, at) => ({ id: `c${at}`, customerId: `u${at}`, turns: [{ id: '1', role: 'customer', text: `怎么退货？第${at}次问`, at: `2025-03-${10 + at} 10:00` }, { id: '2', role: 'rep', text: '请在订单页申请退货，七天之内都可以。', at: `2025-03-${10 + at} 10:05` }] }));
  await run(['import', 'conversations', folder.file('talk.jsonl', jsonLines(...talks))]);
  expect(await run(['tune', '--share', '40', '--dry-run'])).toMatchObject({ code: 1, value: { choosing: 2, checking: 2, answerable: 2, weights: null, calibration: null, supply: { questions: { has: 2, needed: 50 } }, figures: { mrr: { before: 1, after: 1 } } } });
  const told = await tell();
  expect([told.code, told.out.split('\n').slice(-4)]).toEqual([1, ['Weight of meaning: as it is', 'Probability: as it is', 'Nothing was kept (nothing did better than what is in use).', '']]);
  expect((await tell('--reset')).out).toBe('In use: what came with Deskmate.\n');
  await kept.close();
}, TIMEOUT_MS);

/** Every file of the store's folder but the journal's shared memory, which readers use too. */
function listAll(store: string): Record<string, string> {
  const names = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(path.join(store, name)).isFile() && !/-(?:shm|wal)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, createHash('sha256').update(readFileSync(path.join(store, name))).digest('hex')]));
}

it('reads no store that is not there, is locked, or holds too little', async () => {
  using folder = temporaryFolder();
  const absent = path.join(folder.path, 'absent');
  const store = path.join(folder.path, 'store');
  await (await storeDeps.openServices({ storeDir: store })).close();
  const [none, empty] = await Promise.all([absent, store].map(async (dir) => cli(['eval', 'history', '--data', dir], { deps: storeDeps })));
  await setPassphrase(path.join(store, 'key.json'), {}, 'correct horse', 1024);
  const [locked, opened] = await Promise.all([{}, { DESKMATE_PASSPHRASE: 'correct horse' }].map(async (env) => cli(['eval', 'history', '--data', store], { deps: storeDeps, env })));
  const tooLittle = 'deskmate eval: The store holds too little history: of 0 finished conversations 0 answers can be told from small talk, and none comes before those to be asked.\n';
  expect([none, empty, locked, opened]).toEqual([
    { code: 1, out: '', err: `deskmate eval: There is no store in ${absent}. Name its folder with --data DIR.\n` },
    { code: 1, out: '', err: tooLittle },
    { code: 1, out: '', err: 'deskmate eval: The store is protected by a passphrase. Give its passphrase in DESKMATE_PASSPHRASE, or its key with --key-file.\n' },
    { code: 1, out: '', err: tooLittle },
  ]);
  expect(existsSync(absent)).toBe(false);
}, TIMEOUT_MS);

it('erases a customer only when told so, and brings them back from a backup', async () => {
  using folder = temporaryFolder();
  const kept = keepOpen(storeDeps);
  const run = commandsOver(folder.path, kept.deps);
  const talk = folder.file('talk.jsonl', jsonLines({ id: 'c1', customerId: 'u1', customerName: '林女士', turns: [{ id: '1', role: 'customer', text: '我的快递到哪了', at: '2025-03-04' }] }));
  const backup = path.join(folder.path, 'b.deskmate-backup');
  expect(await run(['import', 'conversations', talk, '--no-wait'])).toEqual({ code: 0, value: clean(1, 0) });
  expect((await run(['backup', backup])).value).toMatchObject({ path: backup, openedBy: 'anyone' });
  expect((await run(['erase', 'u1'])).value).toMatchObject({ erased: false, externalId: 'u1', name: '林女士' });
  expect((await run(['erase', 'u1', '--yes'])).value).toMatchObject({ erased: true, externalId: 'u1' });
  expect((await run(['erase', 'u1'])).code).toBe(1);
  await kept.close();
  const runAfresh = commandsOver(folder.path, storeDeps);
  expect((await runAfresh(['restore', backup, '--yes'])).code).toBe(0);
  expect((await runAfresh(['erase', 'u1'])).value).toMatchObject({ erased: false, name: '林女士' });
}, TIMEOUT_MS);

it('refuses a store that another process has, and names it; bad input never opens one', async () => {
  using folder = temporaryFolder();
  const store = path.join(folder.path, 'store');
  const services = await storeDeps.openServices({ storeDir: store });
  try {
    const refused = await cli(['search', 'x', '--data', store], { deps: storeDeps });
    expect([refused.code, refused.out, refused.err.includes(`${process.pid}`)]).toEqual([1, '', true]);
  } finally {
    await services.close();
  }
  const inputs = ['', '{', '[]', '{"turns":1}', '{"turns":[{"role":"king","text":"x"}]}'];
  const runs = await Promise.all(inputs.map(async (stdin) => cli(['suggest'], { stdin })));
  expect(runs.map(({ code, out, err }) => [code, out, err.split('\n')[0]?.slice(0, 48)])).toEqual([
    [1, '', 'deskmate suggest: stdin is empty; needed is one '],
    [1, '', 'deskmate suggest: stdin is not valid JSON (Expec'],
    [1, '', 'deskmate suggest: stdin is not a conversation; n'],
    [1, '', 'deskmate suggest: stdin is not a conversation; n'],
    [1, '', 'deskmate suggest: turns[0].role: This is none of'],
  ]);
}, TIMEOUT_MS);
