import { expect, it } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { DeskmateError } from '../platform/errors.ts';
import { upsertMacro } from '../knowledge/macro.repository.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { found, foundMacro } from './assist.fixture.ts';
import { matchMacros } from './macro-match.ts';

function openMacros(search: SearchEngine['search']) {
  const { db, ctx } = openTestStore();
  for (const [code, text] of [['yfx', '{{ customer.name }}，运费险三天内赔'], ['fp', '发票在订单页'], ['yf', '运费由我们承担']] as const) upsertMacro(db, ctx, { code, title: code, text, language: 'zh' });
  db.exec("UPDATE macros SET use_count = 5 WHERE code = 'fp'");
  return (query: string, limit = 8) => matchMacros({ db, engine: { search } }, query, { customer: { name: '林女士' } }, limit).then((found) => found.map(({ code, text, score }) => [code, text, score]));
}
const YFX = ['yfx', '林女士，运费险三天内赔', 1];

it('finds by code first, then by words, then by meaning, each once and filled', async () => {
  const match = openMacros(() => Promise.resolve(found([foundMacro(1, 0.95), foundMacro(2, 0.6), foundMacro(9, 0.5)])));
  expect(await match('yfx')).toEqual([YFX, ['fp', '发票在订单页', 0.6]]);
  expect(await match('运费')).toEqual([['yf', '运费由我们承担', 0.9], ['yfx', '林女士，运费险三天内赔', 0.9], ['fp', '发票在订单页', 0.6]]);
  expect((await match('')).map(([code]) => code)).toEqual(['fp', 'yf', 'yfx']);
});

it('answers by name while the engine is away, and does not ask it when names fill the list', async () => {
  const match = openMacros(() => Promise.reject(new DeskmateError('engine_down', 'away')));
  expect(await match('yfx')).toEqual([YFX]);
  const waiting = openMacros(() => new Promise(() => {}));
  expect(await waiting('yfx', 1)).toEqual([YFX]);
});
