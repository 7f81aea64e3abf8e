import type { KnownText } from '../knowledge/known-text.repository.ts';
import type { Slices } from '../search/slices.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { wordsOf } from './bm25.ts';
import type { Exchange } from './history.ts';

/** What can be found: a question asked before, or a piece of knowledge. `answers` are what was replied, the newest last, or what it says. */
export type PoolRow = { kind: 'turn' | 'passage' | 'macro'; text: string; answers: string[] };

/** Everything that was asked and known, a question asked twice once. */
export function* poolRows(known: readonly Exchange[], knowledge: readonly KnownText[]): Slices<PoolRow[]> {
  const turns = new Map<string, PoolRow>();
  for (const { question, reply } of known.toSorted((a, b) => a.repliedAt - b.repliedAt)) {
    const key = normaliseForMatch(question);
    const row = turns.get(key) ?? { kind: 'turn', text: question, answers: [] };
    row.answers.push(reply);
    turns.set(key, row);
    yield;
  }
  return [...turns.values(), ...knowledge.map(({ kind, searchable, text }) => ({ kind, text: searchable, answers: [text] }))];
}

/** The rows that hold each answer. */
export function* holdersOf(pool: readonly PoolRow[]): Slices<Map<string, number[]>> {
  const holders = new Map<string, number[]>();
  for (const [place, { answers }] of pool.entries()) {
    for (const answer of new Set(answers.map(normaliseForMatch))) {
      const places = holders.get(answer);
      if (places === undefined) holders.set(answer, [place]);
      else places.push(place);
    }
    yield;
  }
  return holders;
}

/** Dice's coefficient of the two sets of words (bigrams in Chinese): 2 · shared ÷ (both sizes), 0–1. */
export function diceOf(a: string, b: string): number {
  const [left, right] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  return left.size + right.size === 0 ? 0 : (2 * left.intersection(right).size) / (left.size + right.size);
}
