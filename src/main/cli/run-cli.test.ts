import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../files/file-fixtures.ts';
import { jsonLines } from '../importing/importing.fixture.ts';
import { cli, jsonOf, modelDeps, refusingDeps } from './cli.fixture.ts';
import { COMMANDS } from './run-cli.ts';

describe('the command line', () => {
  it('tells of itself on stdout, and of wrong calls on stderr with exit code 2', async () => {
    const help = await cli(['--help']);
    expect([help.code, help.err, COMMANDS.every(({ name }) => help.out.includes(`  ${name}`))]).toEqual([0, '', true]);
    expect(await cli(['--version'])).toEqual({ code: 0, out: '9.9.9\n', err: '' });
    for (const { name, usage } of COMMANDS) {
      const run = await cli([name, '--help']);
      expect([run.code, run.err, run.out.startsWith(`Usage: deskmate ${usage}\n`)]).toEqual([0, '', true]);
    }
    const wrong = await Promise.all([[], ['fly'], ['search'], ['import', 'cats', 'x'], ['import', 'orders'], ['search', 'x', '--k', '0'], ['search', 'x', '--in', 'air'], ['eval', 'taste'], ['eval', 'pairs'], ['loyalty'], ['loyalty', '--orders', 'x', '--as-of', 'soon'], ['restore', 'x'], ['erase'], ['guard', '--nope'], ['import', 'orders', 'x', '--zone', 'far'], ['import', 'orders', 'x', '--map', 'a']].map(async (args) => cli(args)));
    expect(wrong.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [2, '']));
    expect(wrong.every(({ err }) => err !== '')).toBe(true);
    expect((await cli(['search', 'x', '--k', '0'])).err).toBe('deskmate search: --k must be a whole number from 1 to 100, not 0.\nUsage: deskmate search "WORDS" [--in passages|macros|messages|all] [--k N]\n');
  });

  it('passes store, key and passphrase on, and says why a store does not open', async () => {
    const seen: unknown[] = [];
    const deps = { ...refusingDeps, openServices: (store: unknown) => (seen.push(store), Promise.reject(new Error('no'))) };
    const run = await cli(['search', 'x', '--data', '/d', '--key-file', '/k'], { deps, env: { DESKMATE_PASSPHRASE: 'secret' } });
    expect([run, seen]).toEqual([{ code: 1, out: '', err: 'deskmate search: no\n' }, [{ storeDir: '/d', keyFile: '/k', passphrase: 'secret' }]]);
  });

  it('serves through the host, with its own exit code', async () => {
    const seen: unknown[] = [];
    const deps = { ...refusingDeps, serve: (args: readonly string[]) => (seen.push(args), Promise.resolve(3)) };
    expect([await cli(['serve', '--port', '8080', '--data', '/d', '--no-open'], { deps }), seen]).toEqual([{ code: 3, out: '', err: '' }, [['--port', '8080', '--data', '/d', '--no-open']]]);
  });
});

describe('guard', () => {
  it('answers good lines and names bad ones', async () => {
    const run = await cli(['guard'], { stdin: '{"text":"加我微信 abc12345 聊"}\n{"tex":1}\n{bad\n\n"您好，请稍等。"\n' });
    const [first, second] = jsonOf(run) as { violations: { kind: string; text: string }[]; rewritten: string }[];
    expect([run.code, jsonOf(run).length, first?.violations.map(({ kind }) => kind).includes('off-platform'), second]).toEqual([1, 2, true, { violations: [], rewritten: '您好，请稍等。' }]);
    expect(run.err).toBe('stdin line 2: This is not a reply such as {"text":"…"}: text: Invalid input: expected string, received undefined\nstdin line 3: The line is not valid JSON at column 2.\n');
  });
});

describe('embed', () => {
  it('gives one vector of length 1 a line, the same for the same text', async () => {
    const run = await cli(['embed'], { stdin: '怎么退款\nhow do I get a refund\n怎么退款', deps: modelDeps });
    const rows = jsonOf(run) as number[][];
    const dot = (a: number[] = [], b: number[] = []) => a.reduce((sum, x, index) => sum + x * (b[index] ?? 0), 0);
    expect([run.code, run.err, rows.length, rows[0]]).toEqual([0, '', 3, rows[2]]);
    expect(dot(rows[0], rows[0])).toBeCloseTo(1, 4);
    expect(dot(rows[0], rows[1])).toBeLessThan(1);
  });
});

