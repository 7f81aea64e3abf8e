import type { ConversationId, Language, MessageId, SuggestionId } from '../../shared/contract/ids.contract.ts';
import type { MacroMatch, Suggestion, SuggestionSet } from '../../shared/contract/suggestion.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { countMacroUse } from '../knowledge/macro-mark.repository.ts';
import { deleteUnanswered, insertUnanswered } from '../knowledge/question.repository.ts';
import { editDistanceRatio } from '../text/edit-distance.ts';
import type { Clock } from '../platform/clock.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { IdMaker } from '../platform/ids.ts';
import type { SearchEngine, SearchResult } from '../search/search.types.ts';
import { SHIPPED_CALIBRATION, tuningInUse } from '../search/search-tuning.ts';
import { findCandidateRows } from './candidate.repository.ts';
import { questionTokens } from './answer-text.ts';
import { bestSuggestions, composeSuggestions } from './compose.ts';
import { guardRulesOf } from './guard/pack-guard-rules.ts';
import type { MacroScope } from './macro-text.ts';
import { ownPart } from './own-part.ts';
import { matchMacros } from './macro-match.ts';
import { DEFAULT_THRESHOLD } from './rank.ts';
import { conversationsLikeThis, isHighRisk, RARE_BELOW_COUNT } from './rarity.ts';
import { isSmallTalk, withoutReferences } from './small-talk.ts';
import { deleteSuggestions, getSuggestion, insertSuggestion, isRareMessage, listSuggestions, listUnsettled, recordOutcome } from './suggestion.repository.ts';
import { isStillOffered } from './suggestion-source.ts';
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

type Running = { messageId: MessageId; abort: AbortController };
/** What came of the newest message of a conversation when nothing was stored for it. */
type EmptyOutcome = { messageId: MessageId; state: SuggestionSet['state']; isHeldBack: boolean };

function isOpen({ status }: Suggestion): boolean {
  return status === 'shown' || status === 'inserted';
}

/** In rare mode: for a problem seldom seen before, and in a conversation about to be lost. */
function isWanted(db: ReadableDb, conversationId: ConversationId, quietMode: SuggestSettings['quietMode'], isRare: () => boolean): boolean {
  return quietMode === 'full' || (quietMode === 'rare' && (isRare() || isHighRisk(db, conversationId)));
}

/** Finds, stores and follows suggestions; never sends anything. */
export function createSuggestService(deps: SuggestDeps) {
  const running = new Map<ConversationId, Running>();
  const empty = new Map<ConversationId, EmptyOutcome>();
  return {
    /** Suggests for the newest customer message; a newer message of the same conversation replaces the search under way. */
    async suggest(context: MessageContext): Promise<SuggestionSet> {
      const { conversationId, messageId } = context;
      running.get(conversationId)?.abort.abort();
      const mine: Running = { messageId, abort: new AbortController() };
      running.set(conversationId, mine);
      // whatever goes wrong, the message counts as matched: asking for it again must not match it again without end
      let outcome: EmptyOutcome = { messageId, state: 'idle', isHeldBack: false };
      try {
        const { set, isWordsOnly, isHeldBack } = await findSet(deps, context, mine.abort.signal);
        // what words alone found is shown, and matched again when the engine is back
        outcome = { messageId, state: isWordsOnly ? 'engine_down' : set.state, isHeldBack };
        if (!mine.abort.signal.aborted) {
          noteUnanswered(deps.db, messageId, set.state);
          deps.onShown(set);
        }
        return set;
      } finally {
        if (running.get(conversationId) === mine) running.delete(conversationId);
        if (!mine.abort.signal.aborted) empty.set(conversationId, outcome);
      }
    },
    current(conversationId: ConversationId, messageId: MessageId | null): SuggestionSet {
      const { quietMode } = deps.settings();
      if (messageId === null || quietMode === 'off') return { conversationId, messageId, state: 'idle', suggestions: [] };
      const isShown = isWanted(deps.db, conversationId, quietMode, () => isRareMessage(deps.db, messageId));
      const suggestions = listSuggestions(deps.db, messageId).filter((one) => isShown && isOpen(one) && isStillOffered(deps.db, one, { repId: deps.repId(), nowMs: deps.clock.nowMs() }));
      const without = stateWithout(empty.get(conversationId), messageId);
      return { conversationId, messageId, state: running.has(conversationId) ? 'matching' : suggestions.length > 0 ? 'ready' : without, suggestions };
    },
    /** True when this message was matched before, whatever came of it: nothing, shown, dismissed, sent. What was held back as usual is matched again once the risk is high. */
    isMatched(conversationId: ConversationId, messageId: MessageId): boolean {
      const known = empty.get(conversationId);
      if (known?.messageId === messageId && known.isHeldBack && isHighRisk(deps.db, conversationId)) return false;
      return known?.messageId === messageId || listSuggestions(deps.db, messageId).length > 0;
    },
    /** Messages that got nothing are matched again when next asked for: the knowledge or the settings are others now. Only those of one state, where it is named. */
    forgetEmpty(state?: SuggestionSet['state']): ConversationId[] {
      const forgotten = [...empty].filter(([, known]) => state === undefined || known.state === state).map(([id]) => id);
      for (const id of forgotten) empty.delete(id);
      return forgotten;
    },
    inserted: (id: SuggestionId) => record(deps, id, 'inserted', null, null),
    dismissed: (id: SuggestionId, reason: string | null) => record(deps, id, 'dismissed', null, reason),
    /** Closes the books on a sent reply, inside the transaction that queued it: what was used, how much it was edited, what was passed over. */
    settle(conversationId: ConversationId, usedIds: readonly SuggestionId[], sentText: string): void {
      const search = running.get(conversationId);
      search?.abort.abort();
      // answered by then: what the search would bring nobody needs
      if (search !== undefined) empty.set(conversationId, { messageId: search.messageId, state: 'idle', isHeldBack: false });
      settleSuggestions(deps, conversationId, usedIds, sentText);
    },
    macros: (conversationId: ConversationId, query: string, scope: MacroScope, limit: number): Promise<MacroMatch[]> =>
      matchMacros({ db: deps.db, engine: deps.engine, repId: deps.repId(), language: customerLanguage(deps.db, conversationId) }, query, scope, limit),
  };
}

