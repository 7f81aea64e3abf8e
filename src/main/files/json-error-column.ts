const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const LITERAL = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * The column (from 1) where the JSON grammar (RFC 8259) breaks: the start of the wrong token, the wrong character inside a string, or one past
 * the end when the text stops early; null when the text is valid. The engine's own message leaves the place out for some mistakes.
 */
export function jsonErrorColumn(text: string): number | null {
  const cursor: Cursor = { text, at: 0, isBroken: false };
  const open: ('{' | '[')[] = [];
  for (;;) {
    const begun = beginValue(cursor, open);
    if (begun === 'inside') continue;
    const next = begun === 'broken' ? 'broken' : afterValue(cursor, open);
    if (next === 'value') continue;
    if (next === 'end') eat(cursor, SPACE);
    return next === 'end' && cursor.at === text.length ? null : cursor.at + 1;
  }
}

/** `isBroken` is set when a string was begun and is wrong at `at`: nothing else may then be tried there. */
type Cursor = { readonly text: string; at: number; isBroken: boolean };

/** `inside`: an array or object was opened and its first value is due. */
function beginValue(cursor: Cursor, open: ('{' | '[')[]): 'inside' | 'whole' | 'broken' {
  eat(cursor, SPACE);
  const opener = cursor.text[cursor.at];
  if (opener !== '{' && opener !== '[') {
    if (eatString(cursor)) return 'whole';
    return !cursor.isBroken && (eat(cursor, NUMBER) || eat(cursor, LITERAL)) ? 'whole' : 'broken';
  }
  cursor.at++;
  if (eatCharacter(cursor, opener === '{' ? '}' : ']')) return 'whole';
  if (opener === '{' && !eatKey(cursor)) return 'broken';
  open.push(opener);
  return 'inside';
}

function eat(cursor: Cursor, pattern: RegExp): boolean {
  pattern.lastIndex = cursor.at;
  const isFound = pattern.test(cursor.text);
  if (isFound) cursor.at = pattern.lastIndex;
  return isFound;
}

function eatCharacter(cursor: Cursor, character: string): boolean {
  eat(cursor, SPACE);
  const isFound = cursor.text[cursor.at] === character;
  if (isFound) cursor.at++;
  return isFound;
}

/** A loop, not one pattern: a pattern would need the regex engine's stack for every character of a long string. */
function eatString(cursor: Cursor): boolean {
  const { text } = cursor;
  if (text[cursor.at] !== '"') return false;
  cursor.at++;
  while (cursor.at < text.length && text.charCodeAt(cursor.at) >= 0x20) {
    const character = text[cursor.at];
    if (character === '"') {
      cursor.at++;
      return true;
    }
    if (character !== '\\') cursor.at++;
    else if (!eat(cursor, ESCAPE)) break;
  }
  cursor.isBroken = true;
  return false;
}

function eatKey(cursor: Cursor): boolean {
  eat(cursor, SPACE);
  return eatString(cursor) && eatCharacter(cursor, ':');
}

/** After a value: commas and closing brackets, until another value is due, the text should end, or the grammar is broken. */
function afterValue(cursor: Cursor, open: ('{' | '[')[]): 'value' | 'end' | 'broken' {
  for (let innermost = open.at(-1); innermost !== undefined; innermost = open.at(-1)) {
    if (eatCharacter(cursor, ',')) return innermost === '[' || eatKey(cursor) ? 'value' : 'broken';
    if (!eatCharacter(cursor, innermost === '[' ? ']' : '}')) return 'broken';
    open.pop();
  }
  return 'end';
}
