/** 32-bit FNV-1a of the UTF-16 units; stable across runs and machines. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** A number in [0, 1) that depends on nothing but the seed and the label. */
export function seededRatio(seed: number, label: string): number {
  // the finaliser of murmur3: neighbouring seeds must not give neighbouring numbers
  let hash = hashText(`${seed}:${label}`);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The items in an order that depends on nothing but the seed. */
export function seededOrder<T>(items: readonly T[], seed: number): T[] {
  return items.map((item, place) => ({ item, place, key: seededRatio(seed, `order ${place}`) })).toSorted((a, b) => a.key - b.key || a.place - b.place).map(({ item }) => item);
}
