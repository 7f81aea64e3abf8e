import { isComposingKey } from '../../base/keys.ts';
import type { SearchEntry, SearchSection } from './search-entries.ts';
import type { SearchStore } from './search.store.ts';

export type SearchKeyOptions = {
  search: SearchStore; sections: readonly SearchSection[]; entry: SearchEntry | undefined; count: number;
  open: (entry: SearchEntry) => void; insert: (entry: SearchEntry) => void; openConversation: (entry: SearchEntry) => void;
};

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };

/** The keys of the box: arrows walk, Ctrl/Cmd or Alt with a digit goes to that group, Enter opens, Shift+Enter inserts, Ctrl/Cmd+Enter goes to the conversation. */
export function createSearchKeys({ search, sections, entry, count, open, insert, openConversation }: SearchKeyOptions): (event: React.KeyboardEvent) => void {
  return (event) => {
    if (isComposingKey(event.nativeEvent)) return;
    const step = STEPS[event.key];
    const group = sections[digitOf(event) - 1];
    if (step !== undefined) search.move(step, count);
    else if (group !== undefined) search.pointAt(group.start);
    else if (event.key === 'Enter' && entry !== undefined) chooseAction(event, { open, insert, openConversation })(entry);
    else if (event.key === 'Backspace' && isAtStart(event) && search.store.getState().onlyKind !== null) search.showOnly(null);
    else return;
    event.preventDefault();
  };
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
