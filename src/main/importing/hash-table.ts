/** A few whole numbers (each below 2³²) kept under a hash. */
export type HashTable = {
  /** The values kept under the hash; undefined when there are none. */
  get(hash: Uint32Array): Uint32Array | undefined;
  set(hash: Uint32Array, values: readonly number[]): void;
};

const FIRST_ROW_COUNT = 64;
const SLOTS_PER_ROW = 2;

/**
 * Open addressing over typed arrays: the keys of a file of millions of rows cost some 40 bytes each and none of the JavaScript heap (a Map of
 * strings costs about 200, and a gigabyte of orders then ends the process). `hashWords` 32-bit words identify a key: with three, two of ten
 * million keys are taken for one with a probability of about 6 × 10⁻¹⁶ (birthday bound n² ÷ 2⁹⁷). The first word must be evenly spread.
 */
export function createHashTable(hashWords: number, valueCount: number): HashTable {
  const width = hashWords + valueCount;
  let rows = new Uint32Array(FIRST_ROW_COUNT * width);
  let rowCount = 0;
  // where a row begins + 1; 0 is empty
  let slots = new Uint32Array(FIRST_ROW_COUNT * SLOTS_PER_ROW);

  const isAt = (start: number, hash: Uint32Array) => {
    for (let word = 0; word < hashWords; word++) if (rows[start + word] !== hash[word]) return false;
    return true;
  };
  /** The slot of the key, or the empty one where it belongs. */
  const slotOf = (hash: Uint32Array) => {
    let slot = (hash[0] ?? 0) % slots.length;
    for (let start = slots[slot]; start !== undefined && start !== 0 && !isAt(start - 1, hash); start = slots[slot]) slot = (slot + 1) % slots.length;
    return slot;
  };
  const grow = () => {
    const larger = new Uint32Array(rows.length * 2);
    larger.set(rows);
    rows = larger;
    slots = new Uint32Array(slots.length * 2);
    for (let start = 0; start < rowCount * width; start += width) slots[slotOf(rows.subarray(start, start + hashWords))] = start + 1;
  };
  return {
    get(hash) {
      const start = slots[slotOf(hash)] ?? 0;
      return start === 0 ? undefined : rows.subarray(start - 1 + hashWords, start - 1 + width);
    },
    set(hash, values) {
      let slot = slotOf(hash);
      if (slots[slot] === 0) {
        if (rowCount * width === rows.length) {
          grow();
          slot = slotOf(hash);
        }
        rows.set(hash.subarray(0, hashWords), rowCount * width);
        slots[slot] = rowCount++ * width + 1;
      }
      rows.set(values, (slots[slot] ?? 0) - 1 + hashWords);
    },
  };
}
