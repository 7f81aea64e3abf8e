import { parseDate } from '../files/date-values.ts';
import { notParsed, parsed, parseInteger, parseMoney, plainCell, type ParsedValue } from '../files/values.ts';

/** How dates without a zone, or with an ambiguous order, are read, and by how many days each is moved. */
export type CellContext = { zoneOffsetMinutes: number; dateOrder?: 'day-first' | 'month-first' | undefined; shiftDays?: number | undefined };

/** One of our columns: what it is called in the files of shops, and how its text is read. `expects` words what would be right. */
export type Field<Value, IsRequired extends boolean> = {
  isRequired: IsRequired;
  /** Other headers it goes by, best first; our own name is always known. Case, spaces and punctuation do not matter. */
  aliases: readonly string[];
  expects: string;
  /** A blank cell is a value too: a message that is only a picture. */
  canBeBlank?: boolean;
  parse(cell: string, context: CellContext): ParsedValue<Value>;
};

/** Our fields of one kind of row, by name, in the order of the documentation. */
export type FieldTable = Readonly<Record<string, Field<unknown, boolean>>>;

/** The values of one row: null where an optional cell is blank or its column is absent. */
export type RowOf<Table extends FieldTable> = {
  [Name in keyof Table]: Table[Name] extends Field<infer Value, infer IsRequired> ? (IsRequired extends true ? Value : Value | null) : never;
};

/** Whether it has to be there, then its other names. */
type Declared<IsRequired extends boolean> = { isRequired: IsRequired; aliases: readonly string[] };

export function required(...aliases: string[]): Declared<true> {
  return { isRequired: true, aliases };
}

export function optional(...aliases: string[]): Declared<false> {
  return { isRequired: false, aliases };
}

const MAX_ID_UNITS = 200;
const MAX_TEXT_UNITS = 100_000;

/** An identifier or a short name, trimmed; `="00123"` and `'00123` are unwrapped. */
export function idField<R extends boolean>(declared: Declared<R>): Field<string, R> {
  return { ...declared, expects: `text of at most ${MAX_ID_UNITS} characters`, parse: (cell) => limited(plainCell(cell), MAX_ID_UNITS) };
}

/** What a rep types to find a saved reply: letters, digits, dot, dash and underscore. */
export function codeField<R extends boolean>(declared: Declared<R>): Field<string, R> {
  return {
    ...declared,
    expects: 'at most 40 letters, digits, dots, dashes or underscores',
    parse(cell) {
      const code = plainCell(cell);
      return /^[\p{L}\p{N}._-]{1,40}$/u.test(code) ? parsed(code) : notParsed('This is not a code of at most 40 letters, digits, dots, dashes or underscores.');
    },
  };
}

/** Free text, kept exactly as it is: `=HYPERLINK(…)` stays those characters and is never evaluated. */
export function textField<R extends boolean>(declared: Declared<R>): Field<string, R> {
  return { ...declared, expects: `text of at most ${MAX_TEXT_UNITS.toLocaleString('en')} characters`, parse: (cell) => limited(cell, MAX_TEXT_UNITS) };
}

/** Free text that may be empty. */
export function blankableField<R extends boolean>(declared: Declared<R>): Field<string, R> {
  return { ...textField(declared), canBeBlank: true };
}

function limited(text: string, maxUnits: number): ParsedValue<string> {
  return text.length > maxUnits ? notParsed(`The text is longer than ${maxUnits.toLocaleString('en')} characters.`) : parsed(text);
}

/** A moment, as epoch ms UTC. */
export function dateField<R extends boolean>(declared: Declared<R>): Field<number, R> {
  return { ...declared, expects: 'a date such as 2025-03-04 05:06, ISO 8601 or epoch ms', parse: (cell, context) => notBefore1970(readMoment(cell, context)) };
}

const DAY_MS = 86_400_000;

