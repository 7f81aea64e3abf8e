import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Suggestion } from '../../../shared/contract/suggestion.contract.ts';
import { createCompositionGuard } from '../../base/composition.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { ComposerChecks } from './composer-checks.tsx';
import { useComposer, useDesk } from './desk-context.tsx';
import type { ComposerField, Desk } from './desk.store.ts';
import { DraftFileList, useDraftFiles } from './draft-file-list.tsx';
import { DraftOverlay } from './draft-overlay.tsx';
import { addFiles, AttachButton, DropTarget, pastedFiles } from './file-intake.tsx';
import { walkHoles } from './hole-walk.ts';
import { jointInsertion } from './insertion-joint.ts';
import { MacroList } from './macro-list.tsx';
import { ComposerQuote } from './quote-line.tsx';
import { insertAsTyped, pickWhenListed } from './text-insertion.ts';
import { useCommandKeys } from '../../base/command-keys-context.tsx';
import { Kbd } from '../../ui/kbd.tsx';

/** The reply: a plain text field with the browser's own undo, what the guard says about it, and Send. */
export function Composer({ customerName }: { customerName: string }) {
  const { t } = useTexts();
  const desk = useDesk();
  const isReady = useComposer((state) => state.isReady);
  const isSending = useComposer((state) => state.isSending);
  const hasText = useComposer((state) => state.text.trim() !== '');
  const hasFiles = useDraftFiles().length > 0;
  return (
    <section data-tour="reply" aria-label={t('composer.label', { name: customerName })} className="relative shrink-0 border-t border-line bg-surface px-3 pt-2.5 pb-1">
      <MacroList />
      <ComposerChecks />
      <ComposerQuote />
      <DraftFileList />
      <DropTarget />
      <div className="flex items-end gap-2">
        <ReplyField label={t('composer.label', { name: customerName })} isDisabled={!isReady} />
        <AttachButton />
        <Button tone="primary" disabled={(!hasText && !hasFiles) || isSending} onClick={() => void desk.composer.send()} className="h-8">
          {isSending ? t('composer.sending') : t('composer.send')}<span aria-hidden>⏎</span>
        </Button>
      </div>
      <ComposerFoot />
    </section>
  );
}

function ComposerFoot() {
  const { t } = useTexts();
  const saveState = useComposer((state) => state.saveState);
  const insertKeys = useCommandKeys('desk.insert1');
  const marks = useComposer((state) => state.marks);
  const isLoadFailing = useComposer((state) => state.isLoadFailing);
  const sources = [...new Set(marks.map(({ source }) => source ?? '').filter((source) => source !== ''))].join(' · ');
  return (
    <div className="flex h-7 items-center gap-3 pt-1 text-meta text-ink-3">
      <span className="inline-flex items-center gap-1"><Kbd shortcut=";" />{t('keys.typeAhead')}</span>
      {insertKeys !== null && <span className="inline-flex items-center gap-1 max-lg:hidden"><Kbd shortcut={insertKeys.replace(/1$/, '1–3')} />{t('suggest.insert')}</span>}
      <span className="flex-1" />
      {marks.length > 0 && <span className="inline-flex min-w-0 items-center gap-1" title={sources}><span aria-hidden className="inline-block w-4 shrink-0 border-b-2 border-dotted border-accent" /><span className="truncate">{sources === '' ? t('composer.fromSuggestion') : t('composer.fromSources', { sources })}</span></span>}
      {isLoadFailing && <span role="alert" className="text-high">{t('composer.loadFailed')}</span>}
      <span role="status" className={saveState === 'failed' ? 'text-high' : undefined}>{saveState === 'saved' && t('composer.saved')}{saveState === 'failed' && t('composer.saveFailed')}</span>
    </div>
  );
}

function ReplyField({ label, isDisabled }: { label: string; isDisabled: boolean }) {
  const revision = useComposer((state) => state.revision);
  const hadFocus = useRef(false);
  // A text set from outside gets a fresh field: undo must not bring back another conversation's words.
  return <ReplyTextarea key={revision} label={label} isDisabled={isDisabled} hadFocus={hadFocus} />;
}

