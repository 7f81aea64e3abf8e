import type { Suggestion, SuggestionSet } from '../../shared/contract/suggestion.contract.ts';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import { listTurns } from '../conversations/message.repository.ts';
import type { TestStore } from '../db/open-test-store.ts';
import { upsertMacro } from '../knowledge/macro.repository.ts';
import type { SearchEngine, SearchResult } from '../search/search.types.ts';
import { createSuggestService, type SuggestSettings } from './suggest.service.ts';

type Answer = SearchResult | Error | Promise<SearchResult>;

/** For tests: finds the macro of this seq with a cosine, as the engine would. */
export function foundMacro(seq: number, cosine: number): SearchResult['candidates'][number] {
  return { kind: 'macro', seq, cosine, score: cosine, words: 0, meaning: cosine, bm25: 0, matchedWords: [] };
}

export function found(candidates: SearchResult['candidates'], isWordsOnly = false): SearchResult {
  return { candidates, isWordsOnly };
}

/** For tests: the service over a real store and an engine that answers what it is told, the same until told otherwise. */
export function openSuggestions(store: TestStore) {
  const settings: SuggestSettings = { threshold: null, quietMode: 'full' };
  const shown: SuggestionSet[] = [];
  const engine = { answer: found([]) as Answer, searchCount: 0 };
  const search: SearchEngine['search'] = async () => {
    engine.searchCount++;
    if (engine.answer instanceof Error) throw engine.answer;
    return engine.answer;
  };
  const service = createSuggestService({ db: store.db, engine: { search }, clock: { nowMs: () => store.ctx.nowMs }, newId: store.ctx.newId, settings: () => settings, repId: () => null, onShown: (set) => shown.push(set) });
  const contextOf = (conversationId: ConversationId) => {
    const turns = listTurns(store.db, conversationId, 40);
    return { conversationId, messageId: turns.at(-1)!.id, turns, scope: {}, excludedConversationIds: [conversationId] };
  };
  return { service, settings, shown, engine, contextOf };
}

/** For tests: macros as numbered, each with words of its own; answers their seqs. */
export function addMacros(store: TestStore, texts: readonly string[]): number[] {
  for (const [place, text] of texts.entries()) upsertMacro(store.db, store.ctx, { code: `m${place}`, title: text, text, language: 'zh' });
  return store.db.prepare('SELECT seq FROM macros ORDER BY seq').pluck().all() as number[];
}

export function statesOf(suggestions: readonly Suggestion[]): [string, string][] {
  return suggestions.map(({ text, status }) => [text, status]);
}
