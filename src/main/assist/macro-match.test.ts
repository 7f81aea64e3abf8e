import { expect, it } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { DeskmateError } from '../platform/errors.ts';
import { countMacroUse, setFavourite } from '../knowledge/macro-mark.repository.ts';
import { findMacroByCode, upsertMacro } from '../knowledge/macro.repository.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { found, foundMacro } from './assist.fixture.ts';
import { matchMacros } from './macro-match.ts';

function openMacros(search: SearchEngine['search']) {
  const { db, ctx } = openTestStore();
  for (const [code, text] of [['yfx', '{{ customer.name }}，运费险三天内赔'], ['fp', '发票在订单页'], ['yf', '运费由我们承担']] as const) upsertMacro(db, ctx, { code, title: code, text, language: 'zh' });
  db.exec("UPDATE macros SET use_count = 5 WHERE code = 'fp'");
  const idOf = (code: string) => findMacroByCode(db, code)?.id ?? '';
  const match = (query: string, limit = 8, repId: string | null = 'r1') => matchMacros({ db, engine: { search }, repId }, query, { customer: { name: '林女士' } }, limit);
  return { db, ctx, idOf, match, rows: (query: string, limit = 8) => match(query, limit).then((list) => list.map(({ code, text, score }) => [code, text, score])) };
}
const YFX = ['yfx', '林女士，运费险三天内赔', 1];
const noEngine = () => Promise.reject(new DeskmateError('engine_down', 'away'));

it('finds by code first, then by words, then by meaning, each once and filled', async () => {
  const { rows } = openMacros(() => Promise.resolve(found([foundMacro(1, 0.95), foundMacro(2, 0.6), foundMacro(9, 0.5)])));
  expect(await rows('yfx')).toEqual([YFX, ['fp', '发票在订单页', 0.6]]);
  expect(await rows('运费')).toEqual([['yf', '运费由我们承担', 0.9], ['yfx', '林女士，运费险三天内赔', 0.9], ['fp', '发票在订单页', 0.6]]);
  expect((await rows('')).map(([code]) => code)).toEqual(['fp', 'yf', 'yfx']);
});

it('answers by name while the engine is away, and does not ask it when names fill the list', async () => {
  expect(await openMacros(noEngine).rows('yfx')).toEqual([YFX]);
  expect(await openMacros(() => new Promise(() => {})).rows('yfx', 1)).toEqual([YFX]);
});

it('puts favourites first, then what the rep used last, and says how each was found', async () => {
  const { db, idOf, match } = openMacros(noEngine);
  countMacroUse(db, idOf('yfx'), 'r1', 50);
  setFavourite(db, 'r1', idOf('yf'), true);
  const told = async (query: string, repId: string | null = 'r1') => (await match(query, 8, repId)).map(({ code, how, isFavourite }) => [code, how, isFavourite]);
  expect(await told('')).toEqual([['yf', 'favourite', true], ['yfx', 'habit', false], ['fp', 'habit', false]]);
  expect(await told('', 'r2')).toEqual([['fp', 'habit', false], ['yfx', 'habit', false], ['yf', 'habit', false]]);
  expect(await told('运费')).toEqual([['yf', 'text', true], ['yfx', 'text', false]]);
});

it('puts the very code first, whatever else begins with it', async () => {
  const { rows } = openMacros(noEngine);
  expect((await rows('yf')).map(([code, , score]) => [code, score])).toEqual([['yf', 1], ['yfx', 0.98]]);
});

it('forgives a letter or two in a longer code', async () => {
  const { db, ctx, match } = openMacros(noEngine);
  upsertMacro(db, ctx, { code: 'return', title: '退货', text: '请寄回', language: 'zh' });
  expect((await match('retunr')).map(({ code, how }) => [code, how])).toEqual([['return', 'near_code']]);
  expect(await match('repair')).toEqual([]);
});

it("never shows a rep another rep's own macro, by name or by meaning", async () => {
  const { db, ctx, match } = openMacros(() => Promise.resolve(found([foundMacro(4, 0.9)])));
  upsertMacro(db, ctx, { code: 'mine', title: '', text: '亲亲在呢', language: 'zh', scope: 'personal', repId: 'r1' });
  const codes = async (query: string, repId: string | null) => (await match(query, 8, repId)).map(({ code, scope }) => [code, scope]);
  expect([await codes('mine', 'r1'), await codes('在吗', 'r1'), await codes('mine', 'r2'), await codes('在吗', null)]).toEqual([[['mine', 'personal']], [['mine', 'personal']], [], []]);
});

it("puts macros in the customer's language first among those found equally well", async () => {
  const { db, ctx } = openMacros(noEngine);
  for (const [code, language] of [['bye', 'zh'], ['bye.en', 'en']] as const) upsertMacro(db, ctx, { code, title: code, text: code, language });
  const codes = async (query: string, language: 'zh' | 'en' | null) => (await matchMacros({ db, engine: { search: noEngine }, repId: 'r1', language }, query, {}, 8)).map(({ code }) => code);
  expect([await codes('by', 'en'), await codes('by', 'zh'), await codes('by', null), await codes('bye', 'en')]).toEqual([['bye.en', 'bye'], ['bye', 'bye.en'], ['bye', 'bye.en'], ['bye', 'bye.en']]);
});
