import { useStore } from 'zustand';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { SearchEntry, SearchSection } from './search-entries.ts';
import { SearchRow } from './search-row.tsx';
import type { SearchState, SearchStore } from './search.store.ts';

const MOST_DIGITS = 9;

/** Groups of results with their counts, or what was looked for before. The former answer stays until the next is there, so nothing jumps. */
export function SearchResults({ search, sections, active, onRun }: { search: SearchStore; sections: readonly SearchSection[]; active: number; onRun: (entry: SearchEntry) => void }) {
  const { t } = useTexts();
  const state = useStore(search.store);
  return (
    <div className="quiet-scroll flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto">
      {state.onlyKind !== null && (
        <p className="flex items-center gap-2 px-4 pt-2 text-meta text-ink-2">
          {t(isCut(state) ? 'search.onlyFirst' : 'search.only', { kind: t(`search.kind.${state.onlyKind}`), count: state.answer?.groups[0]?.hits.length ?? 0 })}
          <Button size="compact" tone="ghost" onClick={() => search.showOnly(null)}>{t('search.all')}</Button>
        </p>
      )}
      <div id="search-results" role="listbox" aria-label={t('search.results')} className="p-1 empty:hidden">
        {sections.map((section, index) => (
          <div key={section.key} role="group" aria-labelledby={`search-group-${section.key}`} className="pb-1">
            <div id={`search-group-${section.key}`} className="flex h-7 items-center gap-2 px-3 text-meta text-ink-2">
              <span className="font-semibold">{t(`search.kind.${section.key}`)}</span>
              <span>{t(section.isAtLeast ? 'search.countAtLeast' : 'search.count', { count: section.total })}</span>
              <span className="flex-1" />
              {sections.length > 1 && index < MOST_DIGITS && <span aria-hidden><Kbd shortcut={`Alt+${index + 1}`} /></span>}
            </div>
            {section.entries.map((entry, at) => <SearchRow key={entry.key} id={`search-${section.start + at}`} entry={entry} isActive={section.start + at === active} onPoint={() => search.pointAt(section.start + at)} onRun={() => onRun(entry)} />)}
          </div>
        ))}
      </div>
      <Nothing search={search} state={state} isEmpty={sections.length === 0} />
    </div>
  );
}

/** More rows than one answer carries: another word narrows it. */
function isCut({ answer }: SearchState): boolean {
  return answer?.groups.some(({ total, hits, isAtLeast }) => isAtLeast || total > hits.length) === true;
}

function Nothing({ search, state, isEmpty }: { search: SearchStore; state: SearchState; isEmpty: boolean }) {
  const { t } = useTexts();
  const text = state.text.trim();
  if (state.failure !== null) return <FailureNotice text={t('search.failed')} failure={state.failure} onRetry={search.retry} />;
  if (text === '') return isEmpty ? <EmptyState title={t('search.start')} body={t('search.startBody')} /> : <ClearRecents search={search} />;
  if (!isEmpty || state.isSearching) return null;
  return (
    <EmptyState title={t('search.none', { text })} body={t(Object.keys(state.filters).length > 0 ? 'search.noneFiltered' : 'search.noneBody')}>
      {Object.keys(state.filters).length > 0 && <Button onClick={search.clearFilters}>{t('search.clearFilters')}</Button>}
    </EmptyState>
  );
}

function ClearRecents({ search }: { search: SearchStore }) {
  const { t } = useTexts();
  return <p className="px-3 pb-3"><Button size="compact" onClick={() => void search.clearRecents().catch(() => {})}>{t('search.clearRecents')}</Button></p>;
}
