import type { Language } from '../../shared/contract/ids.contract.ts';
import type { SearchKind } from '../../shared/contract/search.contract.ts';
import { detectLanguage } from '../text/language.ts';
import { findPii } from '../text/pii.ts';
import { answerFrom, coverageOf, questionTokens } from './answer-text.ts';
import { isForeignPair, pairOf } from '../search/fuse.ts';
import type { ShopCalibration } from '../search/search-tuning.ts';
import { checkReply } from './guard/guard.ts';
import type { GuardRule } from './guard/guard-rule.ts';
import { fillMacro, macroWords, type MacroScope } from './macro-text.ts';
import { withoutBoilerplate } from './small-talk.ts';
import { createNoveltyCheck, fitOf, scoreEvidence, withoutNearDuplicates, type Score } from './rank.ts';
import type { ComposedSuggestion } from './suggest.types.ts';

/** One search candidate with its row: what matched, what it would say, how it fared before. */
export type CandidateRow = {
  kind: SearchKind;
  id: string;
  /** Article, macro or conversation it stands in, for the source line. */
  title(): string;
  /** The stored text that the question was compared with. */
  matchedOn: string;
  /** What the reply is made of: the passage, the macro's template, the rep's past answer; undefined when there is nothing fit to offer. Read only for rows that may be shown. */
  body(): string | undefined;
  language: Language;
  updatedAt: number | null;
  cosine: number | null;
  matchedWords: string[];
  trust: number;
  shownCount: number;
  sentCount: number;
};

export type ComposeInput = { question: string; rows: readonly CandidateRow[]; scope: MacroScope; nowMs: number; threshold: number; calibration?: ShopCalibration; guardRules?: readonly GuardRule[] };

const MAX_SUGGESTIONS = 3;
/** A past answer shorter than this ("好的", "稍等") helps nobody. */
const MIN_PAST_ANSWER_CHARS = 8;
/** Digits of another customer's order or phone number in a past answer. */
const FOREIGN_DIGITS = /\p{Nd}{5,}/u;
/** A street and number without its city, which `findPii` needs to call it an address. */
const FOREIGN_STREET = /(?:路|街|大道|巷|弄|村|小区|花园)[\p{Script=Han}\w-]{0,12}?\d{1,5}(?:号|栋|幢|座|单元|室)/u;

/** Candidates → at most three suggestions above the threshold, guarded, filled, best first. Rows are composed best first and only until three stand. */
export function composeSuggestions(input: ComposeInput): ComposedSuggestion[] {
  const tokens = questionTokens(input.question);
  const language = detectLanguage(input.question);
  const scored = input.rows
    .map((row) => ({ row, score: scoreRow(row, input, tokens, language) }))
    .filter(({ score }) => score.score >= input.threshold)
    .toSorted((a, b) => b.score.score - a.score.score);
  const says = createNoveltyCheck();
  const composed: ComposedSuggestion[] = [];
  for (const { row, score } of scored) {
    const suggestion = isTelling(row) ? composeOne(row, score, input) : undefined;
    if (suggestion !== undefined && says(suggestion.text)) composed.push(suggestion);
    if (composed.length === MAX_SUGGESTIONS) break;
  }
  return composed;
}

/** A past message of less than two words ("……", "没") is near to anything by chance. */
const MIN_MATCHED_TOKENS = 2;

function isTelling(row: CandidateRow): boolean {
  return row.kind !== 'message' || questionTokens(row.matchedOn).size >= MIN_MATCHED_TOKENS;
}

/** The three best that do not say the same. */
export function bestSuggestions(composed: readonly ComposedSuggestion[]): ComposedSuggestion[] {
  return withoutNearDuplicates(composed.toSorted((a, b) => b.score - a.score), MAX_SUGGESTIONS);
}

/** Knowledge in another language can be read and retold; a reply in another language cannot be sent. */
const FOREIGN_REPLY_TRUST = 0.5;

function scoreRow(row: CandidateRow, { nowMs, calibration }: ComposeInput, tokens: ReadonlySet<string>, language: Language): Score {
  const isSameLanguage = !isForeignPair(pairOf(language, row.language));
  const evidence = { cosine: row.cosine, wordCoverage: coverageOf(tokens, row.matchedWords), isSameLanguage, tokenCount: tokens.size };
  const trust = isSameLanguage || row.kind === 'passage' ? row.trust : row.trust * FOREIGN_REPLY_TRUST;
  return scoreEvidence({ ...evidence, shownCount: row.shownCount, sentCount: row.sentCount, ageMs: row.updatedAt === null ? null : nowMs - row.updatedAt, trust }, calibration);
}

function composeOne(row: CandidateRow, score: Score, input: ComposeInput): ComposedSuggestion | undefined {
  const offer = offerOf(row, input);
  if (offer === undefined) return undefined;
  const violations = checkReply(offer.text, { allowedPii: ownDetails(input.scope), ...(input.guardRules === undefined ? {} : { rules: input.guardRules }) });
  if (violations.some((violation) => violation.severity === 'block')) return undefined;
  const { score: total, ...parts } = score;
  return {
    kind: row.kind === 'passage' ? 'article' : row.kind === 'macro' ? 'macro' : 'reply',
    text: offer.text,
    score: total,
    fit: fitOf(total),
    sources: [{ kind: row.kind, id: row.id, title: row.title(), matchedText: offer.matchedText, updatedAt: row.updatedAt }],
    why: { ...parts, matchedWords: row.matchedWords },
    missingVariables: offer.missingVariables,
    warnings: violations.map(({ ruleId, kind, text }) => ({ ruleId, kind, text })),
  };
}

type Offer = { text: string; matchedText: string; missingVariables: string[] };

function offerOf(row: CandidateRow, input: ComposeInput): Offer | undefined {
  const body = row.body();
  if (body === undefined) return undefined;
  switch (row.kind) {
    case 'passage':
      return { ...answerFrom(input.question, body), missingVariables: [] };
    case 'macro':
      return macroOffer(body, input.scope);
    case 'message':
      return pastAnswerOffer(body, row.matchedOn);
  }
}

function macroOffer(template: string, scope: MacroScope): Offer | undefined {
  try {
    return { ...fillMacro(template, scope), matchedText: macroWords(template) };
  } catch {
    // a broken template is reported where it is edited; here it is only not offered
    return undefined;
  }
}

/** A past answer may be offered again only when it says something, asks nothing about its own case and tells nothing of the other customer. */
function pastAnswerOffer(answer: string, matchedText: string): Offer | undefined {
  const text = withoutBoilerplate(answer);
  if (text.length < MIN_PAST_ANSWER_CHARS || FOREIGN_DIGITS.test(text) || FOREIGN_STREET.test(text) || findPii(text).length > 0) return undefined;
  return { text, matchedText, missingVariables: [] };
}

/** This customer's own numbers, which a reply may repeat to them. */
export function ownDetails(scope: MacroScope): string[] {
  return Object.values(scope).flatMap((group) => Object.values(group).filter((value): value is string => typeof value === 'string' && value !== ''));
}
