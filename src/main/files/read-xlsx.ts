import { countBytes, refusedFile, rejectedRow, throwIfCancelled, type ReadItem, type ReadOptions, type TableRow } from './read-item.ts';
import { headersOf, tableRow } from './table-row.ts';
import { createSheetHandlers, type SheetRow } from './xlsx-sheet.ts';
import { readSheets, readWorkbook, type Workbook } from './xlsx-workbook.ts';
import { walkXml } from './xml-stream.ts';
import { damaged, openZip, type ZipArchive, type ZipLimits } from './zip.ts';

/** `onProgress` counts unpacked bytes of the sheet. */
export type XlsxOptions = ReadOptions & {
  /** Sheet name; the first visible sheet when absent. */
  sheet?: string | undefined;
  onHeaders?: ((headers: readonly string[]) => void) | undefined;
  limits?: ZipLimits | undefined;
};

/** Names of the sheets in the order of their tabs. Errors as in `readXlsx`. */
export async function listXlsxSheets(path: string, fileName: string, options: Pick<XlsxOptions, 'signal' | 'limits'> = {}): Promise<string[]> {
  const zip = await openZip(path, fileName, options.limits);
  try {
    const workbook = await readSheets(zip, options.signal);
    if (workbook === null) throw notAWorkbook(fileName);
    return workbook.sheets.map((sheet) => sheet.name);
  } catch (error) {
    throw asFileError(error, fileName);
  } finally {
    await zip.close();
  }
}

/**
 * Rows of one sheet as header → text; the first row that is not empty is the header, empty rows are skipped, absent cells are ''. Numbers in date
 * formats become ISO text without zone, booleans true/false, formulas their stored result. `line` is the sheet's row number.
 * Rejected: values outside the header's columns, formulas without a stored result, whole numbers the spreadsheet has rounded, NUL.
 * Throws `file_unreadable` (cut short, damaged) and `file_refused` (bomb, password, no workbook, no such sheet); `fileName` is for the sentence.
 */
export async function* readXlsx(path: string, fileName: string, options: XlsxOptions = {}): AsyncGenerator<ReadItem<TableRow>> {
  throwIfCancelled(options.signal);
  const zip = await openZip(path, fileName, options.limits);
  try {
    let headers: string[] | null = null;
    for await (const row of sheetRows(zip, fileName, options)) {
      if (row.cells.every((cell) => cell.trim() === '') && row.problem === null) continue;
      if (headers === null) {
        headers = headersOf(trimEnd(row.cells));
        options.onHeaders?.(headers);
      } else yield rowItem(row, headers);
    }
  } catch (error) {
    throw asFileError(error, fileName);
  } finally {
    await zip.close();
  }
}

async function* sheetRows(zip: ZipArchive, fileName: string, options: XlsxOptions): AsyncGenerator<SheetRow> {
  const workbook = await readWorkbook(zip, options.signal);
  if (workbook === null) throw notAWorkbook(fileName);
  const source = await zip.open(partOf(workbook, fileName, options.sheet));
  if (source === null) throw refusedFile(`${fileName} lists a sheet that it does not hold.`);
  const rows: SheetRow[] = [];
  for await (const _piece of walkXml(countBytes(source, options), createSheetHandlers(workbook, rows))) yield* rows.splice(0);
}

function partOf(workbook: Workbook, fileName: string, wanted: string | undefined): string {
  const sheet = wanted === undefined ? (workbook.sheets.find((each) => !each.isHidden) ?? workbook.sheets[0]) : workbook.sheets.find((each) => each.name === wanted);
  if (sheet === undefined) throw refusedFile(wanted === undefined ? `${fileName} has no sheets.` : `${fileName} has no sheet of that name.`);
  return sheet.part;
}

function rowItem(row: SheetRow, headers: readonly string[]): ReadItem<TableRow> {
  if (row.problem !== null) return rejectedRow(row.line, row.problem.code, row.problem.sentence);
  const cells = [...row.cells];
  while (cells.length < headers.length) cells.push('');
  const isCleaned = cells.some((cell) => !cell.isWellFormed());
  return tableRow(row.line, headers, isCleaned ? cells.map((cell) => cell.toWellFormed()) : cells, isCleaned);
}

function trimEnd(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells.slice(0, last + 1);
}

function notAWorkbook(fileName: string): Error {
  return refusedFile(`${fileName} is not an Excel workbook.`);
}

function asFileError(error: unknown, fileName: string): unknown {
  return error instanceof Error && error.name === 'DeskmateError' ? error : damaged(fileName, error);
}
