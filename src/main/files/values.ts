/** A cell's meaning, or one sentence (about the format, never quoting the cell) saying why it has none. */
export type ParsedValue<Value> = { ok: true; value: Value } | { ok: false; sentence: string };

export function parsed<Value>(value: Value): ParsedValue<Value> {
  return { ok: true, value };
}

export function notParsed(sentence: string): { ok: false; sentence: string } {
  return { ok: false, sentence };
}

/** Trims, folds full-width digits and signs, and unwraps what spreadsheets do to keep text as text: `="00123"`, a leading `'` or tab. */
export function plainCell(cell: string): string {
  const text = cell.normalize('NFKC').trim();
  const wrapped = /^="(.*)"$/s.exec(text);
  return (wrapped?.[1] ?? text.replace(/^'/, '')).trim();
}

const MONEY = /^(?<minusBefore>-)?(?:[¥$]|CNY|RMB|人民币)?\s*(?<minusAfter>-)?(?<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?<cents>\d{1,2}))?\s*(?:元|CNY|RMB)?$/i;

/**
 * An amount of yuan as whole fen: `¥1,234.50`, `1234.5`, `1,234`, `12元`, `-3.20`. Done on digits, so no rounding ever happens.
 * Refused: more than two decimals, wrongly grouped thousands, exponents, amounts beyond exact integers.
 */
export function parseMoney(cell: string): ParsedValue<number> {
  const groups = MONEY.exec(plainCell(cell))?.groups;
  if (groups === undefined || (groups['minusBefore'] !== undefined && groups['minusAfter'] !== undefined)) {
    return notParsed('This is not an amount of money with at most two decimals, such as 1,234.50.');
  }
  const digits = `${(groups['whole'] ?? '').replaceAll(',', '')}${(groups['cents'] ?? '').padEnd(2, '0')}`;
  const fen = Number(digits);
  if (!Number.isSafeInteger(fen)) return notParsed('The amount is too large to be kept exactly.');
  const isNegative = (groups['minusBefore'] ?? groups['minusAfter']) !== undefined;
  return parsed(isNegative && fen !== 0 ? -fen : fen);
}

/** A whole number, with or without grouped thousands: `12`, `-3`, `1,234`. */
export function parseInteger(cell: string): ParsedValue<number> {
  const text = plainCell(cell);
  if (!/^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)$/.test(text)) return notParsed('This is not a whole number.');
  const value = Number(text.replaceAll(',', ''));
  if (!Number.isSafeInteger(value)) return notParsed('The number is too large to be kept exactly.');
  return parsed(value === 0 ? 0 : value);
}

const BOOLEANS = new Map<string, boolean>([
  ...['true', 'yes', 'y', '1', '是', '对', '有'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', '否', '不是', '无'].map((word) => [word, false] as const),
]);

/** true/false, yes/no, y/n, 1/0, 是/否, 对/不是, 有/无; upper and lower case. */
export function parseBoolean(cell: string): ParsedValue<boolean> {
  const value = BOOLEANS.get(plainCell(cell).toLowerCase());
  return value === undefined ? notParsed('This is neither yes nor no.') : parsed(value);
}
