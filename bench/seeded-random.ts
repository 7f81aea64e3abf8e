/** Numbers in [0, 1) that depend on the seed alone (mulberry32, a 32-bit generator of the public domain). */
export type SeededRandom = () => number;

export function createRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 to `count` − 1. */
export function drawIndex(random: SeededRandom, count: number): number {
  return Math.floor(random() * count);
}

/**
 * A rank from 0 to `count` − 1, drawn so that rank r is about 1 ÷ (r + 1) as likely as rank 0 (Zipf with exponent 1): the inverse of the
 * continuous distribution with density 1 ÷ x on [1, count + 1).
 */
export function drawZipf(random: SeededRandom, count: number): number {
  return Math.min(count - 1, Math.floor((count + 1) ** random()) - 1);
}

/** One of the words, the first ones most often. */
export function drawWord(random: SeededRandom, words: readonly string[]): string {
  return words[drawZipf(random, words.length)] ?? '';
}
