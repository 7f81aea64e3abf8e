import { notParsed, parsed, parseMoney, type ParsedValue } from '../files/values.ts';
import type { ProductPrice, ProductSize, ProductSpec } from '../../shared/contract/catalogue.contract.ts';
import { readMoment, type CellContext, type Field } from './field-table.ts';
import { isJsonObject } from './json-cells.ts';

const MOST_ROWS = 200;
const MOST_NAME_UNITS = 100;
const MOST_VALUE_UNITS = 2000;
const MOST_CM = 10_000;

type Declared = { isRequired: false; aliases: readonly string[] };

/** Specs of a product: `面料=三层复合; 重量=465 g`, or in JSON lines an object. */
export function specsField(declared: Declared): Field<readonly ProductSpec[], false> {
  return { ...declared, expects: 'pairs such as 面料=三层复合; 重量=465 g, or a JSON object', parse: (cell) => specsOf(cell) };
}

/** A size chart: one size after another, `M: 衣长=70, 胸围=112, height=165-172`, or in JSON lines a list of objects. */
export function sizeChartField(declared: Declared): Field<readonly ProductSize[], false> {
  return { ...declared, expects: 'sizes such as M: 衣长=70, 胸围=112, height=165-172, weight=55-65, chest=86-92; L: …, or a JSON list', parse: (cell) => sizesOf(cell) };
}

/** A price history: `2025-05-28~2025-06-21 899 618; 2025-06-21~ 1099`, or in JSON lines a list of objects. */
export function priceHistoryField(declared: Declared): Field<readonly ProductPrice[], false> {
  return { ...declared, expects: 'prices such as 2025-05-28~2025-06-21 899 618; 2025-06-21~ 1099, or a JSON list', parse: (cell, context) => pricesOf(cell, context) };
}

/** Product numbers or categories, separated by semicolons, commas or line ends. */
export function namesField(declared: Declared): Field<readonly string[], false> {
  return {
    ...declared,
    expects: 'product numbers or categories, separated by ;',
    parse(cell) {
      const names = [...new Set(cell.normalize('NFKC').split(/[;,、\n]/).map((name) => name.trim()).filter((name) => name !== ''))];
      return names.length > MOST_ROWS || names.some((name) => name.length > MOST_NAME_UNITS) ? notParsed(`There are more than ${MOST_ROWS} names, or one is longer than ${MOST_NAME_UNITS} characters.`) : parsed(names);
    },
  };
}