/** A moment as the file has it, moved by the days that the import moves everything. */
export function readMoment(cell: string, context: CellContext): ParsedValue<number> {
  const read = parseDate(cell, context);
  return read.ok && context.shiftDays !== undefined ? parsed(read.value + context.shiftDays * DAY_MS) : read;
}

function notBefore1970(value: ParsedValue<number>): ParsedValue<number> {
  return value.ok && value.value < 0 ? notParsed('Dates before 1970 are not kept.') : value;
}

/** An amount in yuan (or any currency with two decimals), as whole fen. */
export function moneyField<R extends boolean>(declared: Declared<R>): Field<number, R> {
  return { ...declared, expects: 'an amount with at most two decimals, such as 1,234.50', parse: (cell) => parseMoney(cell) };
}

export function countField<R extends boolean>(declared: Declared<R>): Field<number, R> {
  return { ...declared, expects: 'a whole number of 0 or more', parse: (cell) => integerBetween(cell, 0, Number.MAX_SAFE_INTEGER) };
}

/** A rating 1–5; `4`, `4星` and `4/5` are read. */
export function scoreField<R extends boolean>(declared: Declared<R>): Field<number, R> {
  return { ...declared, expects: 'a whole number from 1 to 5', parse: (cell) => integerBetween(plainCell(cell).replace(/(?:星|分|\/5)$/, ''), 1, 5) };
}

function integerBetween(cell: string, min: number, max: number): ParsedValue<number> {
  const value = parseInteger(cell);
  if (!value.ok || (value.value >= min && value.value <= max)) return value;
  return notParsed(max === 5 ? `The number must be from ${min} to ${max}.` : `The number must be ${min} or more.`);
}

export function decimalField<R extends boolean>(declared: Declared<R>): Field<number, R> {
  return {
    ...declared,
    expects: 'a number of 0 or more',
    parse(cell) {
      const text = plainCell(cell);
      return /^\d{1,15}(?:\.\d{1,6})?$/.test(text) ? parsed(Number(text)) : notParsed('This is not a number of 0 or more.');
    },
  };
}

/** One of a few words; each has other spellings, compared without case. */
export function wordField<Word extends string, R extends boolean>(declared: Declared<R>, words: Readonly<Record<Word, readonly string[]>>): Field<Word, R> {
  const names = Object.keys(words) as Word[];
  const bySpelling = new Map(names.flatMap((name) => [name, ...words[name]].map((spelling): [string, Word] => [spelling.toLowerCase(), name])));
  return {
    ...declared,
    expects: names.join(', '),
    parse(cell) {
      const word = bySpelling.get(plainCell(cell).toLowerCase());
      return word === undefined ? notParsed(`This is none of ${names.join(', ')}.`) : parsed(word);
    },
  };
}

/** What the cells of one row mean; or every problem in one sentence each, naming field and column. */
export function parseRow<Table extends FieldTable>(
  table: Table,
  cells: Readonly<Record<string, { cell: string; column: string }>>,
  context: CellContext,
): { ok: true; row: RowOf<Table> } | { ok: false; reason: string } {
  const row: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, field] of Object.entries(table)) {
    const found = Object.hasOwn(cells, name) ? cells[name] : undefined;
    if (found === undefined || (found.cell.trim() === '' && field.canBeBlank !== true)) {
      row[name] = null;
      if (field.isRequired) problems.push(`${name}${found === undefined ? '' : inColumn(name, found.column)}: it is empty; needed is ${field.expects}.`);
      continue;
    }
    const value = field.parse(found.cell, context);
    if (value.ok) row[name] = value.value;
    else problems.push(`${name}${inColumn(name, found.column)}: ${value.sentence}`);
  }
  return problems.length > 0 ? { ok: false, reason: problems.join(' ') } : { ok: true, row: row as RowOf<Table> };
}

function inColumn(name: string, column: string): string {
  return column === name ? '' : ` (column ${column.slice(0, 60)})`;
}