/** What the customer wrote in last; null before they wrote anything. */
function customerLanguage(db: ReadableDb, conversationId: ConversationId): Language | null {
  const sql = "SELECT language FROM messages WHERE conversation_id = ? AND role = 'customer' ORDER BY seq DESC LIMIT 1";
  return prepared<{ language: Language }>(db, sql).get(conversationId)?.language ?? null;
}

/** What nothing was found for stands on the knowledge page until somebody writes it down. */
function noteUnanswered(db: WritableDb, messageId: MessageId, state: SuggestionSet['state']): void {
  if (state === 'no_match') insertUnanswered(db, messageId);
  else if (state === 'ready') deleteUnanswered(db, messageId);
}

function settleSuggestions(deps: SuggestDeps, conversationId: ConversationId, usedIds: readonly SuggestionId[], sentText: string): void {
  const unsettled = listUnsettled(deps.db, conversationId, usedIds);
  for (const suggestion of unsettled) {
    const isUsed = usedIds.includes(suggestion.id);
    const others = unsettled.filter(({ id }) => id !== suggestion.id && usedIds.includes(id)).map(({ text }) => text);
    record(deps, suggestion.id, isUsed ? 'sent' : 'ignored', isUsed ? editDistanceRatio(suggestion.text, ownPart(sentText, suggestion.text, others)) : null, null);
    if (isUsed) for (const source of suggestion.sources) if (source.kind === 'macro') countMacroUse(deps.db, source.id, deps.repId(), deps.clock.nowMs());
  }
}

function record(deps: SuggestDeps, id: SuggestionId, action: 'inserted' | 'sent' | 'dismissed' | 'ignored', ratio: number | null, reason: string | null): Suggestion {
  return deps.db.transaction(() => recordOutcome(deps.db, id, { action, feedbackId: deps.newId(), editRatio: ratio, reason, repId: deps.repId(), nowMs: deps.clock.nowMs() }))();
}

async function findSet(deps: SuggestDeps, context: MessageContext, signal: AbortSignal): Promise<{ set: SuggestionSet; isWordsOnly: boolean; isHeldBack: boolean }> {
  const { conversationId, messageId } = context;
  const empty = (state: SuggestionSet['state'], isWordsOnly = false, isHeldBack = false) => ({ set: { conversationId, messageId, state, suggestions: [] }, isWordsOnly, isHeldBack });
  const settings = deps.settings();
  if (settings.quietMode === 'off') return empty('idle');
  try {
    if (questionOf(context.turns) === '') return empty('idle');
    const found = await composeForTurns(deps, context, settings.threshold ?? DEFAULT_THRESHOLD, signal);
    if (signal.aborted) return empty('matching');
    const isShown = isWanted(deps.db, conversationId, settings.quietMode, () => found.isRare);
    const suggestions = storeShown(deps, context, isShown ? found.composed : [], found.isRare);
    if (suggestions.length > 0) return { set: { conversationId, messageId, state: 'ready', suggestions }, isWordsOnly: found.isWordsOnly, isHeldBack: false };
    if (!isShown) return empty('idle', false, true);
    return empty(nothingMeans(found, settings.quietMode), found.isWordsOnly);
  } catch (error) {
    if (!(error instanceof DeskmateError)) throw error;
    return empty(error.code === 'cancelled' ? 'matching' : 'engine_down');
  }
}

