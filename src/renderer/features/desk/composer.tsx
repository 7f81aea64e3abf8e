import { useEffect, useRef } from 'react';
import { createCompositionGuard } from '../../base/composition.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { ComposerChecks } from './composer-checks.tsx';
import { useComposer, useDesk } from './desk-context.tsx';
import type { Desk } from './desk.store.ts';
import { DraftOverlay } from './draft-overlay.tsx';
import { MacroList } from './macro-list.tsx';
import { insertAsTyped, pickMacro } from './text-insertion.ts';
import { Kbd } from '../../ui/kbd.tsx';

/** The reply: a plain text field with the browser's own undo, what the guard says about it, and Send. */
export function Composer({ customerName }: { customerName: string }) {
  const { t } = useTexts();
  const desk = useDesk();
  const isReady = useComposer((state) => state.isReady);
  const isSending = useComposer((state) => state.isSending);
  const isEmpty = useComposer((state) => state.text.trim() === '');
  return (
    <section aria-label={t('composer.label', { name: customerName })} className="relative shrink-0 border-t border-line bg-surface px-3 pt-2.5 pb-1">
      <MacroList />
      <ComposerChecks />
      <div className="flex items-end gap-2">
        <ReplyField label={t('composer.label', { name: customerName })} isDisabled={!isReady} />
        <Button tone="primary" disabled={isEmpty || isSending} onClick={() => void desk.composer.send()} className="h-8">
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
  const hasMarks = useComposer((state) => state.marks.length > 0);
  return (
    <div className="flex h-7 items-center gap-3 pt-1 text-meta text-ink-3">
      <span className="inline-flex items-center gap-1"><Kbd shortcut=";" />{t('keys.typeAhead')}</span>
      <span className="inline-flex items-center gap-1 max-lg:hidden"><Kbd shortcut="Alt+1–3" />{t('suggest.insert')}</span>
      <span className="flex-1" />
      {hasMarks && <span className="inline-flex items-center gap-1"><span aria-hidden className="inline-block w-4 border-b-2 border-dotted border-accent" />{t('composer.fromSuggestion')}</span>}
      <span role="status" className={saveState === 'failed' ? 'text-high' : undefined}>{saveState === 'saved' && t('composer.saved')}{saveState === 'failed' && t('composer.saveFailed')}</span>
    </div>
  );
}

function ReplyField({ label, isDisabled }: { label: string; isDisabled: boolean }) {
  const revision = useComposer((state) => state.revision);
  // A text set from outside gets a fresh field: undo must not bring back another conversation's words.
  return <ReplyTextarea key={revision} label={label} isDisabled={isDisabled} />;
}

function ReplyTextarea({ label, isDisabled }: { label: string; isDisabled: boolean }) {
  const { t } = useTexts();
  const desk = useDesk();
  const text = useComposer((state) => state.text);
  const macros = useComposer((state) => state.macros);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const overlayRef = useRef<HTMLDivElement>(null);
  const guard = useRef(createCompositionGuard()).current;
  useField(desk, fieldRef);
  useLeaving(desk);

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
    const insert = (text: string, suggestionId: Parameters<typeof desk.composer.expectInsertion>[0]['suggestionId']): void => {
      // Never replaces: a selection is kept and the text goes behind it.
      const start = field.selectionEnd;
      desk.composer.expectInsertion({ start, text, suggestionId });
      insertAsTyped(field, text, start, start);
    };
    desk.setField({ insert: (text, suggestion) => insert(text, suggestion?.id ?? null), focus: () => field.focus() });
    return () => desk.setField(null);
  }, [desk, fieldRef]);
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
  const isPick = (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && macros !== null && macros.items.length > 0;
  if (step === undefined && event.key !== 'Escape' && !isPick) return false;
  event.preventDefault();
  event.stopPropagation();
  if (step !== undefined) desk.composer.macros.move(step);
  else if (event.key === 'Escape') desk.composer.macros.dismiss();
  else pickMacro(desk, event.currentTarget, macros?.activeIndex ?? 0);
  return true;
}

function handleReplyKey(event: React.KeyboardEvent<HTMLTextAreaElement>, desk: Desk): void {
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  const isHandled = !hasModifier && (actOnReply(event, desk) || (event.currentTarget.value === '' && actOnEmptyReply(event.key, desk)));
  if (!isHandled) return;
  event.preventDefault();
  event.stopPropagation();
}

function actOnReply(event: React.KeyboardEvent, desk: Desk): boolean {
  if (event.key === 'Enter' && !event.shiftKey) {
    void desk.composer.send();
    return true;
  }
  if (event.key !== 'Escape') return false;
  if (desk.composer.store.getState().askedText === null) document.getElementById('queue-list')?.focus();
  else desk.composer.dropQuestion();
  return true;
}

/** In an empty field 1–3 insert and ArrowUp goes to the list; in a text both are what they always are. */
function actOnEmptyReply(key: string, desk: Desk): boolean {
  if (/^[1-3]$/.test(key)) return desk.insertSuggestion(Number(key));
  if (key !== 'ArrowUp') return false;
  document.getElementById('suggestions')?.focus();
  return true;
}
