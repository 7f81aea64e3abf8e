import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DEFAULT_MODEL_ID } from '../engine/embedding-model.ts';
import { plainFolder, SHIPPED } from '../models/models.fixture.ts';
import { cli, jsonOf, storeDeps } from './cli.fixture.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-models-cli-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('adds a folder, uses it, goes back and removes it; every step survives closing the store', async () => {
  const run = (...args: string[]) => cli(['models', ...args, '--data', path.join(dir, 'store')], { deps: storeDeps });
  const added = await run('add', plainFolder(path.join(dir, 'e5-tiny')), '--passage-prefix', '', '--json');
  expect(jsonOf(added)).toMatchObject([{ id: 'e5-tiny', origin: 'folder', dims: SHIPPED.dims, state: 'ok', isWanted: false }]);
  expect(await run('use', 'e5-tiny')).toEqual({ code: 0, out: 'e5-tiny serves.\n', err: expect.stringMatching(/^(?:percent embedded anew: \d+ of about 100\n)*$/) });
  const { out } = await run('list');
  expect(out).toMatch(/^ {2}deskmate-embed-\d {2}shipped {2}\S+ {2}\d+ numbers {2}[\d.]+ MB(?: {2}serving)?\n(?:.*\n)*\* e5-tiny {2}folder {2}licence unknown {2}\d+ numbers {2}[\d.]+ MB {2}[\d.]+ CPU ms a short text, \d+ texts a CPU second/);
  expect(await run('check', 'e5-tiny')).toMatchObject({ code: 0, out: 'Every file is as it was added.\n' });
  expect(await run('remove', 'e5-tiny')).toMatchObject({ code: 1, err: 'deskmate models: The model e5-tiny is in use. Choose another one first, and wait until everything is embedded by it.\n' });
  expect(jsonOf(await run('use', DEFAULT_MODEL_ID, '--json'))).toEqual([{ wanted: DEFAULT_MODEL_ID, isServing: true, problem: null }]);
  expect(await run('remove', 'e5-tiny')).toEqual({ code: 0, out: 'e5-tiny is removed.\n', err: '' });
  expect(await run('remove', 'none')).toMatchObject({ code: 1, err: 'deskmate models: There is no model none.\n' });
}, 120_000);

it('says what is missing', async () => {
  const calls = [['models'], ['models', 'x'], ['models', 'list', 'y'], ['models', 'use'], ['models', 'add', '.', '--pooling', 'max'], ['models', 'add', '.', '--input', 'x']];
  expect(await Promise.all(calls.map(async (call) => (await cli(call)).code))).toEqual([2, 2, 2, 2, 2, 2]);
});
