import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listAllRows, makeTestDir } from '../db/open-test-store.ts';
import { updateMacro, findMacroByCode, deleteMacro, insertMacro } from '../knowledge/macro.repository.ts';
import { listRules } from './pack.repository.ts';
import { problemLine, shiftDaysOf } from './pack.service.ts';
import { makePack, packBench, SMALL_PACK } from './packs.fixture.ts';

const NEXT = { 'macros/all.yaml': SMALL_PACK['macros/all.yaml']!.replace('您好，', '您好呀，'), 'pack.yaml': SMALL_PACK['pack.yaml']!.replace('1.0.0', '1.1.0') };

/** Tables that keep what was, whatever is in the store now. */
function withoutTraces(rows: Record<string, unknown[]>): Record<string, unknown[]> {
  const { audit_entries: _audit, jobs: _jobs, sqlite_sequence: _sequence, pending_vectors: _pending, ...rest } = rows;
  return rest;
}

describe('install', () => {
  test('stores every row, once, with its source', async () => {
    const bench = packBench();
    const { dir } = makePack();
    expect(await bench.packs.installNow({ path: dir })).toEqual({ added: 4, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 });
    expect(bench.rows('SELECT source, title, language, intent, valid_to FROM articles ORDER BY source')).toEqual([
      { source: 'pack:small/articles/en/returns.md', title: 'Returns', language: 'en', intent: 'returns', valid_to: null },
      { source: 'pack:small/articles/zh/returns.md', title: '退货', language: 'zh', intent: 'returns', valid_to: Date.parse('2026-12-31T23:59:59.999+08:00') },
    ]);
    expect(bench.rows('SELECT heading, text FROM passages ORDER BY text')).toEqual([{ heading: 'Returns › Time', text: 'Seven days.' }, { heading: '退货 › 期限', text: '七天内可以退货。' }]);
    expect(bench.rows('SELECT code, title, text, language, intent, scope FROM macros ORDER BY code')).toEqual([
      { code: 'hi', title: '问候', text: '您好，{{ customer.name }}', language: 'zh', intent: 'returns', scope: 'team' },
      { code: 'hi.en', title: 'Greeting', text: 'Hello {{ customer.name }}', language: 'en', intent: 'returns', scope: 'team' },
    ]);
    expect(listRules(bench.db, 'guard')).toEqual([{ id: 'banned.slow', kind: 'guard', severity: 'warn', patterns: { zh: ['慢慢来'], en: ['slow poke'] }, except: ['不慢慢来'], rewrite: { zh: '马上处理' } }]);
    expect((await bench.packs.list()).map(({ name, version, state, counts }) => ({ name, version, state, counts }))).toEqual([
      { name: 'small', version: '1.0.0', state: 'installed', counts: { articles: 2, macros: 2, intents: 1, rules: 1, media: 1 } },
    ]);
    const before = listAllRows(bench.db);
    expect(await bench.packs.installNow({ path: dir })).toEqual({ added: 0, updated: 0, unchanged: 4, rejected: [], rejectedCount: 0 });
    const { audit_entries: _lines, ...rest } = before;
    expect(listAllRows(bench.db)).toMatchObject(rest);
  });

  test('a problem anywhere touches nothing', async () => {
    const bench = packBench();
    const { dir, put } = makePack();
    put({ 'macros/all.yaml': SMALL_PACK['macros/all.yaml']!.replace('code: hi', 'code: h i') });
    const before = listAllRows(bench.db);
    await expect(bench.packs.installNow({ path: dir })).rejects.toMatchObject({
      code: 'bad_request', message: 'The pack was not installed and nothing was touched.\nmacros/all.yaml:1: code: this is not a code; use at most 37 letters, digits, dots, dashes or underscores',
    });
    expect(listAllRows(bench.db)).toEqual(before);
  });

  test('as a job, with its report', async () => {
    const bench = packBench();
    const job = bench.packs.install({ path: makePack().dir });
    expect(await bench.jobs.settled(job.id)).toMatchObject({ kind: 'import', title: 'small', state: 'done', doneRatio: 1, doneCount: 4, report: { added: 4 } });
  });

  test('cancelled: incomplete, and installing again goes on', async () => {
    const bench = packBench();
    const { dir } = makePack();
    const stop = new AbortController();
    stop.abort();
    await expect(bench.packs.installNow({ path: dir }, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect((await bench.packs.list()).map(({ name, state }) => [name, state])).toEqual([['small', 'partial']]);
    await bench.packs.installNow({ path: dir });
    expect((await bench.packs.list()).map(({ name, state }) => [name, state])).toEqual([['small', 'installed']]);
  });

  test('a pack that needs a shipped one brings it along; that one cannot go first', async () => {
    const shippedDir = path.join(makeTestDir(), 'packs');
    const core = makePack({ 'pack.yaml': SMALL_PACK['pack.yaml']!.replace('small', 'core'), 'intents/all.yaml': SMALL_PACK['intents/all.yaml']! }, path.join(shippedDir, 'core'));
    const bench = packBench({ shippedDir });
    expect((await bench.packs.list()).map(({ name, state }) => [name, state])).toEqual([['core', 'available']]);
    const { dir } = makePack({ ...SMALL_PACK, 'pack.yaml': `${SMALL_PACK['pack.yaml']}requires: [core]\n`, 'intents/all.yaml': '[]\n' });
    await bench.packs.installNow({ path: dir });
    expect((await bench.packs.list()).map(({ name, state }) => [name, state])).toEqual([['core', 'installed'], ['small', 'installed']]);
    await expect(bench.packs.removeNow('core')).rejects.toMatchObject({ code: 'conflict', message: 'The pack small needs core. Remove that one first.' });
    await bench.packs.removeNow('small');
    await bench.packs.removeNow('core');
    expect(bench.rows('SELECT * FROM pack_intents')).toEqual([]);
    expect(core.dir).toContain('core');
  });

  test('an intent of another pack is a conflict', async () => {
    const bench = packBench();
    await bench.packs.installNow({ path: makePack().dir });
    const other = makePack({ ...SMALL_PACK, 'pack.yaml': SMALL_PACK['pack.yaml']!.replace('small', 'other') });
    await expect(bench.packs.installNow({ path: other.dir })).rejects.toMatchObject({ code: 'conflict', message: 'The intent returns belongs to the pack small already.' });
  });
});

describe('upgrade', () => {
  test('takes new texts, drops what the pack dropped', async () => {
    const bench = packBench();
    const { dir, put } = makePack();
    await bench.packs.installNow({ path: dir });
    put({ ...NEXT, 'articles/zh/returns.md': null, 'articles/en/returns.md': null });
    expect(await bench.packs.installNow({ path: dir })).toEqual({ added: 0, updated: 1, unchanged: 1, rejected: [], rejectedCount: 0 });
    expect(bench.rows('SELECT code, text FROM macros ORDER BY code')).toEqual([{ code: 'hi', text: '您好呀，{{ customer.name }}' }, { code: 'hi.en', text: 'Hello {{ customer.name }}' }]);
    expect([bench.rows('SELECT * FROM articles'), bench.rows('SELECT * FROM passages'), bench.removed]).toEqual([[], [], [['passage', 1], ['passage', 2]]]);
    expect((await bench.packs.list())[0]).toMatchObject({ version: '1.1.0', counts: { articles: 0, macros: 2 } });
  });

  test('what a rep changed or deleted stays and is told once', async () => {
    const bench = packBench();
    const { db, ctx } = bench;
    const { dir, put } = makePack();
    await bench.packs.installNow({ path: dir });
    updateMacro(db, ctx, findMacroByCode(db, 'hi')!.id, { code: 'hi', title: '问候', text: '我自己的', language: 'zh' });
    deleteMacro(db, findMacroByCode(db, 'hi.en')!.id, ctx.nowMs);
    expect(await bench.packs.installNow({ path: dir })).toMatchObject({ unchanged: 4, rejectedCount: 0 });
    put({ 'macros/all.yaml': NEXT['macros/all.yaml'].replace('Hello', 'Hi') });
    expect(await bench.packs.installNow({ path: dir })).toEqual({
      added: 0, updated: 0, unchanged: 2, rejectedCount: 2,
      rejected: [
        { file: 'hi', line: null, reason: 'The macro hi was changed here, so the new text of the pack was not taken.' },
        { file: 'hi.en', line: null, reason: 'The macro hi.en was deleted here, so the new text of the pack stays away.' },
      ],
    });
    expect(await bench.packs.installNow({ path: dir })).toMatchObject({ unchanged: 4, rejectedCount: 0 });
    expect(bench.rows('SELECT code, text FROM macros WHERE deleted_at IS NULL')).toEqual([{ code: 'hi', text: '我自己的' }]);
  });

  test("a macro of the shop's own under the same code is left alone", async () => {
    const bench = packBench();
    insertMacro(bench.db, bench.ctx, { code: 'hi', title: '自己', text: '自己的', language: 'zh' });
    expect(await bench.packs.installNow({ path: makePack().dir })).toEqual({
      added: 3, updated: 0, unchanged: 0, rejectedCount: 1, rejected: [{ file: 'hi', line: null, reason: 'The macro hi is here already and not from this pack, so it was left as it is.' }],
    });
    await bench.packs.removeNow('small');
    expect(bench.rows('SELECT code, text FROM macros')).toEqual([{ code: 'hi', text: '自己的' }]);
  });
});

describe('remove', () => {
  test('leaves the store as it was', async () => {
    const bench = packBench();
    const before = withoutTraces(listAllRows(bench.db));
    await bench.packs.installNow({ path: makePack().dir });
    expect(await bench.packs.removeNow('small')).toEqual({ added: 0, updated: 4, unchanged: 0, rejected: [], rejectedCount: 0 });
    expect(withoutTraces(listAllRows(bench.db))).toEqual(before);
    expect(bench.rows("SELECT action, entity_id FROM audit_entries WHERE entity = 'pack' ORDER BY seq")).toEqual([{ action: 'pack.installed', entity_id: 'small' }, { action: 'pack.removed', entity_id: 'small' }]);
    expect(() => bench.packs.remove('small')).toThrow('not installed');
  });

  test('keeps what a rep changed, unless told otherwise', async () => {
    const bench = packBench();
    const { db, ctx } = bench;
    const { dir } = makePack();
    const change = () => updateMacro(db, ctx, findMacroByCode(db, 'hi')!.id, { code: 'hi', title: '问候', text: '我自己的', language: 'zh' });
    await bench.packs.installNow({ path: dir });
    change();
    expect(await bench.packs.removeNow('small')).toMatchObject({ updated: 3, unchanged: 1 });
    expect(bench.rows('SELECT code FROM macros')).toEqual([{ code: 'hi' }]);
    db.exec('DELETE FROM macros');
    await bench.packs.installNow({ path: dir });
    change();
    expect(await bench.packs.removeNow('small', { keepsChanged: false })).toMatchObject({ updated: 4, unchanged: 0 });
    expect(bench.rows('SELECT code FROM macros')).toEqual([]);
  });
});

test.each([
  [undefined, '2026-01-01T00:00:00Z', 0],
  ['2026-06-01', '2026-06-01T15:59:59Z', 0],
  ['2026-06-01', '2026-06-01T16:00:00Z', 1],
  ['2026-06-01', '2026-05-31T15:59:59Z', -1],
  ['2026-06-01', '2027-06-01T03:00:00Z', 365],
])('a reference date of %s is %s moved by %i days', (reference, now, days) => {
  expect(shiftDaysOf(reference === undefined ? {} : { reference_date: reference }, Date.parse(now))).toBe(days);
});

test('a problem is one line', () => {
  expect(problemLine({ file: 'pack.yaml', line: 3, message: 'wrong; mend it' })).toBe('pack.yaml:3: wrong; mend it');
});
