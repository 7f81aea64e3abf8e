/** A queue row's identity; rows come most urgent first. */
type Row = { id: string };

/**
 * The order to show after the queue was read again. The open row keeps its place; while `isHeld` (the pointer or the
 * cursor is in the list) nothing moves: rows that left go, new ones wait at the end.
 */
export function settleOrder<T extends Row>(shownIds: readonly string[], rows: readonly T[], openId: string | null, isHeld: boolean): T[] {
  if (isHeld) {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const kept = shownIds.flatMap((id) => byId.get(id) ?? []);
    const shown = new Set<string>(shownIds);
    return [...kept, ...rows.filter((row) => !shown.has(row.id))];
  }
  const openRow = rows.find((row) => row.id === openId);
  const place = openId === null ? -1 : shownIds.indexOf(openId);
  if (openRow === undefined || place < 0) return [...rows];
  const others = rows.filter((row) => row !== openRow);
  return [...others.slice(0, place), openRow, ...others.slice(place)];
}
