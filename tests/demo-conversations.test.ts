/** The past conversations of the demo shop, and the orders of its live customers: read by the real importers, and fit to be learnt from. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { checkReply } from '../src/main/assist/guard/guard.ts';
import { importBench } from '../src/main/importing/importing.fixture.ts';
import { scoreEscalation } from '../src/main/insight/risk/cold-start.ts';
import { INTENTS } from '../src/main/practice/practice.types.ts';

const root = path.join(import.meta.dirname, '..');
const shop = path.join(root, 'resources/demo-shop/shop');
type Turn = { id: string; role: 'customer' | 'rep' | 'bot' | 'system'; text: string; at: string };
type Talk = { id: string; customerId: string; customerName: string; intent: string; openedAt: string; csat?: number; turns: Turn[] };
const talks = readFileSync(path.join(shop, 'conversations.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Talk);
const repliesOf = (chosen: Talk[]) => chosen.flatMap(({ id, turns }) => turns.filter(({ role }) => role === 'rep').map(({ text }) => ({ id, text })));

it('takes every conversation and every order of the live customers, and nothing twice', async () => {
  using bench = importBench();
  const taken = [];
  for (const [file, kind] of [['conversations.jsonl', 'conversations'], ['live-orders.csv', 'orders'], ['conversations.jsonl', 'conversations']] as const) {
    const { added, unchanged, rejected } = await bench.imports.run(path.join(shop, file), kind);
    taken.push([added, unchanged, rejected]);
  }
  expect(taken).toEqual([[159, 0, []], [59, 0, []], [0, 159, []]]);
});

it('covers the sixteen intents, both languages, all endings, in natural lengths, before the reference date', () => {
  const count = (test: (talk: Talk) => boolean) => talks.filter(test).length;
  expect(INTENTS.filter((intent) => count((talk) => talk.intent === intent) < 5)).toEqual([]);
  const zhRatio = count(({ turns }) => /\p{Script=Han}/u.test(turns[0]!.text)) / talks.length;
  expect(zhRatio > 0.7 && zhRatio < 0.8).toBe(true);
  expect([1, 2, 3, 4, 5].filter((csat) => count((talk) => talk.csat === csat) < 5)).toEqual([]);
  expect(talks.filter(({ turns }) => turns.length < 4 || turns.length > 18).map(({ id }) => id)).toEqual([]);
  const times = talks.flatMap(({ turns }) => turns.map(({ at }) => Date.parse(at)));
  expect(Math.max(...times)).toBeLessThan(Date.parse('2026-06-01T00:00:00+08:00'));
  expect(talks.filter(({ turns }) => turns.some(({ at }, place) => place > 0 && Date.parse(at) < Date.parse(turns[place - 1]!.at))).map(({ id }) => id)).toEqual([]);
});

it('speaks with customers of the shop by their names', () => {
  const known = new Set(readFileSync(path.join(shop, 'orders.csv'), 'utf8').split('\n').map((line) => line.split(',').slice(1, 3).join()));
  expect(talks.filter(({ customerId, customerName }) => !known.has(`${customerId},${customerName}`)).map(({ id }) => id)).toEqual([]);
});

it('runs the whole way from calm to threatening, and back', () => {
  const highest = talks.map(({ turns }) => {
    const own = turns.map(({ id, role, text, at }) => ({ id, role, text, at: Date.parse(at) }));
    return Math.max(...own.map((_, asOfTurn) => scoreEscalation(own, { now: own[asOfTurn]!.at, asOfTurn }).p));
  });
  const alerted = talks.filter((_, place) => highest[place]! >= 0.55);
  expect([highest.filter((p) => p < 0.3).length > 80, alerted.some(({ csat }) => csat !== undefined && csat >= 4), alerted.some(({ csat }) => csat !== undefined && csat <= 2)]).toEqual([true, true, true]);
});

it('has good answers worth repeating: no banned word, no wording twice', () => {
  const good = repliesOf(talks.filter(({ csat }) => csat !== undefined && csat >= 4));
  expect(good.length).toBeGreaterThan(250);
  const bad = good.flatMap(({ id, text }) => checkReply(text).filter(({ kind, severity }) => severity === 'block' && kind !== 'pii').map(({ ruleId, text: words }) => [id, ruleId, words]));
  expect(bad).toEqual([]);
  expect(good.map(({ text }) => text).filter((text, place, all) => text.length > 6 && all.indexOf(text) !== place)).toEqual([]);
});

it('keeps the orders of the live customers as their order cards say', () => {
  const done = spawnSync(process.execPath, [path.join(root, 'scripts/live-orders.mjs'), '--check'], { encoding: 'utf8' });
  expect([done.status, done.stderr]).toEqual([0, '']);
});
