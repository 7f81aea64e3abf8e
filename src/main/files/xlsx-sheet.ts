import { serialToIso } from './date-values.ts';
import { createTextGather, unescapeText, type Workbook } from './xlsx-workbook.ts';
import type { XmlHandlers } from './xml-stream.ts';

/** One sheet row; `cells` is dense, absent cells are empty text. A problem says why the row cannot be trusted. */
export type SheetRow = { line: number; cells: string[]; problem: SheetProblem | null };
type SheetProblem = { code: 'rounded-number' | 'formula-without-value' | 'nul-bytes'; sentence: string };

/** The limit of the file format itself; a larger reference is an attempt to make the reader allocate. */
const MAX_COLUMN_COUNT = 16_384;
/** Spreadsheets keep 15 digits; a longer whole number written as a float has lost its last ones. */
const MAX_EXACT_NUMBER = 999_999_999_999_999;

type Cell = { column: number; kind: string; style: number; value: string | null; isFormula: boolean };

/** Handlers that turn sheet XML into rows, pushed to `rows` as each one ends. */
export function createSheetHandlers(workbook: Workbook, rows: SheetRow[]): XmlHandlers {
  let row: SheetRow = { line: 0, cells: [], problem: null };
  let cell: Cell | null = null;
  let isValue = false;
  const inline = createTextGather('is', (text) => {
    if (cell !== null) cell.value = text;
  });
  return {
    onOpen(name, attributes) {
      inline.onOpen(name);
      if (name === 'row') row = { line: rowNumber(attributes['r'], row.line + 1), cells: [], problem: null };
      else if (name === 'c') cell = { column: columnOf(attributes['r'], row.cells.length), kind: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), value: null, isFormula: false };
      else if (name === 'f' && cell !== null) cell.isFormula = true;
      else if (name === 'v' && cell !== null) {
        isValue = true;
        cell.value = '';
      }
    },
    onText(text) {
      inline.onText(text);
      if (isValue && cell !== null) cell.value += text;
    },
    onClose(name) {
      inline.onClose(name);
      if (name === 'v') isValue = false;
      else if (name === 'c' && cell !== null) {
        putCell(row, cell, workbook);
        cell = null;
      } else if (name === 'row') rows.push(row);
    },
  };
}

function rowNumber(reference: string | undefined, next: number): number {
  return /^\d{1,7}$/.test(reference ?? '') ? Number(reference) : next;
}

/** Column index from a reference such as `AB12`; cells without one follow the cell before. */
function columnOf(reference: string | undefined, next: number): number {
  const letters = /^[A-Z]+/.exec(reference ?? '')?.[0];
  if (letters === undefined) return next;
  const column = letters.split('').reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0) - 1;
  if (column >= MAX_COLUMN_COUNT) throw new Error('cell reference out of range');
  return column;
}

function putCell(row: SheetRow, cell: Cell, workbook: Workbook): void {
  const text = cellText(cell, workbook);
  row.problem ??= problemOf(cell, text);
  while (row.cells.length < cell.column) row.cells.push('');
  row.cells[cell.column] = text ?? '';
}

function problemOf(cell: Cell, text: string | null): SheetProblem | null {
  const column = `Column ${columnName(cell.column)}`;
  if (cell.isFormula && (cell.value === null || (cell.value === '' && cell.kind === 'n'))) {
    return { code: 'formula-without-value', sentence: `${column} is a formula without a stored result; open the file in a spreadsheet program and save it.` };
  }
  if (text === null) return { code: 'rounded-number', sentence: `${column} holds a number of more than 15 digits, which the spreadsheet has rounded; store it as text.` };
  return text.includes('\0') ? { code: 'nul-bytes', sentence: `${column} contains NUL bytes.` } : null;
}

/** `AB` for 27. */
function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}

/** The stored value as text; null for a number that can no longer be exact. Formulas are never evaluated. */
function cellText(cell: Cell, workbook: Workbook): string | null {
  const value = cell.value ?? '';
  switch (cell.kind) {
    case 's':
      return workbook.sharedStrings[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'true' : 'false';
    case 'n':
      return numberText(value, workbook, cell.style);
    case 'str':
      return unescapeText(value);
    default:
      // 'inlineStr', 'd' (ISO date) and 'e' (error such as #N/A) are text already.
      return value;
  }
}

function numberText(value: string, workbook: Workbook, style: number): string | null {
  const number = Number(value);
  if (value === '' || Number.isNaN(number)) return value;
  const look = workbook.looks[style] ?? 'number';
  if (look !== 'number' && number >= 0 && number < 2_958_466) return serialToIso(number, look, workbook.is1904);
  // Plain digits are exactly what was stored; an exponent on a whole number shows that digits were dropped.
  if (/^-?\d+$/.test(value)) return value;
  return Number.isInteger(number) && Math.abs(number) > MAX_EXACT_NUMBER ? null : String(number);
}
