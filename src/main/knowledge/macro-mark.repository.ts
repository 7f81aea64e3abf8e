import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

/** What one rep has with one macro. */
export type MacroMark = { macroId: string; isFavourite: boolean; useCount: number; lastUsedAt: number | null; shortcut: string | null };

export const NO_MARK: Omit<MacroMark, 'macroId'> = { isFavourite: false, useCount: 0, lastUsedAt: null, shortcut: null };

type MarkRow = Omit<MacroMark, 'isFavourite'> & { isFavourite: number };

const SELECT_MARK = 'SELECT macro_id AS macroId, is_favourite AS isFavourite, use_count AS useCount, last_used_at AS lastUsedAt, shortcut FROM macro_marks WHERE rep_id = ?';

/** All marks of one rep by the macro's id. */
export function listMarks(db: ReadableDb, repId: string): Map<string, MacroMark> {
  return new Map(prepared<MarkRow>(db, SELECT_MARK).all(repId).map((row) => [row.macroId, { ...row, isFavourite: row.isFavourite === 1 }]));
}

export function setFavourite(db: WritableDb, repId: string, macroId: string, isFavourite: boolean): void {
  prepared(db, 'INSERT INTO macro_marks (rep_id, macro_id, is_favourite) VALUES (?, ?, ?) ON CONFLICT (rep_id, macro_id) DO UPDATE SET is_favourite = excluded.is_favourite').run(repId, macroId, isFavourite ? 1 : 0);
}

export function setShortcut(db: WritableDb, repId: string, macroId: string, shortcut: string | null): void {
  prepared(db, 'INSERT INTO macro_marks (rep_id, macro_id, shortcut) VALUES (?, ?, ?) ON CONFLICT (rep_id, macro_id) DO UPDATE SET shortcut = excluded.shortcut').run(repId, macroId, shortcut);
}

/** One more use, for everybody and for the rep; says nothing when the macro is gone. Call when the reply is on its way, not when the macro is inserted. */
export function countMacroUse(db: WritableDb, macroId: string, repId: string | null, nowMs: number): void {
  const { changes } = prepared(db, 'UPDATE macros SET use_count = use_count + 1 WHERE id = ?').run(macroId);
  if (changes === 0 || repId === null) return;
  prepared(db, 'INSERT INTO macro_marks (rep_id, macro_id, use_count, last_used_at) VALUES (?, ?, 1, ?) ON CONFLICT (rep_id, macro_id) DO UPDATE SET use_count = use_count + 1, last_used_at = excluded.last_used_at').run(repId, macroId, nowMs);
}
