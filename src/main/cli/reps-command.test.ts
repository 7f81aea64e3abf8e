import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../files/file-fixtures.ts';
import { cli, jsonOf, keepOpen, storeDeps } from './cli.fixture.ts';

it('lists the reps, and resets the PIN only of one that there is', async () => {
  using folder = temporaryFolder();
  const kept = keepOpen(storeDeps);
  const data = path.join(folder.path, 'store');
  const run = (...args: string[]) => cli(['reps', ...args, '--data', data, '--json'], { deps: kept.deps });
  const services = await kept.deps.openServices({ storeDir: data });
  const [rep] = services.reps.list();
  expect(jsonOf(await run())).toEqual([{ reps: [{ id: rep!.id, name: '', role: 'admin', certificateLevel: 'senior', isActive: true, hasPin: false }] }]);
  const unknown = await run('--reset-pin', '没有这个人');
  expect([unknown.code, unknown.out]).toEqual([2, '']);
  expect((await run('--reset-pin', '')).code).toBe(0);
  await kept.close();
}, 60_000);
