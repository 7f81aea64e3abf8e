import { clsx } from 'clsx';
import { Maximize2, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Suggestion, SuggestionSet } from '../../../shared/contract/suggestion.contract.ts';
import { isComposingKey } from '../../base/keys.ts';
import { useNow, useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { useDesk, useOpen } from './desk-context.tsx';
import { visibleSuggestions, type Desk } from './desk.store.ts';
import { SuggestionCard } from './suggestion-card.tsx';

/** The reserved space above the composer: at most three suggestions, or one line about why there is none. */
export function SuggestionArea({ isOff, onWrite }: { isOff: boolean; onWrite: () => void }) {
  const { t } = useTexts();
  const set = useOpen((open) => open.suggestions);
  if (set === null) return null;
  if (isOff) return <p className="flex h-7 shrink-0 items-center border-t border-line px-4 text-meta text-ink-3">{t('suggest.off')}</p>;
  const suggestions = set.state === 'ready' ? visibleSuggestions(set.suggestions) : [];
  return (
    <section data-tour="suggestions" aria-label={t('suggest.title')} className="relative h-[150px] shrink-0 border-t border-line px-3 py-2">
      {suggestions.length > 0 ? <SuggestionList key={set.messageId} suggestions={suggestions} /> : <NoSuggestion state={set.state} onWrite={onWrite} />}
    </section>
  );
}

function NoSuggestion({ state, onWrite }: { state: SuggestionSet['state']; onWrite: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const line = { idle: 'suggest.idle', ready: 'suggest.idle', matching: 'suggest.matching', no_match: 'suggest.noMatch', engine_down: 'suggest.engineDown' } as const;
  return (
    <div role="status" className="flex h-full flex-col items-start justify-center gap-1 rounded border border-dashed border-line px-4">
      <p className={state === 'no_match' ? 'font-semibold text-ink-2' : 'text-ink-3'}>{t(line[state])}</p>
      {state === 'no_match' && (
        <>
          <p className="text-meta text-ink-3">{t('suggest.noMatchBody')}</p>
          <div className="flex gap-2 pt-1">
            <Button id="suggest-write" size="compact" onClick={onWrite}>{t('suggest.write')}</Button>
            <Button size="compact" tone="ghost" onClick={() => desk.focusField()}>{t('suggest.typeOn')}</Button>
          </div>
        </>
      )}
    </div>
  );
}

function SuggestionList({ suggestions }: { suggestions: readonly Suggestion[] }) {
  const { t } = useTexts();
  const desk = useDesk();
  const { toasts } = useShell();
  const listRef = useRef<HTMLDivElement>(null);
  const [activeIndex, setActiveIndex] = useState(0);
  const [openId, setOpenId] = useState<string | null>(null);
  const active = Math.min(activeIndex, suggestions.length - 1);
  const shown = suggestions.find(({ id }) => id === openId) ?? null;
  const dismiss = (suggestion: Suggestion): void => {
    void desk.conversation.dismissSuggestion(suggestion.id).catch(() => toasts.problem({ key: 'error.connection' }));
    setOpenId(null);
  };
  const toggle = (suggestion: Suggestion | undefined): void => setOpenId(suggestion === undefined || suggestion.id === openId ? null : suggestion.id);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposingKey(event.nativeEvent)) return;
    const handled = handleKey(event.key, { active, suggestions, desk, setActiveIndex, toggle, dismiss, isCardOpen: shown !== null });
    if (handled) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <>
      {shown !== null && <SuggestionCard suggestion={shown} number={suggestions.indexOf(shown) + 1} onClose={() => { setOpenId(null); listRef.current?.focus(); }} onDismiss={() => dismiss(shown)} />}
      <div className="flex h-full gap-1">
        <div ref={listRef} id="suggestions" role="listbox" tabIndex={0} aria-label={t('suggest.title')} aria-activedescendant={`suggestion-${active + 1}`} onKeyDown={onKeyDown} className="group min-w-0 flex-1 rounded">
          {suggestions.map((suggestion, index) => (
            <SuggestionRow key={suggestion.id} suggestion={suggestion} number={index + 1} isActive={index === active} onPick={() => { setActiveIndex(index); desk.insertSuggestion(index + 1); }} />
          ))}
        </div>
        <div className="flex shrink-0 flex-col">
          {suggestions.map((suggestion, index) => (
            <div key={suggestion.id} className="flex h-11 items-center">
              <IconButton label={t('suggest.openNumber', { number: index + 1 })} aria-expanded={suggestion.id === openId} onClick={() => toggle(suggestion)}><Maximize2 size={14} aria-hidden /></IconButton>
              <IconButton label={t('suggest.dismissNumber', { number: index + 1 })} onClick={() => dismiss(suggestion)}><X size={14} aria-hidden /></IconButton>
            </div>
          ))}
        </div>
      </div>
    </>
  );
}

