import type { ReadableDb } from '../../db/database.ts';
import type { PackRule } from '../../packs/pack-schemas.ts';
import { listRules, packsStamp } from '../../packs/pack.repository.ts';
import { compilePattern } from '../../packs/pattern-check.ts';
import { GUARD_RULES } from './guard.ts';
import type { GuardKind, GuardRule } from './guard-rule.ts';

/** The first part of a rule's id says what it is about: `off-platform.group-chat`. */
const KINDS: ReadonlySet<string> = new Set<GuardKind>(['banned', 'over-promise', 'superlative', 'off-platform', 'internal-only', 'review-bribery', 'blame']);
/** "We cannot promise that" promises nothing. */
const NEGATABLE: ReadonlySet<GuardKind> = new Set<GuardKind>(['over-promise', 'off-platform', 'review-bribery']);

function kindOf(id: string): GuardKind {
  const first = id.split('.')[0] ?? '';
  return KINDS.has(first) ? (first as GuardKind) : 'banned';
}

/** A rule of a pack as the guard runs it, one for each language; rules that only inform are not run. */
export function packGuardRules(rules: readonly PackRule[]): GuardRule[] {
  return rules.flatMap(({ id, severity, patterns, except, rewrite }) => {
    if (severity === 'info') return [];
    const kind = kindOf(id);
    return (['zh', 'en'] as const).flatMap((language): GuardRule[] => {
      const sources = patterns[language] ?? [];
      if (sources.length === 0) return [];
      const text = rewrite?.[language];
      return [{
        id: `${id}.${language}`, kind, severity, language, isNegatable: NEGATABLE.has(kind), pattern: compilePattern(sources.map((source) => `(?:${source})`).join('|')),
        exceptions: except.map(compilePattern), ...(text === undefined ? {} : { rewrite: text }),
      }];
    });
  });
}

const known = new WeakMap<ReadableDb, { stamp: string; rules: readonly GuardRule[] }>();

/** The built-in rules and those of the installed packs; worked out anew when a pack came or went. */
export function guardRulesOf(db: ReadableDb): readonly GuardRule[] {
  const stamp = packsStamp(db);
  const found = known.get(db);
  if (found?.stamp === stamp) return found.rules;
  const rules = [...GUARD_RULES, ...packGuardRules(listRules(db, 'guard'))];
  known.set(db, { stamp, rules });
  return rules;
}