function jsonOf(cell: string): unknown {
  if (!/^\s*[[{]/.test(cell)) return undefined;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return undefined;
  }
}

/** Reads each part; the first that cannot be read says why. */
function listOf<Part, Value>(parts: readonly Part[], read: (part: Part) => ParsedValue<Value>): ParsedValue<Value[]> {
  if (parts.length > MOST_ROWS) return notParsed(`There are more than ${MOST_ROWS} entries.`);
  const values: Value[] = [];
  for (const [index, part] of parts.entries()) {
    const value = read(part);
    if (!value.ok) return notParsed(`Entry ${index + 1}: ${value.sentence}`);
    values.push(value.value);
  }
  return parsed(values);
}

function rowsOfText(cell: string): string[] {
  return cell.split(/[;；\n]/).map((row) => row.trim()).filter((row) => row !== '');
}

/** `name=value`, cut at the first sign. */
function pairOf(text: string): { name: string; value: string } | null {
  const sign = /[=＝:：]/.exec(text);
  const name = sign === null ? '' : text.slice(0, sign.index).trim();
  const value = sign === null ? '' : text.slice(sign.index + 1).trim();
  return name === '' || value === '' ? null : { name, value };
}

function specsOf(cell: string): ParsedValue<ProductSpec[]> {
  const json = jsonOf(cell);
  const pairs = isJsonObject(json) ? Object.entries(json).map(([name, value]) => ({ name: name.trim(), value: isScalar(value) ? String(value).trim() : '' })) : rowsOfText(cell).map(pairOf);
  return listOf(pairs, (pair) => {
    if (pair === null || pair.name === '' || pair.value === '') return notParsed('this is not a pair such as 重量=465 g.');
    if (pair.name.length > MOST_NAME_UNITS || pair.value.length > MOST_VALUE_UNITS) return notParsed(`a name has at most ${MOST_NAME_UNITS} characters, a value ${MOST_VALUE_UNITS}.`);
    return parsed(pair);
  });
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

const BODY_NAMES: Readonly<Record<string, 'heightCm' | 'weightKg' | 'chestCm'>> = {
  height: 'heightCm', 身高: 'heightCm', weight: 'weightKg', 体重: 'weightKg', 體重: 'weightKg', chest: 'chestCm', 净胸围: 'chestCm', 淨胸圍: 'chestCm',
};

function sizesOf(cell: string): ParsedValue<ProductSize[]> {
  const json = jsonOf(cell);
  const rows = Array.isArray(json) ? json.map(sizePairs) : rowsOfText(cell).map(sizeTextPairs);
  const sizes = listOf(rows, (row) => (row === null ? notParsed('this is not a size such as M: 衣长=70, height=165-172.') : sizeOf(row)));
  if (sizes.ok && new Set(sizes.value.map(({ size }) => size)).size < sizes.value.length) return notParsed('One size is there twice.');
  return sizes;
}

type SizePairs = { size: string; pairs: readonly { name: string; value: string }[] };

/** `{"size":"M","measures":{"衣长":70},"height":[165,172]}` */
function sizePairs(value: unknown): SizePairs | null {
  if (!isJsonObject(value) || !isScalar(value['size'])) return null;
  const { size, measures, ...body } = value;
  const garment = isJsonObject(measures) ? Object.entries(measures) : [];
  const pairs = [...garment, ...Object.entries(body)].map(([name, each]) => ({ name, value: Array.isArray(each) ? each.join('-') : isScalar(each) ? String(each) : '' }));
  return { size: String(size).trim(), pairs };
}

/** `M: 衣长=70, 胸围=112, height=165-172` */
function sizeTextPairs(text: string): SizePairs | null {
  const row = pairOf(text);
  if (row === null) return null;
  const pairs = row.value.split(/[,，、]/).map((each) => pairOf(each.trim()));
  return pairs.some((pair) => pair === null) ? null : { size: row.name, pairs: pairs.filter((pair) => pair !== null) };
}

function sizeOf({ size, pairs }: SizePairs): ParsedValue<ProductSize> {
  if (size === '' || size.length > MOST_NAME_UNITS) return notParsed('the size has no name, or a very long one.');
  const row: ProductSize = { size, measures: [], heightCm: null, weightKg: null, chestCm: null };
  for (const { name, value } of pairs) {
    const body = Object.hasOwn(BODY_NAMES, name) ? BODY_NAMES[name] : undefined;
    const range = rangeOf(value);
    if (range === null || name.length > MOST_NAME_UNITS) return notParsed(`${name.slice(0, 40)} must be a length in cm, or from-to for a body.`);
    if (body !== undefined) row[body] = range;
    else if (range.min === range.max) row.measures.push({ name, cm: range.min });
    else return notParsed(`${name.slice(0, 40)} is one length in cm; only height, weight and chest are from-to.`);
  }
  return parsed(row);
}

/** `165-172`, `165~172` or `170`. */
function rangeOf(text: string): { min: number; max: number } | null {
  const match = /^(\d{1,5}(?:\.\d{1,2})?)(?:\s*[-~～–]\s*(\d{1,5}(?:\.\d{1,2})?))?\s*(?:cm|kg)?$/i.exec(text.normalize('NFKC').trim());
  if (match === null) return null;
  const min = Number(match[1]);
  const max = match[2] === undefined ? min : Number(match[2]);
  return min <= max && max <= MOST_CM ? { min, max } : null;
}

function pricesOf(cell: string, context: CellContext): ParsedValue<ProductPrice[]> {
  const json = jsonOf(cell);
  const rows = Array.isArray(json) ? json.map(priceCells) : rowsOfText(cell).map(priceTextCells);
  const prices = listOf(rows, (row) => (row === null ? notParsed('this is not a price such as 2025-05-28~2025-06-21 899 618.') : priceOf(row, context)));
  if (!prices.ok) return prices;
  const starts = new Set(prices.value.map(({ skuExternalId, fromAt }) => JSON.stringify([skuExternalId, fromAt])));
  return starts.size < prices.value.length ? notParsed('Two prices begin at the same time.') : prices;
}

type PriceCells = { from: string; to: string; price: string; promo: string; sku: string };

/** `{"from":"2025-05-28","to":"2025-06-21","price":899,"promo":"618","sku":"P1-M"}`; `to`, `promo` and `sku` may be left out. */
function priceCells(value: unknown): PriceCells | null {
  if (!isJsonObject(value)) return null;
  const text = (name: string) => (isScalar(value[name]) ? String(value[name]).trim() : '');
  return { from: text('from'), to: text('to'), price: text('price'), promo: text('promo'), sku: text('sku') };
}

/** `2025-05-28~2025-06-21 899 618` */
function priceTextCells(text: string): PriceCells | null {
  const groups = /^(?<from>[^~～\s]+)\s*[~～](?<to>\S*)\s+(?<price>\S+)(?:\s+(?<promo>\S.*))?$/.exec(text)?.groups;
  return groups === undefined ? null : { from: groups['from'] ?? '', to: groups['to'] ?? '', price: groups['price'] ?? '', promo: groups['promo'] ?? '', sku: '' };
}

function priceOf({ from, to, price, promo, sku }: PriceCells, context: CellContext): ParsedValue<ProductPrice> {
  const fromAt = readMoment(from, context);
  if (!fromAt.ok) return fromAt;
  const toAt = to === '' ? parsed(null) : readMoment(to, context);
  if (!toAt.ok) return toAt;
  const priceFen = parseMoney(price);
  if (!priceFen.ok) return priceFen;
  const row: ProductPrice = { skuExternalId: sku === '' ? null : sku, priceFen: priceFen.value, fromAt: fromAt.value, toAt: toAt.value, promo: promo === '' ? null : promo };
  const problem = priceProblem(row);
  return problem === null ? parsed(row) : notParsed(problem);
}

function priceProblem({ skuExternalId, priceFen, fromAt, toAt, promo }: ProductPrice): string | null {
  if (fromAt < 0 || priceFen < 0) return 'dates before 1970 and negative prices are not kept.';
  if (toAt !== null && toAt <= fromAt) return 'the price ends before it begins.';
  if ([promo, skuExternalId].some((name) => name !== null && name.length > MOST_NAME_UNITS)) return `a promotion or SKU has at most ${MOST_NAME_UNITS} characters.`;
  return null;
}
