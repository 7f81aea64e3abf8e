import type { Language } from '../../shared/contract/ids.contract.ts';
import type { MacroMatch } from '../../shared/contract/suggestion.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { listMacroMedia } from '../knowledge/macro-media.repository.ts';
import { listMarks, NO_MARK, type MacroMark } from '../knowledge/macro-mark.repository.ts';
import { getMacrosBySeq, isVisibleMacro, listMacros, type FoundMacro } from '../knowledge/macro.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { editDistanceRatio } from '../text/edit-distance.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { fillMacro, macroWords, type MacroScope } from './macro-text.ts';

/** `repId` is who types; null sees the team's macros only. `language`: what the customer writes; of macros found equally well those in it come first. */
export type MatchDeps = { db: ReadableDb; engine: Pick<SearchEngine, 'search'>; repId: string | null; language?: Language | null };

/** How surely each way of finding is meant: a whole code is 1, one that starts with what was typed beats any meaning. */
const SCORES = { code: 0.98, code_part: 0.95, title: 0.93, text: 0.9, near_code: 0.89 } as const;
const MAX_MEANING_SCORE = 0.88;
/** At most a third of the letters differ: `retunr` for `return`. */
const MAX_TYPO_RATIO = 0.34;
const MIN_TYPO_CHARS = 4;

type How = MacroMatch['how'];
type Ranked = { macro: FoundMacro; how: How; score: number };
type Marks = ReadonlyMap<string, MacroMark>;

/**
 * Macros for the inline type-ahead: by code, title and text first, then codes mistyped by a letter or two, then by meaning; without a query the
 * rep's favourites, then what they used last, then what everybody uses most. Within one way of finding the favourites come first.
 */
export async function matchMacros(deps: MatchDeps, query: string, scope: MacroScope, limit: number): Promise<MacroMatch[]> {
  const wanted = normaliseForMatch(query);
  const marks = deps.repId === null ? new Map<string, MacroMark>() : listMarks(deps.db, deps.repId);
  const macros = listMacros(deps.db).filter((macro) => isVisibleMacro(macro, deps.repId)).toSorted(byHabit(marks)).toSorted((a, b) => Number(b.language === deps.language) - Number(a.language === deps.language));
  const finish = (ranked: readonly Ranked[]): MacroMatch[] => fillAll(deps.db, ranked.slice(0, limit), marks, scope);
  if (wanted === '') return finish(macros.map((macro) => ({ macro, how: marks.get(macro.id)?.isFavourite === true ? 'favourite' : 'habit', score: 1 })));
  const byName = macros.flatMap((macro) => matchName(macro, wanted)).toSorted((a, b) => b.score - a.score);
  // nothing to ask for: a restarting engine must not hold up what was found by name
  if (byName.length >= limit) return finish(byName);
  const seen = new Set(byName.map(({ macro }) => macro.seq));
  const byMeaning = (await matchMeaning(deps, query, limit)).filter(({ macro }) => !seen.has(macro.seq));
  return finish([...byName, ...byMeaning]);
}

/** Favourites, then the rep's own latest, then the most used of all. */
function byHabit(marks: Marks): (a: FoundMacro, b: FoundMacro) => number {
  const markOf = ({ id }: FoundMacro) => marks.get(id) ?? NO_MARK;
  return (a, b) =>
    Number(markOf(b).isFavourite) - Number(markOf(a).isFavourite) || (markOf(b).lastUsedAt ?? 0) - (markOf(a).lastUsedAt ?? 0) || b.useCount - a.useCount || (a.code < b.code ? -1 : 1);
}

function matchName(macro: FoundMacro, wanted: string): Ranked[] {
  const how = howFound(macro, wanted);
  if (how === null) return [];
  const isExact = how === 'code' && normaliseForMatch(macro.code) === wanted;
  return [{ macro, how, score: isExact ? 1 : SCORES[how] }];
}

function howFound(macro: FoundMacro, wanted: string): keyof typeof SCORES | null {
  const code = normaliseForMatch(macro.code);
  if (code.startsWith(wanted)) return 'code';
  if (code.includes(wanted)) return 'code_part';
  if (normaliseForMatch(macro.title).includes(wanted)) return 'title';
  if (normaliseForMatch(macroWords(macro.text)).includes(wanted)) return 'text';
  return wanted.length >= MIN_TYPO_CHARS && editDistanceRatio(code, wanted) <= MAX_TYPO_RATIO ? 'near_code' : null;
}

async function matchMeaning(deps: MatchDeps, query: string, limit: number): Promise<Ranked[]> {
  try {
    const { candidates } = await deps.engine.search({ text: query, kinds: ['macro'], limit });
    return candidates.flatMap((candidate) =>
      getMacrosBySeq(deps.db, [candidate.seq])
        .filter((macro) => isVisibleMacro(macro, deps.repId))
        .map((macro): Ranked => ({ macro, how: 'meaning', score: Math.min(candidate.score, MAX_MEANING_SCORE) })));
  } catch (error) {
    // codes still work while the engine restarts
    if (error instanceof DeskmateError && error.code === 'engine_down') return [];
    throw error;
  }
}

function fillAll(db: ReadableDb, ranked: readonly Ranked[], marks: Marks, scope: MacroScope): MacroMatch[] {
  const media = listMacroMedia(db);
  return ranked.flatMap(({ macro: { id, code, title, text, scope: owner, useCount }, how, score }) => {
    try {
      const { isFavourite } = marks.get(id) ?? NO_MARK;
      return { id, code, title, score, how, scope: owner, isFavourite, useCount, media: media.get(id) ?? null, ...fillMacro(text, scope) };
    } catch {
      return [];
    }
  });
}
