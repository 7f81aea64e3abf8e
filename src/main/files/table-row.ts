import { rejectedRow, type ReadItem, type TableRow } from './read-item.ts';

/** Usable column names: trimmed, blank ones named by their place (`column 3`), repeated ones numbered (`name (2)`). */
export function headersOf(fields: readonly string[]): string[] {
  const used = new Set<string>();
  const named = fields.map((field, index) => field.trim() || `column ${index + 1}`);
  return named.map((name) => {
    let unique = name;
    for (let count = 2; used.has(unique); count++) unique = `${name} (${count})`;
    used.add(unique);
    return unique;
  });
}

/** Joins cells with their headers; `fromEntries` also keeps a column called `__proto__` a plain column. */
export function tableRow(line: number, headers: readonly string[], cells: readonly string[], isCleaned: boolean): ReadItem<TableRow> {
  const hasTooMany = cells.length > headers.length && cells.slice(headers.length).some((cell) => cell.trim() !== '');
  if (hasTooMany || cells.length < headers.length) {
    return rejectedRow(line, 'ragged-row', `The row has ${cells.length} cells; the header has ${headers.length}.`);
  }
  const value = Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? '']));
  return isCleaned ? { kind: 'row', line, value, cleaned: 'lone-surrogates' } : { kind: 'row', line, value };
}
