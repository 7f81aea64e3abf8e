/** Numbers that depend on the seed alone, so that the same file gives the same figures again. */
export type SeededNumbers = { /** A whole number from 0 to `bound` − 1. */ below(bound: number): number };

/** mulberry32 (T. Ettinger, public domain): 32 bits of state, even enough for drawing samples, and nothing else hangs on it. */
export function createSeededNumbers(seed: number): SeededNumbers {
  let state = seed >>> 0;
  return {
    below(bound) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
    },
  };
}

/** `count` different numbers below `bound` (all of them when there are no more), by a Fisher–Yates shuffle that stops early. */
export function drawSome(numbers: SeededNumbers, bound: number, count: number): number[] {
  const places = Array.from({ length: bound }, (_, place) => place);
  for (let place = 0; place < Math.min(count, bound); place++) {
    const other = place + numbers.below(bound - place);
    [places[place], places[other]] = [places[other] ?? 0, places[place] ?? 0];
  }
  return places.slice(0, count);
}
