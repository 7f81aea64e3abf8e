import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRepeatCounter, createSeenKeys } from './content-key.ts';
import { createHashTable } from './hash-table.ts';

describe('createHashTable', () => {
  it('answers as a Map does, with crowded first words too (property)', () => {
    const word = fc.constantFrom(0, 1, 127, 128, 4_294_967_295);
    const key = fc.tuple(word, fc.integer({ min: 0, max: 60 }), word);
    fc.assert(fc.property(fc.array(fc.tuple(key, fc.integer({ min: 0, max: 4_294_967_295 })), { maxLength: 600 }), (entries) => {
      const table = createHashTable(3, 2);
      const map = new Map<string, number[]>();
      for (const [words, value] of entries) {
        const hash = Uint32Array.from(words);
        const known = table.get(hash);
        expect(known === undefined ? undefined : [...known]).toEqual(map.get(words.join()));
        table.set(hash, [value, 7]);
        map.set(words.join(), [value, 7]);
      }
    }), { numRuns: 60 });
  });
});

describe('what a file has shown so far', () => {
  it('knows keys again with their first line, and counts repeats', () => {
    const seen = createSeenKeys();
    const counter = createRepeatCounter();
    for (let line = 1; line <= 5000; line++) expect([seen.meet(`k${line}`, `c${line}`, line), counter('k', line)]).toEqual([{ kind: 'new' }, 0]);
    expect([seen.meet('k7', 'c7', 9000), seen.meet('k7', 'other', 9001), counter('k', 7), counter('k', 7), counter('k7')]).toEqual([{ kind: 'same', line: 7 }, { kind: 'other', line: 7 }, 1, 2, 0]);
  });
});
