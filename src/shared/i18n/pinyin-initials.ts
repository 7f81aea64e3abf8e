const LETTERS = 'abcdefghjklmnopqrstwxyz';
/** The first character of each letter in pinyin order. */
const FIRSTS = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀';
/** Characters read in two ways, by both first letters; pinyin order knows one of them. */
const TWO_READINGS: Readonly<Record<string, string>> = { 重: 'zc', 行: 'xh', 长: 'zc', 長: 'zc', 调: 'dt', 調: 'dt', 还: 'hx', 還: 'hx', 会: 'hk', 會: 'hk', 系: 'xj', 传: 'cz', 傳: 'cz', 单: 'ds', 單: 'ds', 朝: 'cz', 弹: 'dt', 彈: 'dt', 藏: 'cz', 降: 'jx' };
const HAN = /\p{Script=Han}/u;

/**
 * Finds text by the first letters of its pinyin without a table of readings: the collation order of Chinese that every browser and
 * Node carry (CLDR, `co-pinyin`) is by reading, so a character stands between the first characters of its letter and of the next.
 */
export function createPinyin(compare: (a: string, b: string) => number = new Intl.Collator('zh-Hans-u-co-pinyin').compare) {
  const known = new Map<string, string>();
  const lettersOf = (character: string): string => {
    if (!HAN.test(character)) return character.toLowerCase();
    const cached = known.get(character) ?? TWO_READINGS[character] ?? letterOf(character, compare);
    known.set(character, cached);
    return cached;
  };
  return {
    /** For each Han character its possible first letters, for each Latin letter or digit itself; all else is left out. */
    initials: (text: string): readonly string[] => [...text].filter((character) => HAN.test(character) || /[a-z\d]/i.test(character)).map(lettersOf),
  };
}

function letterOf(character: string, compare: (a: string, b: string) => number): string {
  let low = 0;
  let high = FIRSTS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(FIRSTS[middle] ?? '', character) <= 0) low = middle + 1;
    else high = middle;
  }
  return LETTERS[low - 1] ?? '';
}

/** Where `letters` stand among the initials: at the beginning, further in, or nowhere. */
export function initialsFit(initials: readonly string[], letters: string): 'start' | 'inside' | null {
  if (letters === '' || letters.length > initials.length) return null;
  for (let start = 0; start + letters.length <= initials.length; start += 1) {
    if ([...letters].every((letter, index) => initials[start + index]?.includes(letter) === true)) return start === 0 ? 'start' : 'inside';
  }
  return null;
}
