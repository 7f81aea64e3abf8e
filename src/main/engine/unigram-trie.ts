/** Node of a text that no token starts with. */
export const NO_NODE = -1;
const ROOT = 0;
const NO_TOKEN = -1;

/**
 * A trie over code points in flat arrays: an open-addressing table (node, code point) → node, half full at most, and a direct one for the
 * first character, which most searches end at.
 */
export type TokenTrie = {
  /** The node after `codePoint`, `NO_NODE` when no token goes on like that; `child(trie.root, …)` begins. */
  child(node: number, codePoint: number): number;
  /** The token that ends at this node, −1 when none does. */
  tokenAt(node: number): number;
  root: number;
};

/** `tokens[id]` is spelled out by code points; of equal ones the last is found, as a Map filled in this order would have it. */
export function createTokenTrie(tokens: readonly string[]): TokenTrie {
  let slots = 2 ** Math.ceil(Math.log2(tokens.length * 4 + 64));
  let parents = new Int32Array(slots).fill(NO_NODE);
  let codes = new Int32Array(slots);
  let children = new Int32Array(slots);
  let tokenIds = new Int32Array(slots).fill(NO_TOKEN);
  const firsts = new Int32Array(0x10000).fill(NO_NODE);
  let nodeCount = 1;

  const slotOf = (node: number, codePoint: number): number => {
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(codePoint, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (slots - 1);
    while (parents[slot] !== NO_NODE && (parents[slot] !== node || codes[slot] !== codePoint)) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  const put = (node: number, codePoint: number, child: number) => {
    const slot = slotOf(node, codePoint);
    parents[slot] = node;
    codes[slot] = codePoint;
    children[slot] = child;
  };
  const grow = () => {
    const [oldParents, oldCodes, oldChildren] = [parents, codes, children];
    slots *= 2;
    [parents, codes, children] = [new Int32Array(slots).fill(NO_NODE), new Int32Array(slots), new Int32Array(slots)];
    oldParents.forEach((node, at) => {
      if (node !== NO_NODE) put(node, oldCodes[at] as number, oldChildren[at] as number);
    });
    const longer = new Int32Array(slots).fill(NO_TOKEN);
    longer.set(tokenIds);
    tokenIds = longer;
  };
  const child = (node: number, codePoint: number): number => {
    if (node === ROOT && codePoint < firsts.length) return firsts[codePoint] as number;
    const slot = slotOf(node, codePoint);
    return parents[slot] === NO_NODE ? NO_NODE : (children[slot] as number);
  };

  for (const [id, token] of tokens.entries()) {
    let node = ROOT;
    for (let at = 0; at < token.length; at++) {
      const codePoint = token.codePointAt(at) as number;
      if (codePoint > 0xffff) at += 1;
      let next = child(node, codePoint);
      if (next === NO_NODE) {
        if (nodeCount * 2 >= slots) grow();
        next = nodeCount++;
        if (node === ROOT && codePoint < firsts.length) firsts[codePoint] = next;
        else put(node, codePoint, next);
      }
      node = next;
    }
    if (node !== ROOT) tokenIds[node] = id;
  }
  return { root: ROOT, child, tokenAt: (node) => tokenIds[node] as number };
}
