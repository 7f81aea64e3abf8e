import type { ConversationId, MessageId, SuggestionId } from '../../shared/contract/ids.contract.ts';
import type { MacroMatch, Suggestion, SuggestionSet } from '../../shared/contract/suggestion.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { countMacroUse } from '../knowledge/macro.repository.ts';
import { editDistanceRatio } from '../text/edit-distance.ts';
import type { Clock } from '../platform/clock.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { IdMaker } from '../platform/ids.ts';
import type { SearchEngine, SearchResult } from '../search/search.types.ts';
import { findCandidateRows } from './candidate.repository.ts';
import { composeSuggestions } from './compose.ts';
import type { MacroScope } from './macro-text.ts';
import { matchMacros } from './macro-match.ts';
import { DEFAULT_THRESHOLD } from './rank.ts';
import { isSmallTalk, withoutReferences } from './small-talk.ts';
import { deleteSuggestions, getSuggestion, insertSuggestion, listSuggestions, listUnsettled, recordOutcome } from './suggestion.repository.ts';
import type { ComposedSuggestion, ContextTurn, SuggestionContext } from './suggest.types.ts';

export type SuggestSettings = { threshold: number | null; quietMode: 'full' | 'rare' | 'off' };

export type SuggestDeps = {
  db: WritableDb;
  engine: Pick<SearchEngine, 'search'>;
  clock: Clock;
  newId: IdMaker;
  settings: () => SuggestSettings;
  repId: () => string | null;
  onShown: (set: SuggestionSet) => void;
};

/** What a customer message needs besides its text. */
export type MessageContext = SuggestionContext & { conversationId: ConversationId; messageId: MessageId };

export type SuggestService = ReturnType<typeof createSuggestService>;

const CANDIDATE_LIMIT = 60;

/** Finds, stores and follows suggestions; never sends anything. */
export function createSuggestService(deps: SuggestDeps) {
  const running = new Map<ConversationId, AbortController>();
  const unmatched = new Map<ConversationId, MessageId>();
  return {
    /** Suggests for the newest customer message; a newer message of the same conversation replaces the search under way. */
    async suggest(context: MessageContext): Promise<SuggestionSet> {
      running.get(context.conversationId)?.abort();
      const abort = new AbortController();
      running.set(context.conversationId, abort);
      const set = await findSet(deps, context, abort.signal);
      if (running.get(context.conversationId) === abort) running.delete(context.conversationId);
      if (set.state === 'no_match') unmatched.set(context.conversationId, context.messageId);
      if (!abort.signal.aborted) deps.onShown(set);
      return set;
    },
    current(conversationId: ConversationId, messageId: MessageId | null): SuggestionSet {
      if (messageId === null) return { conversationId, messageId, state: 'idle', suggestions: [] };
      const suggestions = listSuggestions(deps.db, messageId).filter((one) => one.status === 'shown' || one.status === 'inserted');
      const state = running.has(conversationId) ? 'matching' : suggestions.length > 0 ? 'ready' : unmatched.get(conversationId) === messageId ? 'no_match' : 'idle';
      return { conversationId, messageId, state, suggestions };
    },
    /** True when this message was matched before, whatever came of it: shown, dismissed, sent. */
    isSettled: (messageId: MessageId): boolean => listSuggestions(deps.db, messageId).length > 0,
    inserted: (id: SuggestionId) => record(deps, id, 'inserted', null, null),
    dismissed: (id: SuggestionId, reason: string | null) => record(deps, id, 'dismissed', null, reason),
    /** Closes the books on a sent reply, inside the transaction that queued it: what was used, how much it was edited, what was passed over. */
    settle(conversationId: ConversationId, usedIds: readonly SuggestionId[], sentText: string): void {
      for (const suggestion of listUnsettled(deps.db, conversationId)) {
        const isUsed = usedIds.includes(suggestion.id);
        record(deps, suggestion.id, isUsed ? 'sent' : 'ignored', isUsed ? editDistanceRatio(suggestion.text, sentText) : null, null);
        if (isUsed) for (const source of suggestion.sources) if (source.kind === 'macro') countMacroUse(deps.db, source.id);
      }
    },
    macros: (query: string, scope: MacroScope, limit: number): Promise<MacroMatch[]> => matchMacros(deps, query, scope, limit),
  };
}

