/** `2026-06-30` of a moment in the reader's own zone; empty for none. */
export function dayOf(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The first moment of a day, `days` later; null for an empty or impossible date. Epoch ms. */
export function startOfDay(day: string, days = 0): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return null;
  const at = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + days).getTime();
  return Number.isNaN(at) || at < 0 ? null : at;
}

/** The last day on which an article still holds; `validTo` is the first moment it no longer does. */
export function lastDayOf(validTo: number | null): string {
  return validTo === null ? '' : dayOf(validTo - 1);
}