type KeyScope = { active: number; suggestions: readonly Suggestion[]; desk: Desk; isCardOpen: boolean; setActiveIndex: (index: number) => void; toggle: (suggestion: Suggestion | undefined) => void; dismiss: (suggestion: Suggestion) => void };

function handleKey(key: string, { active, suggestions, desk, isCardOpen, setActiveIndex, toggle, dismiss }: KeyScope): boolean {
  const current = suggestions[active];
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step !== undefined) setActiveIndex((active + step + suggestions.length) % suggestions.length);
  else if (key === ' ') toggle(current);
  else if (key === 'Enter') desk.insertSuggestion(active + 1);
  else if (/^[1-9]$/.test(key)) desk.insertSuggestion(Number(key));
  else if ((key === 'Backspace' || key === 'Delete') && current !== undefined) dismiss(current);
  else if (key === 'Escape' && isCardOpen) toggle(undefined);
  else if (key === 'Escape') desk.focusField();
  else return false;
  return true;
}

function SuggestionRow({ suggestion, number, isActive, onPick }: { suggestion: Suggestion; number: number; isActive: boolean; onPick: () => void }) {
  const { t } = useTexts();
  const isInserted = suggestion.status === 'inserted' || suggestion.status === 'sent';
  return (
    // The list box around it takes the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the list that owns them takes the keys
    <div
      id={`suggestion-${number}`}
      role="option"
      aria-selected={isActive}
      onClick={onPick}
      className={clsx('flex h-11 items-start gap-2 rounded px-2 py-0.5 hover:bg-raised', isActive && 'group-focus-visible:bg-accent-tint')}
    >
      <span className="mt-0.5 flex size-[18px] shrink-0 items-center justify-center rounded border border-control text-meta text-accent">{number}</span>
      <div className="min-w-0 flex-1">
        <p className="truncate leading-5">{suggestion.text.replace(/\s+/g, ' ')}</p>
        <p className="flex min-w-0 gap-1 text-meta leading-5 text-ink-3">
          <SuggestionMeta suggestion={suggestion} />
          {isInserted && <span className="shrink-0 text-ok">· {t('suggest.inserted')}</span>}
        </p>
      </div>
    </div>
  );
}

/** Kind, source, age and fit, in words. */
function SuggestionMeta({ suggestion }: { suggestion: Suggestion }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const source = suggestion.sources[0];
  const updatedAt = source?.updatedAt ?? null;
  return (
    <>
      <span className={clsx('shrink-0', suggestion.fit === 'strong' ? 'text-ok' : 'text-ink-2')}>{t(`suggest.fit.${suggestion.fit}`)}</span>
      <span className="min-w-0 truncate">
        · {t(`suggest.kind.${suggestion.kind}`)}{source !== undefined && source.title !== '' && ` ${source.title}`}
        {updatedAt !== null && ` · ${t('suggest.updated', { age: formats.relative(updatedAt, nowMs) })}`}
      </span>
      {suggestion.missingVariables.length > 0 && <span className="shrink-0 text-mid">· {t('suggest.missing', { names: suggestion.missingVariables.length })}</span>}
    </>
  );
}
