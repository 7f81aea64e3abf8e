import { useEffect, useRef, useState } from 'react';
import { isComposingKey, shortcutOf, shortcutWords, typesText } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';

const SECOND_KEY_MS = 900;

/** Takes the next key pressed in it, or two letters one after the other. Backspace answers null, Escape gives up. */
export function KeyRecorder({ label, canBeSequence, onKeys, onCancel }: { label: string; canBeSequence: boolean; onKeys: (shortcut: string | null) => void; onCancel: () => void }) {
  const { t } = useTexts();
  const [first, setFirst] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const boxRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    boxRef.current?.focus();
    return () => clearTimeout(timer.current);
  }, []);
  const take = (shortcut: string): void => {
    clearTimeout(timer.current);
    if (first !== null) return onKeys(`${first} ${shortcut}`);
    if (!canBeSequence || !/^[a-z]$/.test(shortcut) || !typesText(shortcut)) return onKeys(shortcut);
    setFirst(shortcut);
    timer.current = setTimeout(() => onKeys(shortcut), SECOND_KEY_MS);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposingKey(event.nativeEvent) || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (event.key === 'Escape' && !event.ctrlKey) return onCancel();
    if (event.key === 'Backspace' && !event.ctrlKey && !event.altKey && !event.metaKey) return onKeys(null);
    const shortcut = shortcutOf(event.nativeEvent);
    if (shortcut !== null) take(shortcut);
  };
  return (
    // No text field: an input method must not turn the key into something else.
    <div ref={boxRef} role="textbox" aria-readonly="true" aria-label={label} tabIndex={0} onKeyDown={onKeyDown} onBlur={() => { if (first === null) onCancel(); }} className="flex h-7 items-center rounded border border-accent bg-accent-tint px-2 text-meta text-accent">
      {first === null ? t('keys.press') : t('keys.pressMore', { keys: shortcutWords(first) })}
    </div>
  );
}
