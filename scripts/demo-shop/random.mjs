/** A seeded stream of random choices; each part of the shop draws from a stream of its own, so that a change in one leaves the others alone. */
export function createRandom(seed) {
  let state = 0x9e3779b9;
  for (const character of seed) state = Math.imul(state ^ character.codePointAt(0), 0x85ebca6b) >>> 0;
  // mulberry32: whole-number arithmetic only, the same on every machine
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (min, max) => min + Math.floor(next() * (max - min + 1));
  const pick = (list) => list[Math.floor(next() * list.length)];
  return {
    int,
    pick,
    chance: (ratio) => next() < ratio,
    /** One of the list, by the weight of each. */
    weighted(list, weightOf) {
      const weights = list.map(weightOf);
      let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
      return list.find((_, index) => (rest -= weights[index]) < 0) ?? list.at(-1);
    },
    shuffled(list) {
      const copy = [...list];
      for (let index = copy.length - 1; index > 0; index -= 1) {
        const other = int(0, index);
        [copy[index], copy[other]] = [copy[other], copy[index]];
      }
      return copy;
    },
    digits: (count) => Array.from({ length: count }, () => int(0, 9)).join(''),
  };
}
