import { createCsvScanner, detectDelimiter, type Delimiter } from './csv-record.ts';
import { rejectedRow, type ByteSource, type ReadItem, type RejectedRow, type TableRow } from './read-item.ts';
import { lineProblemSentence, readLineBatches, type LineOptions, type LineProblem, type TextLine } from './read-lines.ts';
import { headersOf, tableRow } from './table-row.ts';

export type CsvOptions = LineOptions & {
  /** Detected from the first lines when absent. */
  delimiter?: Delimiter | undefined;
  onHeaders?: ((headers: readonly string[]) => void) | undefined;
};

const SAMPLE_LINE_COUNT = 20;
/** A quoted field longer than this is a quote that somebody forgot to close. */
const MAX_RECORD_LINES = 1000;
const MAX_RECORD_UNITS = 8 * 1024 * 1024;

/**
 * Rows of a CSV or TSV file as header → text; the first record that is not empty is the header. Empty records are skipped.
 * Rejected, each with its first line: rows with more or fewer cells than the header (empty cells too many at the end are let pass), lines that
 * are no text, a quote never closed, text after a closing quote. After a stray quote reading goes on at the next line.
 */
export async function* readCsv(source: ByteSource, options: CsvOptions): AsyncGenerator<ReadItem<TableRow>> {
  let headers: string[] | null = null;
  for await (const records of readRecords(source, options)) {
    for (const record of records) {
      if (record.kind === 'rejected') yield record;
      else if (headers === null) {
        headers = headersOf(record.fields);
        options.onHeaders?.(headers);
      } else yield tableRow(record.line, headers, record.fields, record.isCleaned);
    }
  }
}

type CsvRecord = { kind: 'record'; line: number; fields: string[]; isCleaned: boolean };

/** Records of one batch of lines after another; the first lines wait until the delimiter is known. */
async function* readRecords(source: ByteSource, options: CsvOptions): AsyncGenerator<(CsvRecord | RejectedRow)[]> {
  let sample: TextLine[] = [];
  let assembler: Assembler | null = null;
  for await (const lines of readLineBatches(source, options)) {
    sample = assembler === null ? [...sample, ...lines] : [];
    if (assembler !== null) yield assembler.add(lines);
    else if (sample.length >= SAMPLE_LINE_COUNT) {
      assembler = createAssembler(delimiterOf(sample, options));
      yield assembler.add(sample);
    }
  }
  if (assembler === null) {
    assembler = createAssembler(delimiterOf(sample, options));
    yield assembler.add(sample);
  }
  yield assembler.end();
}

function delimiterOf(sample: readonly TextLine[], options: CsvOptions): Delimiter {
  return options.delimiter ?? detectDelimiter(sample.slice(0, SAMPLE_LINE_COUNT).map((line) => line.text));
}

type Assembler = { add(lines: readonly TextLine[]): (CsvRecord | RejectedRow)[]; end(): (CsvRecord | RejectedRow)[] };

/** Joins lines into records and keeps the lines of an unfinished one, so that a record that goes wrong costs its first line only. */
function createAssembler(delimiter: Delimiter): Assembler {
  const scanner = createCsvScanner(delimiter);
  let kept: TextLine[] = [];
  let keptUnits = 0;
  const forget = (): TextLine[] => {
    const lines = kept;
    kept = [];
    keptUnits = 0;
    scanner.reset();
    return lines;
  };
  const giveUp = (code: 'unclosed-quote' | 'text-after-quote', queue: TextLine[]): RejectedRow => {
    const [first, ...later] = forget();
    queue.unshift(...later);
    return rejectedRow(first?.line ?? 0, code, code === 'unclosed-quote' ? 'A quote opened on this line is never closed.' : 'Text follows a closing quote.');
  };
  const addOne = (line: TextLine, queue: TextLine[]): CsvRecord | RejectedRow | null => {
    kept.push(line);
    keptUnits += line.text.length;
    const outcome = scanner.feed(line.text);
    if (outcome.kind === 'bad') return giveUp(kept.length > 1 ? 'unclosed-quote' : 'text-after-quote', queue);
    if (outcome.kind === 'open') return kept.length > MAX_RECORD_LINES || keptUnits > MAX_RECORD_UNITS ? giveUp('unclosed-quote', queue) : null;
    return finished(forget(), outcome.fields);
  };
  const drain = (lines: readonly TextLine[]): (CsvRecord | RejectedRow)[] => {
    const results: (CsvRecord | RejectedRow)[] = [];
    // Lines given back by a record that went wrong are read again before the next new one.
    const again: TextLine[] = [];
    for (let index = 0; index < lines.length || again.length > 0; ) {
      const line = again.shift() ?? lines[index++];
      const result = line === undefined ? null : addOne(line, again);
      if (result !== null) results.push(result);
    }
    return results;
  };
  return {
    add: drain,
    end() {
      const results: (CsvRecord | RejectedRow)[] = [];
      while (kept.length > 0) {
        const queue: TextLine[] = [];
        results.push(giveUp('unclosed-quote', queue), ...drain(queue));
      }
      return results;
    },
  };
}

/** A whole record, unless one of its lines was no text; null when it is empty. */
function finished(lines: readonly TextLine[], fields: string[]): CsvRecord | RejectedRow | null {
  const line = lines[0]?.line ?? 0;
  const bad = lines.find((each): each is TextLine & { problem: LineProblem } => each.problem !== null);
  if (bad !== undefined) return rejectedRow(line, bad.problem, lineProblemSentence(bad.problem));
  if (fields.every((field) => field.trim() === '')) return null;
  return { kind: 'record', line, fields, isCleaned: lines.some((each) => each.isCleaned) };
}
