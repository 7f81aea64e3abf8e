import type { MacroMatch } from '../../shared/contract/suggestion.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DeskmateError } from '../platform/errors.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { fillMacro, macroWords, type MacroScope } from './macro-text.ts';

type MacroRow = { seq: number; id: string; code: string; title: string; text: string; use_count: number };

const SELECT = 'SELECT seq, id, code, title, text, use_count FROM macros';
/** A code that starts with what was typed beats any meaning. */
const PREFIX_SCORE = 1;
const CONTAINS_SCORE = 0.9;

/** Macros for the inline type-ahead: by code and title first, then by meaning; without a query the most used ones. */
export async function matchMacros(deps: { db: ReadableDb; engine: Pick<SearchEngine, 'search'> }, query: string, scope: MacroScope, limit: number): Promise<MacroMatch[]> {
  const wanted = normaliseForMatch(query);
  if (wanted === '') return fillAll(prepared<MacroRow>(deps.db, `${SELECT} ORDER BY use_count DESC, code LIMIT ?`).all(limit).map((row) => ({ row, score: 1 })), scope);
  const byName = matchNames(deps.db, wanted);
  // nothing to ask for: a restarting engine must not hold up what was found by name
  if (byName.length >= limit) return fillAll(byName.slice(0, limit), scope);
  const seen = new Set(byName.map(({ row }) => row.seq));
  const byMeaning = (await matchMeaning(deps, query, limit)).filter(({ row }) => !seen.has(row.seq));
  return fillAll([...byName, ...byMeaning].slice(0, limit), scope);
}

type Ranked = { row: MacroRow; score: number };

function matchNames(db: ReadableDb, wanted: string): Ranked[] {
  const rows = prepared<MacroRow>(db, `${SELECT} ORDER BY use_count DESC, code`).all();
  return rows
    .flatMap((row) => {
      const code = normaliseForMatch(row.code);
      if (code.startsWith(wanted)) return { row, score: PREFIX_SCORE };
      return code.includes(wanted) || normaliseForMatch(row.title).includes(wanted) || normaliseForMatch(macroWords(row.text)).includes(wanted) ? { row, score: CONTAINS_SCORE } : [];
    })
    .toSorted((a, b) => b.score - a.score);
}

async function matchMeaning(deps: { db: ReadableDb; engine: Pick<SearchEngine, 'search'> }, query: string, limit: number): Promise<Ranked[]> {
  try {
    const { candidates } = await deps.engine.search({ text: query, kinds: ['macro'], limit });
    return candidates.flatMap((candidate) => {
      const row = prepared<MacroRow>(deps.db, `${SELECT} WHERE seq = ?`).get(candidate.seq);
      return row === undefined ? [] : { row, score: Math.min(candidate.score, 0.89) };
    });
  } catch (error) {
    // codes still work while the engine restarts
    if (error instanceof DeskmateError && error.code === 'engine_down') return [];
    throw error;
  }
}

function fillAll(ranked: readonly Ranked[], scope: MacroScope): MacroMatch[] {
  return ranked.flatMap(({ row, score }) => {
    try {
      return { id: row.id, code: row.code, title: row.title, score, ...fillMacro(row.text, scope) };
    } catch {
      return [];
    }
  });
}
