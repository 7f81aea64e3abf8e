import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { WritableDb } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { openReader, openWriter, type StoreKey } from '../db/open-db.ts';
import { cjkTokens } from '../text/tokens.ts';
import { addMacro, addMessage, removeMacro } from './store.fixture.ts';
import { matchExpression, rarestTokens, roughTokenCount, scoreText, wordQuery } from './word-query.ts';
import { createWordsIndex } from './words-index.ts';

const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code).toWellFormed());
const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-words-'));
const key = Buffer.alloc(32, 7) as StoreKey;
let stores = 0;
let db: WritableDb;
let file: string;

beforeEach(() => {
  file = path.join(dir, `store-${++stores}.db`);
  db = openWriter(file, key);
  migrate(db);
  return () => void db.close();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('words index', () => {
  test('the row with the rarer shared words comes first, with the words that match joined', () => {
    addMacro(db, 'refund-time', '退款时效', '亲，退款会在 3 个工作日内原路退回');
    addMacro(db, 'refund-how', '如何退款', '请在订单页点击申请退款');
    addMacro(db, 'ship-time', '发货时效', '48 小时内发货');
    const words = createWordsIndex(db);
    const query = words.question('請問退款會在幾個工作日到？');
    const scored = words.score('macro', query, words.candidates('macro', query, 'suggest', 50)).toSorted((a, b) => b.bm25 - a.bm25);
    expect(scored).toEqual([
      { seq: 1, language: 'zh', bm25: expect.any(Number), matchedWords: ['退款会在', '个工作日'] },
      { seq: 2, language: 'zh', bm25: expect.any(Number), matchedWords: ['退款'] },
    ]);
    expect(scored[0]?.bm25).toBeGreaterThan(2 * (scored[1]?.bm25 ?? 0));
  });

  test('in the search box, rows with every word come before rows with the rarest', () => {
    addMacro(db, 'a', '', '蓝色 尺码 XL');
    addMacro(db, 'b', '', '尺码 表');
    addMacro(db, 'c', '', '蓝色 尺码');
    addMacro(db, 'd', '', '蓝色');
    const words = createWordsIndex(db);
    const query = words.question('蓝色 尺码');
    expect(new Set(words.candidates('macro', query, 'lookup', 2))).toEqual(new Set([1, 3]));
    expect(new Set(words.candidates('macro', query, 'lookup', 50))).toEqual(new Set([1, 2, 3, 4]));
  });

  test('one Chinese character is found inside longer words, as typed and as simplified', () => {
    addMacro(db, 'a', '', '怎么退款');
    addMacro(db, 'b', '', '訂單在哪');
    addMacro(db, 'c', '', '你好');
    const words = createWordsIndex(db);
    const find = (text: string) => words.candidates('macro', words.question(text), 'lookup', 50);
    expect([find('款'), find('訂'), find('？'), find('货')]).toEqual([[1], [2], [], []]);
  });

  test('rows added or removed after the figures were read are found, or not', () => {
    addMacro(db, 'a', '', '退款');
    const words = createWordsIndex(openReader(file, key));
    const find = (text: string) => words.score('macro', words.question(text), words.candidates('macro', words.question(text), 'suggest', 50)).map((match) => match.seq);
    expect(find('退款')).toEqual([1]);
    addMacro(db, 'b', '', '发票抬头');
    expect(find('发票')).toEqual([2]);
    removeMacro(db, 1);
    expect(find('退款')).toEqual([]);
  });

  test('kinds are searched apart', () => {
    addMacro(db, 'a', '', '退款');
    addMessage(db, 'customer', '我要退款');
    addMessage(db, 'rep', '退款已经提交');
    const words = createWordsIndex(db);
    const query = words.question('退款');
    expect((['macro', 'message', 'reply', 'passage'] as const).map((kind) => words.candidates(kind, query, 'suggest', 9))).toEqual([[1], [1], [2], []]);
  });

  test('no question breaks the search, and an English word matches whole words only', () => {
    addMacro(db, 'a', 'refund', "the refunds aren't in");
    const words = createWordsIndex(db);
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 40 }), fc.constantFrom('suggest' as const, 'lookup' as const), (text, mode) => {
        const query = words.question(`${text} refund" OR * NEAR(`);
        expect(words.candidates('macro', query, mode, 5)).toEqual([1]);
      }),
    );
    const query = words.question('fund refund');
    expect(words.score('macro', query, [1, 99]).map((match) => match.matchedWords)).toEqual([['refund']]);
  });
});

describe('word query', () => {
  const totals = { rowCount: 100, documentCount: (token: string) => ({ 我要: 50, 要退: 20, 退款: 10 })[token] ?? 0 };

  test('takes the rarest tokens within the budget, at least one, and every token it does not know', () => {
    const query = wordQuery('我要退款 zyx', totals);
    expect(query.tokens).toEqual(['我要', '要退', '退款', 'zyx']);
    expect(rarestTokens(query, totals.documentCount, 30)).toEqual(['退款', '要退', 'zyx']);
    expect(rarestTokens(query, totals.documentCount, 1)).toEqual(['退款', 'zyx']);
    expect(matchExpression(['退款', 'a"b'], 'OR')).toBe('"退款" OR "a""b"');
  });

  test('scores by BM25', () => {
    const query = wordQuery('退款', totals);
    const idf = Math.log(1 + 90.5 / 10.5);
    expect(scoreText(query, '退款,退款', 4)).toEqual({ bm25: expect.closeTo((idf * 2 * 2.2) / (2 + 1.2 * (0.25 + 0.75 * 0.5)), 10), matched: ['退款'] });
    expect(scoreText(query, '退货', 4)).toEqual({ bm25: 0, matched: [] });
  });

  test('the rough token count is exact for plain text', () => {
    const samples = ['退', '退款', '我要退款,谢谢', 'iphone15 能退吗?sf1234', "don't wait 3.5 days", '', '!?…', '3 个工作日', '亲。'];
    expect(samples.map(roughTokenCount)).toEqual(samples.map((text) => cjkTokens(text).length));
  });

  test('a long question keeps its 48 rarest tokens in order', () => {
    const long = Array.from({ length: 100 }, (_, at) => `w${at}`);
    const query = wordQuery(long.join(' '), { rowCount: 1000, documentCount: (token) => 500 - Number(token.slice(1)) });
    expect(query.tokens).toEqual(long.slice(52));
  });
});
