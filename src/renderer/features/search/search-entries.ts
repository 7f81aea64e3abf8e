import type { FindAnswer, FindHit, FindKind, Recents } from '../../../shared/contract/everywhere.contract.ts';

export type RecentThing = Recents['opened'][number];
/** One line that the arrows reach. */
export type SearchEntry =
  | { kind: 'hit'; key: string; hit: FindHit; isJump: boolean }
  | { kind: 'more'; key: string; findKind: FindKind; total: number; isAtLeast: boolean }
  | { kind: 'search'; key: string; text: string }
  | { kind: 'opened'; key: string; thing: RecentThing };
/** A run of lines under one heading. `start` is the place of its first line among all. */
export type SearchSection = { key: FindKind | 'searches' | 'opened'; total: number; isAtLeast: boolean; start: number; entries: SearchEntry[] };

/** The answer as sections, what the number names first; without an answer, what was looked for and opened before. */
export function searchSections(answer: FindAnswer | null, recents: Recents, isOne: boolean): SearchSection[] {
  const sections = answer === null ? recentSections(recents) : answerSections(answer, isOne);
  let start = 0;
  return sections.map((section) => {
    const placed = { ...section, start };
    start += section.entries.length;
    return placed;
  });
}

function answerSections({ groups, jump }: FindAnswer, isOne: boolean): Omit<SearchSection, 'start'>[] {
  const ordered = groups.toSorted((a, b) => Number(b.kind === jump?.kind) - Number(a.kind === jump?.kind));
  return ordered.map(({ kind, total, isAtLeast, hits }) => {
    const lines = hits.map((hit): SearchEntry => ({ kind: 'hit', key: `${kind}-${hit.id}`, hit, isJump: jump?.kind === kind && jump.id === hit.id }));
    const more: SearchEntry[] = !isOne && (total > hits.length || isAtLeast) ? [{ kind: 'more', key: `more-${kind}`, findKind: kind, total, isAtLeast }] : [];
    return { key: kind, total, isAtLeast, entries: [...lines, ...more] };
  });
}

function recentSections({ searches, opened }: Recents): Omit<SearchSection, 'start'>[] {
  const sections: Omit<SearchSection, 'start'>[] = [
    { key: 'opened', total: opened.length, isAtLeast: false, entries: opened.map((thing): SearchEntry => ({ kind: 'opened', key: `opened-${thing.kind}-${thing.id}`, thing })) },
    { key: 'searches', total: searches.length, isAtLeast: false, entries: searches.map((text): SearchEntry => ({ kind: 'search', key: `search-${text}`, text })) },
  ];
  return sections.filter(({ entries }) => entries.length > 0);
}
