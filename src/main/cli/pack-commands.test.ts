import path from 'node:path';
import { expect, it } from 'vitest';
import { makePack, SMALL_PACK } from '../packs/packs.fixture.ts';
import { cli, jsonOf, keepOpen, storeDeps } from './cli.fixture.ts';

it('validates without a store', async () => {
  const { dir, put } = makePack();
  expect(await cli(['pack', 'validate', dir])).toEqual({ code: 0, out: 'The pack is right.\n', err: '' });
  put({ 'macros/all.yaml': SMALL_PACK['macros/all.yaml']!.replace('tags', 'tag') });
  expect(await cli(['pack', 'validate', dir])).toEqual({ code: 1, out: 'macros/all.yaml:6: there is no field tag here; correct its name or take it out\n', err: '' });
  expect(jsonOf(await cli(['pack', 'validate', dir, '--json']))).toEqual([{ problems: [{ file: 'macros/all.yaml', line: 6, message: 'there is no field tag here; correct its name or take it out' }] }]);
  expect(await cli(['pack', 'validate', '/nonexistent'])).toMatchObject({ code: 1, err: 'deskmate pack: There is no folder /nonexistent.\n' });
  expect([await cli(['pack']), await cli(['pack', 'x', dir]), await cli(['pack', 'validate']), await cli(['demo', 'x'])].map(({ code }) => code)).toEqual([2, 2, 2, 2]);
});

it('installs, lists and removes', async () => {
  const { dir } = makePack();
  const kept = keepOpen(storeDeps);
  const run = (...args: string[]) => cli([...args, '--data', path.join(dir, '../store')], { deps: kept.deps });
  expect(await run('pack', 'install', dir, '--no-wait')).toMatchObject({ code: 0, out: '4 added, 0 updated or removed, 0 left as they were, 0 not taken\n' });
  const [packs] = jsonOf(await run('pack', 'list', '--json')) as [{ name: string; state: string }[]];
  expect(packs.map(({ name, state }) => [name, state])).toContainEqual(['small', 'installed']);
  expect(await run('pack', 'remove', 'small')).toMatchObject({ code: 0, out: '0 added, 4 updated or removed, 0 left as they were, 0 not taken\n' });
  expect(await run('pack', 'remove', 'small')).toMatchObject({ code: 1, err: 'deskmate pack: The pack small is not installed.\n' });
  expect(jsonOf(await run('demo', 'status', '--json'))).toEqual([{ state: 'none', installedAt: null, jobId: null, canInstall: true }]);
  await kept.close();
}, 60_000);
