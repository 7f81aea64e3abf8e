import path from 'node:path';
import { expect, it } from 'vitest';
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
