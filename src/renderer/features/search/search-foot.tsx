import { useStore } from 'zustand';
import { shortcutWords } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { SearchEntry } from './search-entries.ts';
import type { SearchStore } from './search.store.ts';

/** What the keys do with the line under the pointer, and what the answer rests on. */
export function SearchFoot({ search, entry, canInsert }: { search: SearchStore; entry: SearchEntry | undefined; canInsert: boolean }) {
  const { t } = useTexts();
  const isWordsOnly = useStore(search.store, ({ answer }) => answer?.isWordsOnly === true);
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-1.5 text-meta text-ink-2">
      {entry !== undefined && <EntryHints entry={entry} canInsert={canInsert} />}
      <Hint shortcut=">" words={t('search.hintCommands')} />
      <span className="flex-1" />
      <Outcome search={search} />
      {isWordsOnly && <span className="text-mid">△ {t('search.wordsOnly')}</span>}
    </div>
  );
}

function EntryHints({ entry, canInsert }: { entry: SearchEntry; canInsert: boolean }) {
  const { t } = useTexts();
  const kind = entry.kind === 'hit' ? entry.hit.kind : null;
  return (
    <>
      <Hint shortcut="Enter" words={t('search.hintOpen')} />
      {canInsert && (kind === 'macro' || kind === 'article') && <Hint shortcut="Shift+Enter" words={t('search.hintInsert')} />}
      {(kind === 'customer' || kind === 'order') && <Hint shortcut={shortcutWords('Mod+Enter')} words={t('search.hintConversation')} />}
    </>
  );
}

function Outcome({ search }: { search: SearchStore }) {
  const { t } = useTexts();
  const { answer, isSearching } = useStore(search.store);
  const total = answer?.groups.reduce((sum, group) => sum + group.total, 0) ?? 0;
  return <span role="status">{isSearching ? t('search.searching') : answer === null ? '' : t('search.found', { count: total })}</span>;
}

function Hint({ shortcut, words }: { shortcut: string; words: string }) {
  return <span className="inline-flex items-center gap-1"><Kbd shortcut={shortcut} />{words}</span>;
}
