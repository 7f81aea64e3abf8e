export type Strength = 'short' | 'weak' | 'fair' | 'strong';

const MIN_LENGTH = 8;
/** What is tried first. */
const COMMON = /pass ?word|qwert|asdf|zxcv|1q2w|abc|letmein|iloveyou|admin|woaini|5201314|shanyu|deskmate|taobao/g;
/** Bits below which a stolen file can be opened in days, and above which it cannot in centuries, at scrypt N = 2^17 and a thousand tries a second. */
const FAIR_BITS = 40;
const STRONG_BITS = 60;

/** Bits of one character, by the alphabet it comes from. Han characters are counted as if drawn from the thousand most used, since phrases are not random. */
function bitsOf(character: string): number {
  if (/\d/.test(character)) return 3.3;
  if (/[a-z]/i.test(character)) return 4.2;
  return /\p{Script=Han}/u.test(character) ? 8 : 5;
}

/**
 * A guess at how hard this is to guess, in bits: characters by their alphabet, common words as one, and repeats and runs
 * (`aaaa`, `2345`, `dcba`) for next to nothing. An upper bound only: it knows no dictionary.
 */
export function passphraseBits(text: string): number {
  const squeezed = [...text.toLowerCase().replaceAll(COMMON, ' ')];
  let bits = 0;
  for (const [place, character] of squeezed.entries()) {
    const step = place === 0 ? Number.NaN : (character.codePointAt(0) ?? 0) - (squeezed[place - 1]?.codePointAt(0) ?? 0);
    const isKnown = squeezed.indexOf(character) < place;
    bits += Math.abs(step) <= 1 ? 0.5 : bitsOf(character) * (isKnown ? 0.7 : 1);
  }
  return bits;
}

export function passphraseStrength(text: string): Strength {
  if ([...text].length < MIN_LENGTH) return 'short';
  const bits = passphraseBits(text);
  if (bits < FAIR_BITS) return 'weak';
  return bits < STRONG_BITS ? 'fair' : 'strong';
}

/** What a person who wrote the code down may confuse: case, I, L and 1, O and 0. */
function forgiving(group: string): string {
  return group.trim().toUpperCase().replaceAll(/[IL]/g, '1').replaceAll('O', '0');
}

export function isSameGroup(typed: string, group: string): boolean {
  return forgiving(typed) === forgiving(group);
}

/** Two different groups to ask back, counted from 0; which ones depends on the code, so that nobody learns them by heart. */
export function groupsToConfirm(groups: readonly string[]): [number, number] {
  const sum = [...groups.join('')].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const first = sum % groups.length;
  const second = (first + 1 + (Math.floor(sum / groups.length) % Math.max(1, groups.length - 1))) % groups.length;
  return first < second ? [first, second] : [second, first];
}
