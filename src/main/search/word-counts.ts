import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { SEARCH_TABLES, type IndexKind } from './index-writer.ts';
import { nextTurn, runAtOnce, runInTurns, type Slices } from './slices.ts';

/** Collection figures of one kind. `documentCounts` maps a token to the number of rows that hold it. */
export type WordCounts = { rowCount: number; tokensPerRow: number; documentCounts: ReadonlyMap<string, number> };

/** Figures of every kind, read once and read again when the index has grown by a quarter. */
export type WordCountsCache = {
  /** The best figures at hand; starts a new reading when they are stale. */
  of(kind: IndexKind): WordCounts;
  load(kinds: readonly IndexKind[]): Promise<void>;
  /** Ends readings under way. */
  stop(): void;
};

const TERMS_PER_SLICE = 4000;
/** Below this many rows reading takes a few ms, so it is done on the spot. */
const SMALL_ROW_COUNT = 4000;
const EMPTY: WordCounts = { rowCount: 0, tokensPerRow: 1, documentCounts: new Map() };

export function createWordCounts(db: ReadableDb): WordCountsCache {
  const loaded = new Map<IndexKind, WordCounts>();
  // a question asks for the same figures a dozen times in one go
  const looked = new Map<IndexKind, number>();
  const rowCountNow = (kind: IndexKind): number => {
    const known = looked.get(kind);
    if (known !== undefined) return known;
    if (looked.size === 0) setImmediate(() => looked.clear());
    const { rowCount } = readTotals(db, kind);
    looked.set(kind, rowCount);
    return rowCount;
  };
  const reading = new Set<IndexKind>();
  let isStopped = false;

  const reload = async (kind: IndexKind) => {
    reading.add(kind);
    try {
      const counts = await runInTurns(readWordCounts(db, kind), () => isStopped);
      if (counts !== undefined) loaded.set(kind, counts);
    } finally {
      reading.delete(kind);
    }
  };
  return {
    of(kind) {
      const known = loaded.get(kind);
      if (isStopped || reading.has(kind)) return known ?? EMPTY;
      const rowCount = rowCountNow(kind);
      if (known !== undefined && rowCount <= known.rowCount * 1.25 + Math.min(20, known.rowCount)) return known;
      if (rowCount <= SMALL_ROW_COUNT) loaded.set(kind, runAtOnce(readWordCounts(db, kind)));
      // a reading that fails leaves the older figures; the next question tries again
      else reload(kind).catch(() => {});
      return loaded.get(kind) ?? EMPTY;
    },
    async load(kinds) {
      for (const kind of kinds) {
        if (!reading.has(kind)) await reload(kind);
        await nextTurn();
      }
    },
    stop: () => void (isStopped = true),
  };
}

function* readWordCounts(db: ReadableDb, kind: IndexKind): Slices<WordCounts> {
  const { rowCount, tokensPerRow } = readTotals(db, kind);
  const documentCounts = new Map<string, number>();
  const next = prepared<{ term: string; doc: number }>(db, `SELECT term, doc FROM ${SEARCH_TABLES[kind].vocab} WHERE term > ? LIMIT ${TERMS_PER_SLICE}`);
  for (let last = ''; ; ) {
    const terms = next.all(last);
    for (const { term, doc } of terms) documentCounts.set(term, doc);
    if (terms.length < TERMS_PER_SLICE) return { rowCount, tokensPerRow, documentCounts };
    last = terms.at(-1)?.term ?? last;
    yield;
  }
}

/**
 * FTS5 keeps its totals in record 1 of the data table as varints (rows, then tokens of the one column). Deleting from a contentless
 * table does not lower them, so `rowCount` counts what was ever added; a count of the rows would read the whole table.
 */
function readTotals(db: ReadableDb, kind: IndexKind): { rowCount: number; tokensPerRow: number } {
  const block = prepared<{ block: Buffer }>(db, `SELECT block FROM ${SEARCH_TABLES[kind].fts}_data WHERE id = 1`).get()?.block;
  if (block === undefined || block.length === 0) return { rowCount: 0, tokensPerRow: 1 };
  const rows = readVarint(block, 0);
  if (rows.value === 0) return { rowCount: 0, tokensPerRow: 1 };
  const tokens = readVarint(block, rows.end);
  return { rowCount: rows.value, tokensPerRow: Math.max(1, tokens.value / rows.value) };
}

/** SQLite's variable-length integer: seven bits a byte, highest first, the top bit set on all but the last. */
function readVarint(bytes: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start; ; at++) {
    const byte = bytes[at] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, end: at + 1 };
  }
}
