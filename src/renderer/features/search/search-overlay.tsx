import { Search } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { ConversationId, CustomerId, MessageId } from '../../../shared/contract/ids.contract.ts';
import type { FindHit } from '../../../shared/contract/everywhere.contract.ts';
import type { Client } from '../../connection/connection.ts';
import { useTexts } from '../../base/texts.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { CustomerSheet } from './customer-sheet.tsx';
import { searchSections, type SearchEntry } from './search-entries.ts';
import { SearchFilters } from './search-filters.tsx';
import { SearchFoot } from './search-foot.tsx';
import { createSearchKeys } from './search-keys.ts';
import { SearchPreview } from './search-preview.tsx';
import { SearchResults } from './search-results.tsx';
import type { SearchStore } from './search.store.ts';

/** Where a result leads; a customer or an order is shown by the search itself. */
export type OpenTarget =
  | { kind: 'conversation'; id: ConversationId; messageId: MessageId | null }
  | { kind: 'product'; id: string }
  | { kind: 'macro'; id: string }
  | { kind: 'article'; id: string; source: string; title: string };
export type Insertable = Extract<FindHit, { kind: 'macro' | 'article' }>;
export type SearchOverlayProps = {
  search: SearchStore;
  client: Client;
  /** A reply is being written, so that a macro or a passage can go into it. */
  canInsert: boolean;
  onOpen: (target: OpenTarget) => void;
  onInsert: (hit: Insertable) => void;
  /** `>` was typed: what follows is a command. */
  onCommands: (text: string) => void;
  onClose: () => void;
};

/** Ctrl/Cmd+F: customers, orders, conversations, notes, products, articles and macros under one box. */
export function SearchOverlay(props: SearchOverlayProps) {
  const { search, onClose } = props;
  const { t } = useTexts();
  const sheet = useStore(search.store, (state) => state.sheet);
  const inputRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void search.load();
    return () => search.reset();
  }, [search]);
  return (
    <Overlay title={t('search.title')} isTitleHidden onClose={sheet === null ? onClose : search.closeSheet} initialFocus={inputRef} className="h-[76vh] w-[min(720px,calc(100vw-32px))] min-[1280px]:w-[1120px]">
      {sheet === null ? <SearchBox {...props} inputRef={inputRef} /> : <CustomerSheet sheet={sheet} onOpen={(id, messageId) => props.onOpen({ kind: 'conversation', id, messageId })} onBack={search.closeSheet} onRetry={() => void search.openSheet(sheet.customerId, sheet.orderId)} />}
    </Overlay>
  );
}

function SearchBox(props: SearchOverlayProps & { inputRef: RefObject<HTMLInputElement | null> }) {
  const { search, client, inputRef, canInsert, onCommands } = props;
  const { t } = useTexts();
  const state = useStore(search.store);
  const sections = searchSections(state.answer, state.recents, state.onlyKind !== null);
  const entries = sections.flatMap((section) => section.entries);
  const active = Math.min(state.activeIndex, entries.length - 1);
  const actions = searchActions(props);
  const onKeyDown = createSearchKeys({ search, sections, entry: entries[active], count: entries.length, ...actions });
  const type = (text: string): void => {
    if (/^[>＞]/.test(text)) onCommands(text.slice(1).trimStart());
    else search.type(text);
  };
  // back from a customer's card: the caret is where it was
  useEffect(() => inputRef.current?.focus(), [inputRef]);
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-4">
        <Search size={16} aria-hidden className="shrink-0 text-ink-3" />
        <input ref={inputRef} role="combobox" aria-label={t('search.title')} aria-expanded={entries.length > 0} aria-controls="search-results" aria-autocomplete="list" aria-activedescendant={entries.length > 0 ? `search-${active}` : undefined} placeholder={t('search.placeholder')} value={state.text} maxLength={500} spellCheck={false} autoComplete="off" onChange={(event) => type(event.target.value)} onKeyDown={onKeyDown} className="h-8 min-w-0 flex-1 bg-transparent text-talk outline-none" />
      </div>
      <SearchFilters search={search} />
      <div className="flex min-h-0 flex-1">
        <SearchResults search={search} sections={sections} active={active} onRun={actions.open} />
        <SearchPreview client={client} entry={entries[active]} />
      </div>
      <SearchFoot search={search} entry={entries[active]} canInsert={canInsert} />
    </>
  );
}

/** What Enter, Shift+Enter and Ctrl/Cmd+Enter do with a line. What was opened is remembered with the words that found it. */
function searchActions({ search, client, canInsert, onOpen, onInsert }: SearchOverlayProps) {
  const note = (hit: Pick<FindHit, 'kind' | 'id'>): void => void search.noteOpened(search.store.getState().text, hit);
  const openHit = (hit: FindHit): void => {
    note(hit);
    if (hit.kind === 'customer') void search.openSheet(hit.id, null);
    else if (hit.kind === 'order') void search.openSheet(hit.customerId, hit.id);
    else onOpen(targetOf(hit));
  };
  const openRecent = (entry: Extract<SearchEntry, { kind: 'opened' }>): void => {
    const { kind, id, title, detail, conversationId, customerId } = entry.thing;
    note({ kind, id } as Pick<FindHit, 'kind' | 'id'>);
    if (conversationId !== null) onOpen({ kind: 'conversation', id: conversationId, messageId: null });
    else if (customerId !== null) void search.openSheet(customerId, kind === 'order' ? id : null);
    else if (kind === 'product' || kind === 'macro') onOpen({ kind, id });
    else onOpen({ kind: 'article', id, source: detail, title });
  };
  return {
    open(entry: SearchEntry): void {
      if (entry.kind === 'hit') openHit(entry.hit);
      else if (entry.kind === 'opened') openRecent(entry);
      else if (entry.kind === 'more') search.showOnly(entry.findKind);
      else search.type(entry.text);
    },
    insert(entry: SearchEntry): void {
      if (!canInsert || entry.kind !== 'hit' || (entry.hit.kind !== 'macro' && entry.hit.kind !== 'article')) return;
      note(entry.hit);
      onInsert(entry.hit);
    },
    /** Past the customer's card, straight to the conversation it may be about. */
    openConversation(entry: SearchEntry): void {
      if (entry.kind !== 'hit') return;
      const { hit } = entry;
      if (hit.kind !== 'customer' && hit.kind !== 'order') return openHit(hit);
      note(hit);
      void newestConversation(client, hit.kind === 'order' ? hit.customerId : hit.id, hit.kind === 'order' ? hit.id : null).then((id) => (id === null ? openHit(hit) : onOpen({ kind: 'conversation', id, messageId: null })));
    },
  };
}

function newestConversation(client: Client, customerId: CustomerId, orderId: string | null): Promise<ConversationId | null> {
  return client.search.customer({ customerId, ...(orderId === null ? {} : { orderId }) }).then(({ conversations }) => conversations[0]?.id ?? null, () => null);
}

function targetOf(hit: Exclude<FindHit, { kind: 'customer' | 'order' }>): OpenTarget {
  switch (hit.kind) {
    case 'conversation':
      return { kind: 'conversation', id: hit.id, messageId: hit.messageId };
    case 'note':
      return { kind: 'conversation', id: hit.conversationId, messageId: null };
    case 'article':
      return { kind: 'article', id: hit.id, source: hit.source, title: hit.articleTitle };
    case 'product':
    case 'macro':
      return { kind: hit.kind, id: hit.id };
  }
}
