/** Fewer characters than this name too many orders to be the end of one. */
export const SHORTEST_END = 4;
const SHORTEST_NUMBER = 3;
const MOST_NUMBERS = 4;
const LONGEST_LETTERS = 3;
const SEPARATORS = /[\s\p{Pd}\u2010-\u2015\u2212]+/gu;
const LONE_NUMBER = /^[a-z0-9][a-z0-9_./#]*$/;
/** A number inside a pasted sentence: letters, digits, hyphens in between, and digits enough that no word looks like it. */
const NUMBER_IN_TEXT = /[a-z0-9](?:[a-z0-9]|[-\u2010-\u2015](?=[a-z0-9]))*/g;
const SHORTEST_PASTED = 6;

/** An order, waybill, SKU or customer number as it is compared: half-width, lower case, without spaces and hyphens. SQL has the same as `numberKeySql`. */
export function numberKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(SEPARATORS, '');
}

/** The same in SQL for a column; indexes of the schema are on exactly this text. */
export function numberKeySql(column: string): string {
  return `lower(replace(replace(${column}, '-', ''), ' ', ''))`;
}

/** The last four characters of a key, which the schema indexes, so that an end is found without reading every row. */
export function numberEndSql(column: string): string {
  return `substr(${numberKeySql(column)}, -${SHORTEST_END})`;
}

/** What may be a number in what a person typed or pasted: all of it, or the numbers within ("单号 SF133-8821 到哪了"). Longest first; none when it is words. */
export function numbersIn(text: string): string[] {
  const whole = numberKey(text);
  if (LONE_NUMBER.test(whole) && whole.length >= SHORTEST_NUMBER && hasNumberPieces(text)) return [whole];
  const found = [...text.normalize('NFKC').toLowerCase().matchAll(NUMBER_IN_TEXT)].map(([number]) => numberKey(number));
  return [...new Set(found.filter((number) => number.length >= SHORTEST_PASTED && (number.match(/\d/g) ?? []).length >= SHORTEST_END))].toSorted((a, b) => b.length - a.length).slice(0, MOST_NUMBERS);
}

/** "SF 1338 8210", not "jacket 3 in 1": what stands between spaces has digits, or is as short as a carrier's letters. */
function hasNumberPieces(text: string): boolean {
  return /\p{Nd}/u.test(text) && text.trim().split(/\s+/).every((piece) => /\p{Nd}/u.test(piece) || piece.length <= LONGEST_LETTERS);
}
