import { isComposingKey } from '../../base/keys.ts';
import { searchSections, type SearchEntry, type SearchSection } from './search-entries.ts';
import type { SearchStore } from './search.store.ts';

export type SearchKeyOptions = {
  search: SearchStore; sections: readonly SearchSection[]; entry: SearchEntry | undefined; count: number;
  open: (entry: SearchEntry) => void; insert: (entry: SearchEntry) => void; openConversation: (entry: SearchEntry) => void;
};

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };

/** The keys of the box: arrows walk, Ctrl/Cmd or Alt with a digit goes to that group, Enter opens (while the lines are those of older words, the first of the new ones), Shift+Enter inserts, Ctrl/Cmd+Enter goes to the conversation. */
export function createSearchKeys({ search, sections, entry, count, open, insert, openConversation }: SearchKeyOptions): (event: React.KeyboardEvent) => void {
  return (event) => {
    if (isComposingKey(event.nativeEvent)) return;
    const step = STEPS[event.key];
    const group = sections[digitOf(event) - 1];
    if (step !== undefined) search.move(step, count);
    else if (group !== undefined) search.pointAt(group.start);
    else if (event.key === 'Enter' && isBehind(search)) actOnFirst(search, chooseAction(event, { open, insert, openConversation }));
    else if (event.key === 'Enter' && entry !== undefined) chooseAction(event, { open, insert, openConversation })(entry);
    else if (event.key === 'Backspace' && isAtStart(event) && search.store.getState().onlyKind !== null) search.showOnly(null);
    else return;
    event.preventDefault();
  };
}

/** A line chosen with the arrows is meant as it stands there; the first one is whatever the words typed by now find. */
function isBehind({ store }: SearchStore): boolean {
  const { isSearching, activeIndex } = store.getState();
  return isSearching && activeIndex === 0;
}

function actOnFirst(search: SearchStore, act: (entry: SearchEntry) => void): void {
  search.onceAnswered((answer) => {
    const { recents, onlyKind } = search.store.getState();
    const [first] = searchSections(answer, recents, onlyKind !== null)[0]?.entries ?? [];
    if (first !== undefined) act(first);
  });
}

/** The digit held with Ctrl, Cmd or Alt; 0 for any other key. */
function digitOf({ ctrlKey, metaKey, altKey, code }: React.KeyboardEvent): number {
  return (ctrlKey || metaKey || altKey) && /^Digit[1-9]$/.test(code) ? Number(code.slice(-1)) : 0;
}

function chooseAction(event: React.KeyboardEvent, { open, insert, openConversation }: Pick<SearchKeyOptions, 'open' | 'insert' | 'openConversation'>): (entry: SearchEntry) => void {
  if (event.shiftKey) return insert;
  return event.ctrlKey || event.metaKey ? openConversation : open;
}

/** With nothing before the caret, Backspace takes back the narrowing to one kind. */
function isAtStart({ target }: React.KeyboardEvent): boolean {
  return target instanceof HTMLInputElement && target.selectionStart === 0 && target.selectionEnd === 0;
}