function stateWithout(known: EmptyOutcome | undefined, messageId: MessageId): SuggestionSet['state'] {
  return known?.messageId === messageId && known.state !== 'ready' ? known.state : 'idle';
}

/** Words alone cannot tell that nothing is known, and who wants few interruptions is not told so. */
function nothingMeans({ composed, isWordsOnly }: { composed: readonly ComposedSuggestion[]; isWordsOnly: boolean }, quietMode: SuggestSettings['quietMode']): SuggestionSet['state'] {
  if (isWordsOnly) return 'engine_down';
  return quietMode === 'rare' || composed.length > 0 ? 'idle' : 'no_match';
}

/** Replaces what was shown for this message; once the rep acted on any of it, that stands and only the rest of it is still open. */
function storeShown(deps: SuggestDeps, { conversationId, messageId }: MessageContext, composed: readonly ComposedSuggestion[], isRare: boolean): Suggestion[] {
  const nowMs = deps.clock.nowMs();
  return deps.db.transaction(() => {
    const before = listSuggestions(deps.db, messageId);
    if (before.some(({ status }) => status !== 'shown')) return before.filter(isOpen);
    deleteSuggestions(deps.db, messageId);
    // while the search ran a customer may have been erased, a macro deleted, another rep come to the desk
    return composed.filter((one) => isStillOffered(deps.db, one, { repId: deps.repId(), nowMs })).map((one, place) => {
      const suggestion: Suggestion = { ...one, id: deps.newId() as SuggestionId, conversationId, messageId, rank: place + 1, status: 'shown' };
      insertSuggestion(deps.db, suggestion, nowMs, isRare);
      return getSuggestion(deps.db, suggestion.id);
    });
  })();
}

/** Of a long run of messages the last ones say what is asked now. */
const MAX_QUESTION_MESSAGES = 3;

/** What the customer asks now: the last messages since anyone else spoke, greetings, thanks and pasted cards left out; empty when there is nothing to answer. */
export function questionOf(turns: readonly ContextTurn[]): string {
  return askedMessages(turns).join('\n');
}

/**
 * What is searched for: the messages together, and of several also the one that says most, because one question among
 * complaints about the wait ("can it be repaired" … "are you there") is diluted when all are read as one.
 */
export function searchTexts(turns: readonly ContextTurn[]): string[] {
  const messages = askedMessages(turns);
  if (messages.length < 2) return messages;
  const [fullest] = messages.toSorted((a, b) => questionTokens(b).size - questionTokens(a).size);
  return [messages.join('\n'), ...(fullest === undefined ? [] : [fullest])];
}

function askedMessages(turns: readonly ContextTurn[]): string[] {
  const spoken = turns.filter((turn) => turn.role !== 'system');
  const start = spoken.findLastIndex((turn) => turn.role !== 'customer') + 1;
  return spoken
    .slice(start)
    .map((turn) => withoutReferences(turn.text))
    .filter((text) => text !== '' && !isSmallTalk(text))
    .slice(-MAX_QUESTION_MESSAGES);
}

/** Without a rep only what belongs to the team is offered. */
type ComposeDeps = { db: ReadableDb; engine: Pick<SearchEngine, 'search'>; clock: Clock; repId?: () => string | null };

/** The same path without storing anything: for the command line and for evaluation. */
export async function suggestForTurns(deps: ComposeDeps, context: SuggestionContext, threshold: number): Promise<ComposedSuggestion[]> {
  return (await composeForTurns(deps, context, threshold)).composed;
}

async function composeForTurns(deps: ComposeDeps, context: SuggestionContext, threshold: number, signal?: AbortSignal): Promise<{ composed: ComposedSuggestion[]; isWordsOnly: boolean; isRare: boolean }> {
  const alike = new Set<string>();
  const calibration = tuningInUse(deps.db)?.calibration ?? SHIPPED_CALIBRATION;
  const lists: ComposedSuggestion[][] = [];
  let isWordsOnly = false;
  for (const question of searchTexts(context.turns)) {
    const found: SearchResult = await deps.engine.search({ text: question, kinds: ['passage', 'macro', 'message'], limit: CANDIDATE_LIMIT }, signal);
    const rows = findCandidateRows(deps.db, found.candidates, context.excludedConversationIds, { repId: deps.repId?.() ?? null, nowMs: deps.clock.nowMs() });
    lists.push(composeSuggestions({ question, rows, scope: context.scope, nowMs: deps.clock.nowMs(), threshold, calibration, guardRules: guardRulesOf(deps.db) }));
    for (const id of conversationsLikeThis(deps.db, found.candidates, context.excludedConversationIds)) alike.add(id);
    isWordsOnly ||= found.isWordsOnly;
  }
  return { composed: bestSuggestions(lists.flat()), isWordsOnly, isRare: alike.size < RARE_BELOW_COUNT };
}