describe('risk', () => {
  const conversation = (id: string, ...texts: string[]) => ({ id, turns: texts.map((text, index) => ({ id: `${index}`, role: index % 2 === 0 ? 'customer' : 'rep', text, at: Date.UTC(2025, 2, 4, 9, index) })) });

  it('scores every customer turn of every line', async () => {
    const run = await cli(['risk'], { stdin: jsonLines(conversation('c1', '你好，这件有 M 码吗', '有的', '我要投诉你们，叫你们经理来，骗子！'), { id: 'c2', turns: [] }, conversation('c3', 'Thanks a lot!')), deps: modelDeps });
    type Entry = { conversation: string; turn: number; escalation: number; band: string; reasons: { turn: number | null; quote: string | null }[] };
    const [first = [], third = []] = jsonOf(run) as Entry[][];
    expect([run.code, run.err]).toEqual([1, 'stdin line 2: turns: it is empty; a conversation needs at least one turn.\n']);
    expect(first.map(({ conversation: id, turn }) => [id, turn])).toEqual([['c1', 0], ['c1', 2]]);
    expect([(first[0]?.escalation ?? 1) < 0.3, (first[1]?.escalation ?? 0) > 0.55, first[1]?.band, first[1]?.reasons.some(({ turn, quote }) => turn === 2 && quote !== null), third[0]?.band]).toEqual([true, true, 'alert', true, 'none']);
  });
});

describe('loyalty', () => {
  it('tags customers of a file as of a day', async () => {
    using folder = temporaryFolder();
    const file = folder.file('o.csv', 'customer_id,order_id,paid_at,amount\nu1,1,2025-12-20,300\nu1,2,2025-12-21,600\nu2,3,2025-01-05,50\nu2,4,never,50\n');
    const run = await cli(['loyalty', '--orders', file, '--as-of', '2026-01-01', '--json']);
    expect([run.code, run.err, jsonOf(run)]).toEqual([0, 'o.csv:5 paid_at: This is not a date in a known format, such as 2025-03-04 05:06.\n', [{
      asOf: '2025-12-31T16:00:00.000Z',
      customers: [
        { customerId: 'u1', recencyDays: 11, orderCount: 2, netFen: 90_000, segment: expect.any(String) as string, reasons: expect.any(Array) as unknown[], rfm: { recency: 5, frequency: 2, monetary: 4 } },
        { customerId: 'u2', recencyDays: 361, orderCount: 1, netFen: 5000, segment: expect.any(String) as string, reasons: expect.any(Array) as unknown[], rfm: { recency: 1, frequency: 1, monetary: 1 } },
      ],
    }]]);
  });
});

