import { spawnSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../files/file-fixtures.ts';
import { jsonLines } from '../../importing/importing.fixture.ts';
import { plainFolder } from '../../models/models.fixture.ts';
import { cli, jsonOf, keepOpen, modelDeps, storeDeps, type CliRun } from '../cli.fixture.ts';

const [REFUND, SHIPPING] = ['请在订单页申请退货，七天之内都可以。', '付款后四十八小时内发货。'];

/** The program as a shop calls it: its store, and with it the models it added, are where this user's own are. */
function program(storeDir: string, ...args: string[]): CliRun {
  const run = spawnSync(process.execPath, [path.join(import.meta.dirname, '../entry.ts'), ...args], { env: { ...process.env, DESKMATE_DATA: storeDir }, encoding: 'utf8' });
  return { code: run.status ?? -1, out: run.stdout, err: run.stderr };
}

it('measures a model that was added, on a file and on the history, and names what is broken', async () => {
  using folder = temporaryFolder();
  const store = path.join(folder.path, 'store');
  const kept = keepOpen(storeDeps);
  const talks = Array.from({ length: 10 }, (_, at) => ({
    id: `c${at}`, customerId: `u${at}`, turns: [
      { id: '1', role: 'customer', text: at % 2 === 0 ? `怎么退货？第${at}次问` : `什么时候发货？第${at}次问`, at: `2025-03-${10 + at} 10:00` },
      { id: '2', role: 'rep', text: at % 2 === 0 ? REFUND : SHIPPING, at: `2025-03-${10 + at} 10:05` },
    ],
  }));
  expect((await cli(['import', 'conversations', folder.file('talk.jsonl', jsonLines(...talks)), '--no-wait', '--data', store], { deps: kept.deps })).code).toBe(0);
  // its prefix drowns whatever is asked, which tells its vectors from those of the shipped model
  const added = await cli(['models', 'add', plainFolder(path.join(folder.path, 'mine')), '--query-prefix', SHIPPING.repeat(4), '--passage-prefix', '', '--data', store], { deps: kept.deps });
  await kept.close();
  expect([added.code, added.out]).toEqual([0, expect.stringContaining('deskmate models use mine lets it serve.')]);

  const file = folder.file('questions.jsonl', jsonLines({ corpus: REFUND }, { corpus: SHIPPING }, { query: '怎么退货', positives: [REFUND] }));
  const measured = program(store, 'eval', 'retrieval', '--data', file, '--model', 'mine', '--json');
  const shipped = await cli(['eval', 'retrieval', '--data', file], { deps: modelDeps });
  expect([measured, shipped].map((run) => [run.code, run.err, ...jsonOf(run)])).toMatchObject([
    [0, '', { model: expect.stringMatching(/^mine@[0-9a-f]{12}$/), queries: 1, corpus: 2, vector: { r1: 0, r5: 1, mrr: 0.5 }, bm25: { r1: 1 }, tfidf: { r1: 1 } }],
    [0, '', { model: expect.stringMatching(/^deskmate-embed-\d+@/), queries: 1, corpus: 2, vector: { r1: 1, r5: 1, mrr: 1 }, bm25: { r1: 1 }, tfidf: { r1: 1 } }],
  ]);
  const history = await cli(['eval', 'history', '--data', store, '--share', '20', '--model', 'mine'], { deps: storeDeps });
  expect([history.code, history.err, ...jsonOf(history)]).toMatchObject([0, '', { model: expect.stringMatching(/^mine@/), conversations: 10, queries: 2, vector: { r1: 0.5 }, bm25: { r1: 1 } }]);

  truncateSync(path.join(store, 'models/mine/tokenizer.json'), 100);
  expect(program(store, 'eval', 'retrieval', '--data', file, '--model', 'mine')).toEqual({ code: 1, out: '', err: 'deskmate eval: The file tokenizer.json of the model mine is not the one that was shipped.\n' });
}, 60_000);
