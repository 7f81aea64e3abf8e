export type Language = 'zh' | 'en' | 'other';

const LETTER = /(\p{Script=Han})|([\p{Script=Hiragana}\p{Script=Katakana}])|(\p{Script=Latin}+)|(\p{L})/gu;
const KANA_SHARE = 0.2;
const ACCENTED_WORD_SHARE = 0.2;

interface LetterCounts {
  han: number;
  kana: number;
  latinWords: number;
  accentedWords: number;
  otherLetters: number;
}

function countLetters(text: string): LetterCounts {
  const counts: LetterCounts = { han: 0, kana: 0, latinWords: 0, accentedWords: 0, otherLetters: 0 };
  for (const [word, han, kana, latin] of text.matchAll(LETTER)) {
    if (han !== undefined) counts.han += 1;
    else if (kana !== undefined) counts.kana += 1;
    else if (latin === undefined) counts.otherLetters += 1;
    else {
      counts.latinWords += 1;
      if (/[^a-z]/iu.test(word.normalize('NFKC'))) counts.accentedWords += 1;
    }
  }
  return counts;
}

/**
 * The language a reply should be in, from the letters alone. A Chinese character weighs as much as a Latin word, so that
 * a product name does not turn a Chinese question English. `other`: no letters, Japanese, or another script or accents.
 */
export function detectLanguage(text: string): Language {
  const { han, kana, latinWords, accentedWords, otherLetters } = countLetters(text);
  if (kana > 0 && kana >= KANA_SHARE * (han + kana)) return 'other';
  if (otherLetters > han + latinWords) return 'other';
  if (han > 0 && han >= latinWords) return 'zh';
  if (latinWords === 0) return 'other';
  return latinWords >= 3 && accentedWords >= ACCENTED_WORD_SHARE * latinWords ? 'other' : 'en';
}
