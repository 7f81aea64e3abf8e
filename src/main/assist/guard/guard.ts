import { filterMapped, mapForMatch, sourceSpan, type MappedText } from '../../text/mapped-text.ts';
import { findPii, maskPiiValue } from '../../text/pii.ts';
import type { GuardKind, GuardLanguage, GuardRule, GuardSeverity } from './guard-rule.ts';
import { GUARD_RULES_EN } from './guard-rules-en.ts';
import { GUARD_RULES_ZH } from './guard-rules-zh.ts';

export const GUARD_RULES: readonly GuardRule[] = [...GUARD_RULES_ZH, ...GUARD_RULES_EN];

/** `start` and `end` are UTF-16 offsets into the checked reply; `text` is what stands there. */
export interface GuardViolation {
  ruleId: string;
  kind: GuardKind;
  severity: GuardSeverity;
  start: number;
  end: number;
  text: string;
  rewrite?: string;
}

export interface GuardOptions {
  /** Numbers and addresses that belong to this customer or shop and may be repeated to them. */
  allowedPii?: readonly string[];
  /** Only the rules of this language; both when left out. */
  lang?: GuardLanguage;
  /** Rules to use instead of the built-in ones (a pack's and the built-in ones joined). */
  rules?: readonly GuardRule[];
}

const NEGATED = /(?:不会|不能|不可以?|不要|不得|不用|不支持|无法|没法|没办法|没有|请勿|切勿|禁止|严禁|谨防|别|拒绝|无需|并非|难以|不敢|不是)[^,.!?。、]{0,10}$|(?:\b(?:never|not|cannot|no|nor|avoid|unable to)|n't)(?: \w+){0,4} ?$/;
const LOOK_BACK_UNITS = 40;
const HAN = /\p{Script=Han}/u;

/** The matching copy without spaces between Chinese characters (加 微 信). */
function matchingCopy(reply: string): MappedText {
  const mapped = mapForMatch(reply.replaceAll('’', "'"));
  const { text } = mapped;
  return filterMapped(mapped, (index) => text.charAt(index) !== ' ' || !HAN.test(text.charAt(index - 1)) || !HAN.test(text.charAt(index + 1)));
}

function isExcepted(copy: string, start: number, end: number, rule: GuardRule): boolean {
  if (rule.isNegatable && NEGATED.test(copy.slice(Math.max(0, start - LOOK_BACK_UNITS), start))) return true;
  return (rule.exceptions ?? []).some((exception) => {
    for (const { index, 0: found } of copy.matchAll(exception)) if (index < end && start < index + found.length) return true;
    return false;
  });
}

function ruleViolations(reply: string, mapped: MappedText, rule: GuardRule): GuardViolation[] {
  const violations: GuardViolation[] = [];
  for (const match of mapped.text.matchAll(rule.pattern)) {
    const end = match.index + match[0].length;
    if (match[0] === '' || isExcepted(mapped.text, match.index, end, rule)) continue;
    const span = sourceSpan(mapped, match.index, end);
    const { id: ruleId, kind, severity, rewrite } = rule;
    violations.push({ ruleId, kind, severity, ...span, text: reply.slice(span.start, span.end), ...(rewrite === undefined ? {} : { rewrite }) });
  }
  return violations;
}

function comparable(value: string): string {
  return mapForMatch(value).text.replace(/[^\p{L}\p{N}@.]/gu, '').replace(/^86(?=1\d{10}$)/, '');
}

function piiViolations(reply: string, allowedPii: readonly string[]): GuardViolation[] {
  const spans = findPii(reply);
  if (spans.length === 0) return [];
  const allowed = new Set(allowedPii.map(comparable));
  return spans.flatMap(({ kind, start, end }): GuardViolation[] => {
    const text = reply.slice(start, end);
    if (allowed.has(comparable(text))) return [];
    return [{ ruleId: `pii.${kind}`, kind: 'pii', severity: 'block', start, end, text, rewrite: maskPiiValue(kind, text) }];
  });
}

function isOverlapping(a: GuardViolation, b: GuardViolation): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Of overlapping violations of one kind the longest (then the stricter) stays. */
function withoutRepeats(violations: GuardViolation[]): GuardViolation[] {
  const ranked = violations.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.severity.localeCompare(b.severity));
  const kept: GuardViolation[] = [];
  for (const violation of ranked) {
    if (!kept.some((other) => other.kind === violation.kind && isOverlapping(other, violation))) kept.push(violation);
  }
  return kept.sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * What a reply must not say, by position: banned words, promises, superlatives, contact or payment outside the platform,
 * internal text, bribed reviews, blame, personal data. For suggestions before they are shown and replies before they are
 * sent; advice, the rep decides. Well under 1 ms for a usual reply.
 */
export function checkReply(reply: string, { allowedPii = [], lang, rules = GUARD_RULES }: GuardOptions = {}): GuardViolation[] {
  const mapped = matchingCopy(reply);
  const found = rules.filter(({ language }) => lang === undefined || language === lang).flatMap((rule) => ruleViolations(reply, mapped, rule));
  return withoutRepeats([...found, ...piiViolations(reply, allowedPii)]);
}

/** The reply with every rewrite put in; of overlapping violations the first counts, those without a rewrite stay as they are. */
export function applyRewrites(reply: string, violations: readonly GuardViolation[]): string {
  let rewritten = '';
  let from = 0;
  for (const { start, end, rewrite } of violations.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (rewrite === undefined || start < from) continue;
    rewritten += reply.slice(from, start) + rewrite;
    from = end;
  }
  return rewritten + reply.slice(from);
}
