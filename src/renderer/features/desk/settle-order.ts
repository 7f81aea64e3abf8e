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

/** The rows of `shown` that stand elsewhere than in `fresh`, their order by urgency: while held any, else only the open row, since the others stepped aside for it. */
export function heldIds<T extends Row>(shown: readonly T[], fresh: readonly T[], openId: string | null, isHeld: boolean): Set<T['id']> {
  const moved = shown.filter((row, index) => fresh[index]?.id !== row.id).map((row): T['id'] => row.id);
  return new Set(isHeld ? moved : moved.filter((id) => id === openId));
}
