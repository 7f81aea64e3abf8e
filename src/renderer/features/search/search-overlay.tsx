import { clsx } from 'clsx';
import { BookOpen, Command as CommandIcon, MessageSquare, Search, Zap } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { SearchHit } from '../../../shared/contract/search.contract.ts';
import type { Command } from '../../base/command.ts';
import { isComposingKey } from '../../base/keys.ts';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { HighlightedText } from '../../ui/highlighted-text.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { searchEntries, type SearchEntry } from './search-entries.ts';
import type { SearchState, SearchStore } from './search.store.ts';

export type SearchOverlayProps = {
  search: SearchStore;
  commands: readonly Command[];
  shortcutWords: (shortcut: string) => string;
  /** A reply is being written, so that a hit can go into it. */
  canInsert: boolean;
  onPick: (hit: SearchHit, isOpening: boolean) => void;
  onClose: () => void;
};

/** Ctrl/Cmd+K: knowledge, macros, conversations and commands under one box; arrows choose, Enter acts. */
export function SearchOverlay({ search, commands, shortcutWords, canInsert, onPick, onClose }: SearchOverlayProps) {
  const { t } = useTexts();
  const state = useStore(search.store);
  const inputRef = useRef<HTMLInputElement>(null);
  useEffect(() => () => search.reset(), [search]);
  const entries = searchEntries(state.text, state.hits, commands, t);
  const active = Math.min(state.activeIndex, entries.length - 1);
  const run = (entry: SearchEntry | undefined, isOpening: boolean): void => {
    if (entry?.kind === 'hit') onPick(entry.hit, isOpening);
    if (entry?.kind === 'command') {
      onClose();
      // After the dialog has handed the focus back.
      setTimeout(entry.command.run, 0);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposingKey(event.nativeEvent)) return;
    const step = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key as 'ArrowDown' | 'ArrowUp'];
    if (step !== undefined) search.move(step, entries.length);
    else if (event.key === 'Enter') run(entries[active], event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  };
  return (
    <Overlay title={t('search.title')} isTitleHidden onClose={onClose} initialFocus={inputRef}>
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-4">
        <Search size={16} aria-hidden className="text-ink-3" />
        <input ref={inputRef} role="combobox" aria-label={t('search.title')} aria-expanded={entries.length > 0} aria-controls="search-results" aria-autocomplete="list" aria-activedescendant={entries.length > 0 ? `search-${active}` : undefined} placeholder={t('search.placeholder')} value={state.text} onChange={(event) => search.type(event.target.value)} onKeyDown={onKeyDown} className="h-8 min-w-0 flex-1 bg-transparent text-talk outline-none" />
      </div>
      <div id="search-results" role="listbox" aria-label={t('search.results')} className="quiet-scroll min-h-0 overflow-y-auto p-1 empty:hidden">
        {entries.map((entry, index) => <EntryRow key={entry.key} entry={entry} index={index} isActive={index === active} shortcutWords={shortcutWords} onRun={(isOpening) => run(entry, isOpening)} />)}
      </div>
      <SearchFoot search={search} count={entries.length} active={entries[active]} canInsert={canInsert} />
    </Overlay>
  );
}

const ICONS = { passage: BookOpen, macro: Zap, message: MessageSquare } as const;

function EntryRow({ entry, index, isActive, shortcutWords, onRun }: { entry: SearchEntry; index: number; isActive: boolean; shortcutWords: (shortcut: string) => string; onRun: (isOpening: boolean) => void }) {
  const { t } = useTexts();
  const rowRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) rowRef.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const Icon = entry.kind === 'command' ? CommandIcon : ICONS[entry.hit.kind];
  return (
    // The search box keeps the focus and takes the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the field that owns the list takes the keys
    <div ref={rowRef} id={`search-${index}`} role="option" aria-selected={isActive} onClick={(event) => onRun(event.ctrlKey || event.metaKey)} className={clsx('flex items-start gap-3 rounded px-3 py-1.5', isActive ? 'bg-accent-tint' : 'hover:bg-raised')}>
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
      {entry.kind === 'command' ? (
        <>
          <span className="flex-1">{t(entry.command.labelKey)}</span>
          {entry.command.shortcut !== null && <Kbd shortcut={shortcutWords(entry.command.shortcut)} />}
        </>
      ) : (
        <HitWords hit={entry.hit} />
      )}
    </div>
  );
}

function HitWords({ hit }: { hit: SearchHit }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  return (
    <div className="min-w-0 flex-1">
      <p className="clamp-2 break-words"><HighlightedText text={hit.text.replace(/\s+/g, ' ').slice(0, 400)} words={hit.matchedWords} /></p>
      <p className="truncate text-meta text-ink-3">
        {t(`search.kind.${hit.kind}`)} · {hit.title}
        {hit.updatedAt !== null && <span title={formats.dateTime(hit.updatedAt)}> · {formats.relative(hit.updatedAt, nowMs)}</span>}
      </p>
    </div>
  );
}

function SearchFoot({ search, count, active, canInsert }: { search: SearchStore; count: number; active: SearchEntry | undefined; canInsert: boolean }) {
  const { t } = useTexts();
  const state = useStore(search.store);
  const isInsertable = canInsert && active?.kind === 'hit' && active.hit.conversationId === null;
  return (
    <div role="status" className="flex shrink-0 justify-between gap-4 border-t border-line px-4 py-2 text-meta text-ink-3">
      <SearchOutcome state={state} isEmpty={count === 0} hint={t(isInsertable ? 'search.hintInsert' : 'search.hintOpen')} />
      {state.isWordsOnly && <span className="text-mid">△ {t('search.wordsOnly')}</span>}
    </div>
  );
}

function SearchOutcome({ state, isEmpty, hint }: { state: SearchState; isEmpty: boolean; hint: string }) {
  const { t } = useTexts();
  if (state.failure !== null) return <p className="text-high">{t('search.failed')}</p>;
  if (state.isSearching) return <p>{t('state.loading')}</p>;
  if (isEmpty && state.text.trim() !== '') return <p className="text-ink-2">{t('search.none', { text: state.text.trim() })} {t('search.noneBody')}</p>;
  return <p>{hint}</p>;
}
