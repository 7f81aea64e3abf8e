import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../files/file-fixtures.ts';
import { jsonLines } from '../importing/importing.fixture.ts';
import { cli, jsonOf, storeDeps } from './cli.fixture.ts';

it('imports, finds, suggests, backs up, erases and restores over one real store', async () => {
  using folder = temporaryFolder();
  const data = ['--data', path.join(folder.path, 'store'), '--json'];
  const run = async (args: string[], stdin = '') => {
    const done = await cli([...args, ...data], { stdin, deps: storeDeps });
    return { code: done.code, err: done.err, value: jsonOf(done)[0] as Record<string, unknown> };
  };
  const kb = folder.file('faq.csv', '问题,答案\n怎么退货？,签收后七天内可以无理由退货，请在订单页申请。\n什么时候发货？,付款后 48 小时内发货。\n');
  const talk = folder.file('talk.jsonl', jsonLines({ id: 'c1', customerId: 'u1', customerName: '林女士', turns: [{ id: '1', role: 'customer', text: '我的快递到哪了', at: '2025-03-04' }, { id: '2', role: 'rep', text: '亲，已经在派送路上了', at: '2025-03-04 00:01' }] }));
  const clean = (added: number, unchanged = 0) => ({ added, updated: 0, unchanged, rejected: [], rejectedCount: 0 });

  expect([(await run(['import', 'knowledge', kb])).value, (await run(['import', 'conversations', talk])).value, (await run(['import', 'conversations', talk])).value]).toEqual([clean(2), clean(1), clean(0, 1)]);
  const found = await run(['search', '怎么退货', '--in', 'passages', '--k', '1']);
  expect(found.value).toMatchObject({ isWordsOnly: false, hits: [{ kind: 'passage', text: '签收后七天内可以无理由退货，请在订单页申请。' }] });

  const asked = await run(['suggest'], JSON.stringify({ turns: [{ role: 'customer', text: '怎么退货？' }] }));
  expect(asked.value).toMatchObject({ suggestions: [{ text: expect.stringContaining('七天内') as string }, ...((asked.value['suggestions'] as unknown[]).slice(1))], questions: [], plans: [], warnings: [] });
  expect((await run(['suggest'], '{"turns": 1}')).code).toBe(1);

  const backup = path.join(folder.path, 'b.deskmate-backup');
  expect((await run(['backup', backup])).value).toMatchObject({ path: backup, openedBy: 'anyone' });
  expect((await run(['erase', 'u1'])).value).toMatchObject({ erased: false, externalId: 'u1', name: '林女士' });
  expect((await run(['erase', 'u1', '--yes'])).value).toMatchObject({ erased: true, externalId: 'u1' });
  expect((await run(['erase', 'u1'])).code).toBe(1);
  expect((await run(['restore', backup, '--yes'])).code).toBe(0);
  expect((await run(['erase', 'u1'])).value).toMatchObject({ erased: false, name: '林女士' });
});

it('refuses a store that another process has, and names it', async () => {
  using folder = temporaryFolder();
  const data = ['--data', path.join(folder.path, 'store')];
  const services = await storeDeps.openServices({ storeDir: path.join(folder.path, 'store') });
  try {
    const refused = await cli(['search', 'x', ...data], { deps: storeDeps });
    expect([refused.code, refused.out, refused.err.includes(`${process.pid}`)]).toEqual([1, '', true]);
  } finally {
    await services.close();
  }
});
