/** The delimiters that are recognised. */
export type Delimiter = ',' | ';' | '\t' | '|';

/** `open`: a quoted field goes on in the next line. `bad`: text stands after a closing quote. */
type LineOutcome = { kind: 'record'; fields: string[] } | { kind: 'open' } | { kind: 'bad' };

export type CsvScanner = {
  feed(line: string): LineOutcome;
  /** Forgets a record that was begun. */
  reset(): void;
};

/**
 * Reads CSV (RFC 4180) line by line. It is written here, not taken from the CSV library, because a caller that knows where each record began can give
 * up one line after a stray quote; a stream parser loses everything that follows. Tests compare the two on generated tables.
 * A quote inside an unquoted field is an ordinary character (`5" screen`, `="00123"`).
 */
export function createCsvScanner(delimiter: Delimiter): CsvScanner {
  let fields: string[] = [];
  let openField: string | null = null;
  const reset = () => {
    fields = [];
    openField = null;
  };
  const feed = (line: string): LineOutcome => {
    if (openField === null && !line.includes('"')) return { kind: 'record', fields: line.split(delimiter) };
    const progress = scanLine(line, delimiter, fields, openField);
    if (progress.kind === 'open') {
      openField = `${progress.field}\n`;
      return { kind: 'open' };
    }
    const outcome: LineOutcome = progress.kind === 'bad' ? { kind: 'bad' } : { kind: 'record', fields };
    reset();
    return outcome;
  };
  return { feed, reset };
}

/** Appends the line's fields; `openField` is the text so far of a quoted field begun on an earlier line. */
function scanLine(line: string, delimiter: Delimiter, fields: string[], openField: string | null): { kind: 'open'; field: string } | { kind: 'end' } | { kind: 'bad' } {
  let at = 0;
  let pending = openField;
  for (;;) {
    if (pending === null && line[at] !== '"') {
      const found = line.indexOf(delimiter, at);
      fields.push(line.slice(at, found === -1 ? line.length : found));
      if (found === -1) return { kind: 'end' };
      at = found + 1;
      continue;
    }
    const quoted = scanQuoted(line, pending === null ? at + 1 : at, pending ?? '');
    if (quoted.end === null) return { kind: 'open', field: quoted.text };
    fields.push(quoted.text);
    pending = null;
    if (quoted.end === line.length) return { kind: 'end' };
    if (line[quoted.end] !== delimiter) return { kind: 'bad' };
    at = quoted.end + 1;
  }
}

/** Reads up to the closing quote; `end` is the place after it, or null when the line ends first. */
function scanQuoted(line: string, start: number, before: string): { text: string; end: number | null } {
  let text = before;
  let at = start;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote === -1) return { text: text + line.slice(at), end: null };
    text += line.slice(at, quote);
    if (line[quote + 1] !== '"') return { text, end: quote + 1 };
    text += '"';
    at = quote + 2;
  }
}

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

/** The delimiter that cuts the first lines into the most even table of two or more columns; a comma when none does. */
export function detectDelimiter(lines: readonly string[]): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const score = evenness(lines, delimiter);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** Share of records with as many columns as the first; a little more for more columns, so that ties go to the finer cut. */
function evenness(lines: readonly string[], delimiter: Delimiter): number {
  const scanner = createCsvScanner(delimiter);
  const counts = lines
    .filter((line) => line !== '')
    .map((line) => scanner.feed(line))
    .flatMap((outcome) => (outcome.kind === 'record' ? [outcome.fields.length] : []));
  const [first] = counts;
  if (first === undefined || first < 2) return 0;
  return counts.filter((count) => count === first).length / counts.length + Math.min(first, 100) / 1000;
}