/** `hadFocus`: whether the field before this one was being written in. */
function ReplyTextarea({ label, isDisabled, hadFocus }: { label: string; isDisabled: boolean; hadFocus: React.RefObject<boolean> }) {
  const { t } = useTexts();
  const desk = useDesk();
  const { toasts } = useShell();
  const text = useComposer((state) => state.text);
  const macros = useComposer((state) => state.macros);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const overlayRef = useRef<HTMLDivElement>(null);
  const guard = useRef(createCompositionGuard()).current;
  useField(desk, fieldRef);
  useLeaving(desk);
  useLayoutEffect(() => {
    const field = fieldRef.current;
    if (hadFocus.current) field?.focus();
    return () => { hadFocus.current = field !== null && document.activeElement === field; };
  }, [hadFocus]);

  const onKeyDown = (event: React.KeyboardEvent<HTMLTextAreaElement>): void => {
    const { isComposing } = event.nativeEvent;
    if (guard.owns({ isComposing, keyCode: event.keyCode, timeStamp: event.timeStamp })) return;
    if (desk.composer.store.getState().macros !== null && handleMacroKey(event, desk)) return;
    handleReplyKey(event, desk);
  };
  return (
    <div className="relative min-w-0 flex-1">
      <DraftOverlay ref={overlayRef} />
      <textarea
        ref={fieldRef}
        id="reply"
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={macros === null ? undefined : 'macro-list'}
        aria-activedescendant={macros === null || macros.items.length === 0 ? undefined : `macro-${macros.activeIndex}`}
        placeholder={t('composer.placeholder')}
        disabled={isDisabled}
        rows={2}
        maxLength={20_000}
        value={text}
        onChange={(event) => desk.composer.change(event.target.value, event.target.selectionStart, guard.isActive)}
        onSelect={(event) => { if (!guard.isActive) desk.composer.moveCaret(event.currentTarget.selectionStart); }}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = pastedFiles(event.clipboardData);
          if (files.length === 0) return;
          event.preventDefault();
          addFiles(desk, toasts, files);
        }}
        onCompositionStart={() => guard.start()}
        onCompositionEnd={(event) => {
          guard.end(event.timeStamp);
          desk.composer.macros.follow();
        }}
        onBlur={() => desk.composer.flush()}
        onScroll={(event) => { if (overlayRef.current !== null) overlayRef.current.scrollTop = event.currentTarget.scrollTop; }}
        className="reply-text quiet-scroll relative block max-h-40 min-h-[58px] w-full resize-none rounded border border-control bg-transparent [field-sizing:content]"
      />
    </div>
  );
}

function useField(desk: Desk, fieldRef: React.RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const field = fieldRef.current;
    if (field === null) return;
    const { caret } = desk.composer.store.getState();
    field.setSelectionRange(caret, caret);
    const insert: ComposerField['insert'] = (words, suggestion) => {
      // Never replaces: a selection is kept and the text goes behind it.
      const start = field.selectionEnd;
      const { before, after } = suggestion === null ? { before: '', after: '' } : jointInsertion(field.value, start, words, desk.composer.store.getState().marks);
      const text = before + words + after;
      const marked = suggestion === null ? null : { from: before.length, to: before.length + words.length, suggestionId: suggestion.id, source: sourceOf(suggestion) };
      desk.composer.expectInsertion({ start, text, marked });
      insertAsTyped(field, text, start, start);
    };
    desk.setField({ insert, focus: () => field.focus() });
    return () => desk.setField(null);
  }, [desk, fieldRef]);
}

/** What the rep sees of where a suggestion came from, kept with its place in the draft. */
function sourceOf({ sources }: Suggestion): string {
  return (sources[0]?.title ?? '').slice(0, 300);
}

/** Saves the draft when the window is hidden or closed. */
function useLeaving(desk: Desk): void {
  useEffect(() => {
    const flush = (): void => desk.composer.flush();
    document.addEventListener('visibilitychange', flush);
    window.addEventListener('pagehide', flush);
    window.addEventListener('beforeunload', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      window.removeEventListener('pagehide', flush);
      window.removeEventListener('beforeunload', flush);
    };
  }, [desk]);
}

function handleMacroKey(event: React.KeyboardEvent<HTMLTextAreaElement>, desk: Desk): boolean {
  const { macros } = desk.composer.store.getState();
  const step = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key as 'ArrowDown' | 'ArrowUp'];
  const isPick = (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && macros !== null && (macros.isLoading || macros.items.length > 0);
  if (step === undefined && event.key !== 'Escape' && !isPick) return false;
  event.preventDefault();
  event.stopPropagation();
  if (step !== undefined) desk.composer.macros.move(step);
  else if (event.key === 'Escape') desk.composer.macros.dismiss();
  else pickWhenListed(desk, event.currentTarget);
  return true;
}

function handleReplyKey(event: React.KeyboardEvent<HTMLTextAreaElement>, desk: Desk): void {
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  const isHandled = !hasModifier && (actOnReply(event, desk) || (event.currentTarget.value === '' && actOnEmptyReply(event.key, desk)));
  if (!isHandled) return;
  event.preventDefault();
  event.stopPropagation();
}

function actOnReply(event: React.KeyboardEvent<HTMLTextAreaElement>, desk: Desk): boolean {
  if (event.key === 'Tab') return walkHoles(event.currentTarget, event.shiftKey);
  if (event.key === 'Enter' && !event.shiftKey) {
    void desk.composer.send();
    return true;
  }
  if (event.key !== 'Escape') return false;
  if (desk.composer.store.getState().askedText === null) document.getElementById('queue-list')?.focus();
  else desk.composer.dropQuestion();
  return true;
}

/** In an empty field the number of a suggestion inserts it and ArrowUp goes to the list; in a text both are what they always are. */
function actOnEmptyReply(key: string, desk: Desk): boolean {
  if (/^[1-9]$/.test(key)) return desk.insertSuggestion(Number(key));
  if (key !== 'ArrowUp') return false;
  document.getElementById('suggestions')?.focus();
  return true;
}
