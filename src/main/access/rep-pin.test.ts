import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { hashPin, setPinHash, tryPin, waitAfter } from './rep-pin.ts';
import { ensureDefaultRep } from './rep.repository.ts';

const CHEAP = 2 ** 4;

describe('a PIN', () => {
  test('is kept as a salted hash, never as itself', async () => {
    const [one, two] = await Promise.all([hashPin('246810', CHEAP), hashPin('246810', CHEAP)]);
    expect([one === two, one.includes('246810'), one.split(':').slice(0, 2)]).toEqual([false, false, ['scrypt', '16']]);
  });

  test('is slowed after three wrong tries, also when they come at once, and free again after the right one', async () => {
    const { db, ctx } = openTestStore();
    const { id } = ensureDefaultRep(db, ctx);
    setPinHash(db, id, await hashPin('2468', CHEAP));
    const wrong = await Promise.all(Array.from({ length: 6 }, () => tryPin(db, id, '1111', 1000)));
    expect(wrong.map(({ outcome }) => outcome)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wait', 'wait']);
    expect(await tryPin(db, id, '2468', 5999)).toEqual({ outcome: 'wait', retryAt: 6000 });
    expect(await tryPin(db, id, '2468', 6000)).toEqual({ outcome: 'right', retryAt: null });
    expect(await tryPin(db, id, '1111', 6001)).toEqual({ outcome: 'wrong', retryAt: null });
    setPinHash(db, id, null);
    expect(await tryPin(db, id, '', 6001)).toEqual({ outcome: 'wrong', retryAt: null });
  });

  test('is not blocked for good by a clock that was set back', async () => {
    const { db, ctx } = openTestStore();
    const { id } = ensureDefaultRep(db, ctx);
    setPinHash(db, id, await hashPin('2468', CHEAP));
    for (let count = 0; count < 4; count++) await tryPin(db, id, '1111', 10 ** 12);
    expect((await tryPin(db, id, '2468', 1000)).outcome).toBe('right');
  });

  test('the wait grows and ends at five minutes', () => {
    expect([0, 3, 4, 5, 6, 30].map(waitAfter)).toEqual([0, 0, 5000, 10_000, 20_000, 300_000]);
    fc.assert(fc.property(fc.nat(100), (count) => waitAfter(count) <= waitAfter(count + 1)));
  });
});
