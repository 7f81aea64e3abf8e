import type { JsonValue } from '../files/read-json-lines.ts';
import type { TableRow } from '../files/read-item.ts';

export type JsonObject = { [key: string]: JsonValue };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A list inside an object that stands for rows of their own, for example the items of an order. Its keys get the prefix, unless they have it.
 * `textCells`: keys of the outer object whose list or object is one cell, as JSON; it stands in the first row only.
 */
export type NestedRows = { key: string; prefix: string; inner?: NestedRows; textCells?: readonly string[] };

/** An object as the rows a table would have: one for each element of its nested list, with the outer cells repeated; one when there is none. */
export function rowsOfObject(object: JsonObject, nested?: NestedRows): TableRow[] {
  const outer = cellsOf(object, '');
  const lists = jsonTextCells(object, nested?.textCells ?? []);
  const elements = nested === undefined ? undefined : object[nested.key];
  if (nested === undefined || !Array.isArray(elements)) return [{ ...outer, ...lists }];
  const rows = elements.filter(isJsonObject).flatMap((element) => {
    const own = cellsOf(element, nested.prefix);
    const inner = nested.inner === undefined ? [{}] : innerRows(element, nested.inner);
    return inner.map((row) => ({ ...outer, ...own, ...row }));
  });
  const [first = outer, ...rest] = rows;
  return [{ ...first, ...lists }, ...rest];
}

function jsonTextCells(object: JsonObject, keys: readonly string[]): TableRow {
  return Object.fromEntries(keys.flatMap((key): [string, string][] => {
    const value = Object.hasOwn(object, key) ? object[key] : undefined;
    return typeof value === 'object' && value !== null ? [[key, JSON.stringify(value)]] : [];
  }));
}

function innerRows(element: JsonObject, nested: NestedRows): TableRow[] {
  const list = element[nested.key];
  const rows = Array.isArray(list) ? list.filter(isJsonObject).map((each) => cellsOf(each, nested.prefix)) : [];
  return rows.length > 0 ? rows : [{}];
}

/** Scalars as the text a table cell would hold; null and nested values give no cell. */
export function cellsOf(object: JsonObject, prefix: string): TableRow {
  const cells = Object.entries(object).flatMap(([key, value]): [string, string][] =>
    value === null || typeof value === 'object' ? [] : [[prefix === '' || key.startsWith(prefix) ? key : `${prefix}${key}`, String(value)]],
  );
  return Object.fromEntries(cells);
}
