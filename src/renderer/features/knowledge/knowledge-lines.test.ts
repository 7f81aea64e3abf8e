import { describe, expect, test } from 'vitest';
import { createFormats, type Translate } from '../../base/formats.ts';
import { texts } from '../../../shared/i18n/texts.ts';
import { sampleArticles, sampleMacros, sampleQuestions } from '../../testing/sample-knowledge.ts';
import { SAMPLE_NOW } from '../../testing/sample-shop.ts';
import { articleStateOf, linesOf, type ListView } from './knowledge-lines.ts';
import { FIRST_STATE, type KnowledgeState } from './knowledge-state.ts';

const t: Translate = (key, values = {}) => texts[key][0].replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => String(values[name]));
const shell = { t, formats: createFormats('zh-Hans', t, 'Asia/Shanghai') };
const DAY_MS = 86_400_000;
const state: KnowledgeState = { ...FIRST_STATE, kind: 'ready', articles: sampleArticles(), macros: sampleMacros(), questions: sampleQuestions() };
const lines = (tab: KnowledgeState['tab'], view: Partial<ListView> = {}) => linesOf({ ...state, tab }, { filter: '', shown: 'all', sort: 'code', ...view }, SAMPLE_NOW, shell);
const titles = (...args: Parameters<typeof lines>) => lines(...args).map(({ title, mark }) => [title, mark?.text ?? null]);

test('an article is in force, ending, expired or not yet in force', () => {
  const at = (validFrom: number | null, validTo: number | null) => articleStateOf({ validFrom, validTo }, 100 * DAY_MS);
  expect([at(null, null), at(101 * DAY_MS, null), at(null, 100 * DAY_MS), at(null, 114 * DAY_MS), at(null, 115 * DAY_MS)]).toEqual(['current', 'not_yet', 'expired', 'ending', 'current']);
});

describe('rows', () => {
  test('articles by state and words', () => {
    expect(titles('articles', { filter: '价保' })).toEqual([['大促价保', '已过期']]);
    expect(titles('articles', { shown: 'current' }).length).toBe(4);
    expect(titles('articles', { shown: 'expired' })).toEqual([['大促价保', '已过期']]);
    expect(titles('articles', { shown: 'ending' })).toEqual([['发票开具', '快到期']]);
  });

  test('macros: favourites first in every order, then as chosen; a semicolon in the filter is no part of a code', () => {
    expect(lines('macros').map(({ title }) => title)).toEqual([';invoice.when  发票时间', ';greet  问候', ';repair.ask  维修：要订单号和照片']);
    expect(lines('macros', { sort: 'used' }).map(({ title }) => title)).toEqual([';invoice.when  发票时间', ';repair.ask  维修：要订单号和照片', ';greet  问候']);
    expect(lines('macros', { sort: 'latest' })[1]?.title).toBe(';repair.ask  维修：要订单号和照片');
    expect(lines('macros', { filter: ';gre' }).map(({ mark, note }) => [mark?.text, note])).toEqual([['我的', '× 60']]);
    expect([lines('macros', { shown: 'personal' }).length, lines('macros', { shown: 'team' }).length, lines('macros', { shown: 'favourite' }).length, lines('macros', { shown: 'proposed' }).length]).toEqual([1, 2, 1, 0]);
  });

  test('questions with how often they were asked', () => {
    expect(titles('unanswered')).toEqual([['帐篷的防水指数是多少，能过冬吗', '问过 3 次'], ['能开增值税专票吗', null]]);
  });
});
