/** Code points compared after the common beginning and end are cut off; keeps the worst case near 1 ms. */
const EDIT_LENGTH_CAP = 400;

function codePointsOf(text: string): Int32Array {
  return Int32Array.from(Array.from(text), (character) => character.codePointAt(0) ?? 0);
}

function commonPrefixLength(a: Int32Array, b: Int32Array): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length += 1;
  return length;
}

/** One row of the table after another; `a` and `b` are code points. */
function levenshtein(a: Int32Array, b: Int32Array): number {
  const row = Int32Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const wanted = a[i - 1];
    let diagonal = i - 1;
    let left = i;
    row[0] = i;
    for (let j = 1; j <= b.length; j += 1) {
      const above = row[j] ?? 0;
      const substituted = wanted === b[j - 1] ? diagonal : diagonal + 1;
      left = Math.min(above + 1, left + 1, substituted);
      row[j] = left;
      diagonal = above;
    }
  }
  return row[b.length] ?? 0;
}

/**
 * Levenshtein distance ÷ length of the longer text, both in code points: 0 = the same, 1 = nothing in common. Exact while
 * the differing middles are at most 400 long; what exceeds the cap counts as changed.
 */
export function editDistanceRatio(a: string, b: string): number {
  if (a === b) return 0;
  const left = codePointsOf(a);
  const right = codePointsOf(b);
  const longer = Math.max(left.length, right.length);
  const prefix = commonPrefixLength(left, right);
  const leftRest = left.slice(prefix).toReversed();
  const rightRest = right.slice(prefix).toReversed();
  const suffix = commonPrefixLength(leftRest, rightRest);
  const leftMiddle = leftRest.slice(suffix).toReversed();
  const rightMiddle = rightRest.slice(suffix).toReversed();
  const beyondCap = Math.max(0, Math.max(leftMiddle.length, rightMiddle.length) - EDIT_LENGTH_CAP);
  const distance = levenshtein(leftMiddle.slice(0, EDIT_LENGTH_CAP), rightMiddle.slice(0, EDIT_LENGTH_CAP));
  return (distance + beyondCap) / longer;
}
