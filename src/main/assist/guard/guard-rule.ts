export type GuardKind = 'banned' | 'over-promise' | 'superlative' | 'off-platform' | 'pii' | 'internal-only' | 'review-bribery' | 'blame';
export type GuardSeverity = 'block' | 'warn';
export type GuardLanguage = 'zh' | 'en';

/** One rule as data, so that a pack can bring more. Patterns run on simplified, lower-case NFKC text and have the flag g. */
export interface GuardRule {
  /** `kind.topic.language` */
  id: string;
  kind: GuardKind;
  severity: GuardSeverity;
  language: GuardLanguage;
  pattern: RegExp;
  /** A hit inside one of these matches is no violation. */
  exceptions?: RegExp[];
  /** A hit after "we never / please do not / cannot" in its clause is no violation. */
  isNegatable?: boolean;
  /** What to write instead of the hit; rules without it need the rep. */
  rewrite?: string;
}
