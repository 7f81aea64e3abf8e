const TOKEN = /\s*(?:(?<string>"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<scalar>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<sign>[{}[\]:,]))/uy;
type Wanted = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd';

/** Where a text stops being JSON, as an offset; its length when it ends too soon. Engines word their errors differently, and some tell no place. */
export function jsonFaultAt(text: string): number {
  const open: Open = [];
  let wanted: Wanted = 'value';
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    const start = from + (/\S/.exec(text.slice(from))?.index ?? text.length - from);
    if (token === null) return start;
    const next = afterToken(wanted, token.groups ?? {}, open);
    if (next === null) return start;
    wanted = next;
    if (open.length === 0 && wanted === 'commaOrEnd') return text.length;
  }
}

/** What may stand where, by what is wanted: a text, any other single value, or a sign. */
const ALLOWED: Readonly<Record<Wanted, string>> = { value: '"0{[', valueOrEnd: '"0{[]', key: '"', keyOrEnd: '"}', colon: ':', commaOrEnd: ',]}' };

type Open = ('{' | '[')[];
const closes = (open: Open, opener: '{' | '['): Wanted | null => (open.pop() === opener ? 'commaOrEnd' : null);
const opens = (open: Open, opener: '{' | '[', next: Wanted): Wanted => {
  open.push(opener);
  return next;
};
const AFTER_SIGN: Readonly<Record<string, (open: Open) => Wanted | null>> = {
  '{': (open) => opens(open, '{', 'keyOrEnd'),
  '[': (open) => opens(open, '[', 'valueOrEnd'),
  ':': () => 'value',
  ',': (open) => (open.at(-1) === '{' ? 'key' : 'value'),
  '}': (open) => closes(open, '{'),
  ']': (open) => closes(open, '['),
};

function afterToken(wanted: Wanted, { string, scalar, sign }: Record<string, string | undefined>, open: Open): Wanted | null {
  const kind = sign ?? (string === undefined ? '0' : '"');
  if (!ALLOWED[wanted].includes(kind)) return null;
  if (sign !== undefined) return AFTER_SIGN[sign]?.(open) ?? null;
  return scalar === undefined && wanted.startsWith('key') ? 'colon' : 'commaOrEnd';
}
