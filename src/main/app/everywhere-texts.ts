import type { ConversationId, CustomerId } from '../../shared/contract/ids.contract.ts';
import { getMessagesFound, listLastMessages, lookUpMessages, type MessageFound } from '../conversations/conversation-lookup.repository.ts';
import { getPassagesBySeq } from '../knowledge/article.repository.ts';
import { lookUpMacros, lookUpPassages } from '../knowledge/knowledge-lookup.repository.ts';
import { getMacrosBySeq, isVisibleMacro } from '../knowledge/macro.repository.ts';
import type { IndexKind } from '../search/index-writer.ts';
import type { SearchCandidate } from '../search/search.types.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { articleHit, conversationHit, macroHit } from './everywhere-hits.ts';
import type { Asked, GroupResult, TextsFound } from './everywhere.types.ts';

/** A row that lacks some of the words is shown when it means about the same, or holds most of them: else a search would never come back empty. */
const NEAR_COSINE = 0.45;
/** Two characters are near to many things. */
const NEAR_COSINE_SHORT = 0.6;
const SHORT_LENGTH = 4;
const MOST_OF_IT = 0.6;
/** Customers found by name whose conversations are offered at once. */
const NAMED_CUSTOMERS = 3;

/** Seqs of a kind, best first: what the engine ranked and is worth showing, then the other rows that hold every word. */
function rankedSeqs(asked: Asked, found: TextsFound, kinds: readonly IndexKind[], byWords: readonly number[]): number[] {
  const words = new Set(byWords);
  const length = normaliseForMatch(asked.text).replaceAll(/[^\p{L}\p{N}]/gu, '').length;
  // one character has no meaning to compare
  const near = length < 2 ? Number.POSITIVE_INFINITY : length < SHORT_LENGTH ? NEAR_COSINE_SHORT : NEAR_COSINE;
  const isWorth = ({ seq, cosine, matchedWords }: SearchCandidate): boolean =>
    words.has(seq) || (cosine ?? 0) >= near || matchedWords.reduce((sum, word) => sum + word.length, 0) >= MOST_OF_IT * length;
  const ranked = found.candidates.filter((candidate) => kinds.includes(candidate.kind) && isWorth(candidate)).map(({ seq }) => seq);
  return [...new Set([...ranked, ...byWords])];
}

/** One hit for each conversation: its best message. Conversations of customers with that name, or with that number, come first. */
export function conversationGroup(asked: Asked, found: TextsFound, customerIds: readonly CustomerId[]): GroupResult {
  const { db, text, numbers, filter, limit, marks } = asked;
  const { seqs, foundCounts, isAtLeast } = lookUpMessages(db, text, filter);
  const ranked = getMessagesFound(db, rankedSeqs(asked, found, ['message', 'reply'], seqs).slice(0, 4 * limit + found.candidates.length), filter);
  const numbered = numbers.length === 0 ? [] : listLastMessages(db, { customerIds: [], numbers }, filter, limit);
  const ofCustomers = listLastMessages(db, { customerIds: customerIds.slice(0, NAMED_CUSTOMERS), numbers: [] }, filter, NAMED_CUSTOMERS);
  const rows = onePerConversation([...numbered, ...ofCustomers, ...ranked]);
  const shown = rows.slice(0, limit);
  const total = new Set<ConversationId>([...foundCounts.keys(), ...shown.map(({ conversationId }) => conversationId)]).size;
  return {
    group: { kind: 'conversation', total, isAtLeast, hits: shown.map((row) => conversationHit(row, foundCounts.get(row.conversationId) ?? 0, marks)) },
    named: onePerConversation(numbered).map(({ conversationId }) => ({ kind: 'conversation', id: conversationId, match: 0 })),
  };
}

function onePerConversation(rows: readonly MessageFound[]): MessageFound[] {
  const seen = new Set<string>();
  return rows.filter(({ conversationId }) => !seen.has(conversationId) && seen.add(conversationId));
}

export function articleGroup(asked: Asked, found: TextsFound): GroupResult {
  const { db, text, filter, limit, marks } = asked;
  const { seqs, isAtLeast } = lookUpPassages(db, text);
  const ranked = rankedSeqs(asked, found, ['passage'], seqs);
  // without a language to look at, only what is shown is read
  const rows = getPassagesBySeq(db, filter.language === null ? ranked.slice(0, limit) : ranked).filter(({ language }) => filter.language === null || language === filter.language);
  const shown = rows.slice(0, limit);
  const total = filter.language === null ? new Set([...seqs, ...shown.map(({ seq }) => seq)]).size : rows.length;
  return { group: { kind: 'article', total, isAtLeast, hits: shown.map((row) => articleHit(row, marks)) }, named: [] };
}

export function macroGroup(asked: Asked, found: TextsFound): GroupResult {
  const { db, text, filter, limit, marks, repId } = asked;
  const { seqs, isAtLeast } = lookUpMacros(db, text);
  const rows = getMacrosBySeq(db, rankedSeqs(asked, found, ['macro'], seqs)).filter((macro) => isVisibleMacro(macro, repId) && (filter.language === null || macro.language === filter.language));
  const inWords = new Set(seqs);
  const shown = rows.slice(0, limit);
  const total = new Set([...rows.filter(({ seq }) => inWords.has(seq)), ...shown].map(({ seq }) => seq)).size;
  return { group: { kind: 'macro', total, isAtLeast, hits: shown.map((row) => macroHit(row, marks)) }, named: [] };
}