function record(deps: SuggestDeps, id: SuggestionId, action: 'inserted' | 'sent' | 'dismissed' | 'ignored', ratio: number | null, reason: string | null): Suggestion {
  return recordOutcome(deps.db, id, { action, feedbackId: deps.newId(), editRatio: ratio, reason, repId: deps.repId(), nowMs: deps.clock.nowMs() });
}

async function findSet(deps: SuggestDeps, context: MessageContext, signal: AbortSignal): Promise<SuggestionSet> {
  const { conversationId, messageId } = context;
  const empty = (state: SuggestionSet['state']): SuggestionSet => ({ conversationId, messageId, state, suggestions: [] });
  const settings = deps.settings();
  if (settings.quietMode === 'off') return empty('idle');
  try {
    if (questionOf(context.turns) === '') return empty('idle');
    const composed = await suggestForTurns(deps, context, settings.threshold ?? DEFAULT_THRESHOLD, signal);
    const shown = settings.quietMode === 'rare' ? composed.filter((one) => one.fit === 'strong') : composed;
    if (signal.aborted) return empty('matching');
    const suggestions = storeShown(deps, context, shown);
    return { conversationId, messageId, state: suggestions.length > 0 ? 'ready' : settings.quietMode === 'rare' ? 'idle' : 'no_match', suggestions };
  } catch (error) {
    if (!(error instanceof DeskmateError)) throw error;
    return empty(error.code === 'cancelled' ? 'matching' : 'engine_down');
  }
}

function storeShown(deps: SuggestDeps, { conversationId, messageId }: MessageContext, composed: readonly ComposedSuggestion[]): Suggestion[] {
  const nowMs = deps.clock.nowMs();
  return deps.db.transaction(() => {
    deleteSuggestions(deps.db, messageId);
    return composed.map((one, place) => {
      const suggestion: Suggestion = { ...one, id: deps.newId() as SuggestionId, conversationId, messageId, rank: place + 1, status: 'shown' };
      insertSuggestion(deps.db, suggestion, nowMs);
      return getSuggestion(deps.db, suggestion.id);
    });
  })();
}

/** Of a long run of messages the last ones say what is asked now. */
const MAX_QUESTION_MESSAGES = 3;

/** What the customer asks now: the last messages since anyone else spoke, greetings, thanks and pasted cards left out; empty when there is nothing to answer. */
export function questionOf(turns: readonly ContextTurn[]): string {
  const spoken = turns.filter((turn) => turn.role !== 'system');
  const start = spoken.findLastIndex((turn) => turn.role !== 'customer') + 1;
  return spoken
    .slice(start)
    .map((turn) => withoutReferences(turn.text))
    .filter((text) => text !== '' && !isSmallTalk(text))
    .slice(-MAX_QUESTION_MESSAGES)
    .join('\n');
}

type ComposeDeps = { db: ReadableDb; engine: Pick<SearchEngine, 'search'>; clock: Clock };

/** The same path without storing anything: for the command line and for evaluation. */
export async function suggestForTurns(deps: ComposeDeps, context: SuggestionContext, threshold: number, signal?: AbortSignal): Promise<ComposedSuggestion[]> {
  const question = questionOf(context.turns);
  if (question === '') return [];
  const found: SearchResult = await deps.engine.search({ text: question, kinds: ['passage', 'macro', 'message'], limit: CANDIDATE_LIMIT }, signal);
  const rows = findCandidateRows(deps.db, found.candidates, context.excludedConversationIds);
  return composeSuggestions({ question, rows, scope: context.scope, nowMs: deps.clock.nowMs(), threshold });
}
