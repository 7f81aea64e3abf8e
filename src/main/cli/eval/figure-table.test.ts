import { expect, it } from 'vitest';
import { figureTable } from './figure-table.ts';

it('lays figures out by groups of arms', () => {
  const arm = (r1: number) => ({ r1, mrr: null, intervals: { r1: [r1 - 0.1, r1 + 0.1], mrr: null } });
  expect(figureTable('retrieval', { model: 'm', queries: 2, pool: { turns: 3 }, vector: arm(0.5), bm25: arm(0.25), languages: { 'zh-en': { queries: 1, vector: arm(0.5) } } })).toBe(
    [
      'retrieval: model m, queries 2, pool turns 3', '        r1                   mrr', 'vector  0.500 [0.400 0.600]  –', 'bm25    0.250 [0.150 0.350]  –', '',
      'retrieval › languages › zh-en: queries 1', '        r1                   mrr', 'vector  0.500 [0.400 0.600]  –', '',
    ].join('\n'),
  );
});