describe('eval', () => {
  it('measures a file and prints one object', async () => {
    using folder = temporaryFolder();
    const retrieval = folder.file('r.jsonl', jsonLines({ corpus: '七天无理由退货' }, { corpus: '四十八小时内发货' }, { query: '怎么退货', positives: ['七天无理由退货'] }));
    const pairs = folder.file('p.jsonl', jsonLines({ a: '怎么退货', b: '如何退货', label: 1 }, { a: '怎么退货', b: '今天天气', label: 0 }));
    const intents = folder.file('i.jsonl', jsonLines({ text: '怎么退货', intent: 'return', split: 'train' }, { text: '何时发货', intent: 'ship', split: 'train' }, { text: '我想退货', intent: 'return', split: 'test' }));
    const runs = await Promise.all([['retrieval', '--data', retrieval], ['pairs', '--data', pairs], ['intents', '--data', intents], ['intents', '--labels', '--data', intents]].map(async (args) => cli(['eval', ...args, '--json'], { deps: modelDeps })));
    const model = expect.stringMatching(/^deskmate-embed-\d+@[0-9a-f]{12}$/) as string;
    const all = (...metrics: string[]) => ({ ...Object.fromEntries(metrics.map((metric) => [metric, 1])), intervals: Object.fromEntries(metrics.map((metric) => [metric, [1, 1]])) });
    const [found, intent] = [all('r1', 'r5', 'mrr', 'ndcg10', 'recall50'), all('top1', 'top5', 'mrr')];
    const search = { hybrid: found, vector: found, bm25: found, tfidf: found };
    const alike = { spearman: 1, auc: 1, accuracy: 1 };
    const leads = expect.any(Object) as object;
    expect(runs.slice(0, 3).map((run) => [run.code, run.err, ...jsonOf(run)])).toEqual([
      [0, '', { model, queries: 1, corpus: 2, ...search, leads, languages: { 'zh-zh': { queries: 1, ...search } } }],
      [0, '', { model, pairs: 2, vector: expect.objectContaining(alike) as object, bm25: expect.objectContaining(alike) as object, tfidf: expect.objectContaining(alike) as object, leads, languages: { zh: expect.objectContaining({ pairs: 2 }) as object } }],
      [0, '', { model, texts: 1, intents: 2, examples: 2, vector: intent, bm25: intent, tfidf: intent, probe: intent, leads, languages: { zh: { texts: 1, vector: intent, bm25: intent, tfidf: intent, probe: intent } }, shots: {} }],
    ]);
    const [labels] = runs.slice(3).map((run) => [run.code, run.err, ...jsonOf(run)]);
    expect(labels).toMatchObject([0, '', { texts: 1, intents: 2, bm25: { top1: 0, top5: 1, mrr: 0.666667 }, vector: { top5: 1 } }]);
  });

  it('prints tables for people, and takes another model only from its own folder', async () => {
    using folder = temporaryFolder();
    const pairs = folder.file('p.jsonl', jsonLines({ a: '怎么退货', b: '如何退货', label: 1 }, { a: '怎么退货', b: '今天天气', label: 0 }));
    const runs = await Promise.all([['--table'], ['--model', '../etc'], ['--model', 'no-such-model']].map(async (args) => cli(['eval', 'pairs', '--data', pairs, ...args], { deps: modelDeps })));
    expect(runs.map(({ code, out, err }) => [code, out.split('\n').slice(1, 3).map((line) => line.split(/ {2,}/)[0]), err.split('\n')[0]?.slice(0, 80)])).toEqual([
      [0, ['', 'vector'], ''],
      [2, [], 'deskmate eval: --model must be the id of a model, not ../etc.'],
      [1, [], 'deskmate eval: The language model no-such-model does not load: ENOENT: no such f'],
    ]);
  });

  it('takes the example files of the documentation', async () => {
    const docs = path.join(import.meta.dirname, '../../../docs/evaluation');
    const runs = await Promise.all([['retrieval', 'questions.jsonl'], ['intents', 'intents.jsonl'], ['intents', 'intents.jsonl', '--labels']].map(async ([kind = '', file = '', ...args]) => cli(['eval', kind, '--data', path.join(docs, file), ...args], { deps: modelDeps })));
    expect(runs.map(({ code, err }) => [code, err])).toEqual([[0, ''], [0, ''], [0, '']]);
    expect(runs.flatMap(jsonOf)).toMatchObject([
      { queries: 14, corpus: 12, languages: { 'en-en': { queries: 3 }, 'en-zh': { queries: 2 }, 'zh-en': { queries: 1 }, 'zh-zh': { queries: 8 } } },
      { texts: 10, intents: 3, examples: 12, scope: { texts: 14, outOfScope: 4 } },
      { texts: 10, intents: 3, examples: 3, scope: { texts: 14, outOfScope: 4 } },
    ]);
  });

  it('measures nothing when a line cannot be used', async () => {
    using folder = temporaryFolder();
    const file = folder.file('p.jsonl', '{"a":"x","b":"y","label":2}\n{"a":"x","b":"y","label":1}\n{"a":"x","b":"y","score":1}\n');
    expect(await cli(['eval', 'pairs', '--data', file], { deps: modelDeps })).toEqual({
      code: 1, out: '',
      err: 'p.jsonl:1 This line is not {"a":"…","b":"…","label":0|1} or {"a":"…","b":"…","score":0–5}.\np.jsonl:3 The file mixes labels and scores; split it.\ndeskmate eval: 2 lines of p.jsonl cannot be used; nothing was measured.\n',
    });
  });
});

it('starts from its source as a program', () => {
  const run = spawnSync(process.execPath, [path.join(import.meta.dirname, 'entry.ts'), 'guard'], { input: '{"text":"您好"}\n', encoding: 'utf8' });
  expect([run.status, run.stdout]).toEqual([0, '{"violations":[],"rewritten":"您好"}\n']);
});
