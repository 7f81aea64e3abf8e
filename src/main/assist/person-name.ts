import { normaliseForMatch } from '../text/normalise.ts';

const HONORIFIC = '(?:先生|女士|小姐|太太|老师|总|哥|姐|阿姨|叔叔|师傅)';
const ENDS_IN_HONORIFIC = new RegExp(`${HONORIFIC}$`, 'u');
const HAN_NAME = /^\p{Script=Han}{2,4}$/u;
/** Shorter words of a Latin name ("An", "Li") stand in most texts. */
const MIN_NAME_WORD_CHARS = 3;

/** True when the text names the person: by the whole name, by surname and title (王先生), by the given name, or by one word of a Latin name. */
export function namesPerson(text: string, name: string): boolean {
  const [said, whole] = [normaliseForMatch(text), normaliseForMatch(name)];
  if (whole.length > 1 && said.includes(whole)) return true;
  if (HAN_NAME.test(whole)) return namesHanPerson(said, whole);
  const words = name.split(/[^\p{L}]+/u).filter((word) => word.length >= MIN_NAME_WORD_CHARS && /^\p{Script=Latin}+$/u.test(word));
  // as written: "Will" is a name, "will" is not
  const spoken = new Set(text.split(/[^\p{L}]+/u));
  return words.some((word) => spoken.has(word) || spoken.has(word.charAt(0).toUpperCase() + word.slice(1)));
}

function namesHanPerson(said: string, whole: string): boolean {
  const bare = whole.replace(ENDS_IN_HONORIFIC, '');
  if (bare === '') return false;
  if (new RegExp(`${bare.charAt(0)}${HONORIFIC}`, 'u').test(said)) return true;
  const given = bare.slice(1);
  return bare === whole && given.length > 1 && said.includes(given);
}
