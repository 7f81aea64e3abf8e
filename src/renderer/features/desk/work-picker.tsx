import { clsx } from 'clsx';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { isComposingKey } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Overlay } from '../../ui/overlay.tsx';

/** `keywords` are found too and not shown; `hint` stands at the right. */
export type PickerItem = { id: string; label: string; mark?: ReactNode; hint?: string; keywords?: string };
export type WorkPickerProps = {
  title: string;
  placeholder: string;
  /** How many conversations it is about; told when there are several. */
  targetCount: number;
  items: readonly PickerItem[];
  /** Of what is typed: one more item, when the words mean something of their own. */
  typedItem?: (text: string) => PickerItem | null;
  onPick: (item: PickerItem) => void;
  /** The Delete key on an item while nothing is typed. */
  onDelete?: (item: PickerItem) => void;
  /** F2 on an item. */
  onRename?: (item: PickerItem) => void;
  initialText?: string;
  onClose: () => void;
  /** Stays open after a choice, with an empty box. */
  isMany?: boolean;
  /** What is typed may begin with a digit, so digits choose nothing. */
  isDigitTyped?: boolean;
  hint?: string;
  /** Said while there is nothing to choose from and nothing is typed. */
  emptyHint?: string;
  children?: ReactNode;
};

const MOST_DIGITS = 9;
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** A short list with a box: type to narrow, arrows and Enter to choose, a digit to choose at once while the box is empty. */
export function WorkPicker(props: WorkPickerProps) {
  const { placeholder, targetCount, onClose, children, hint, isDigitTyped = false } = props;
  const { t } = useTexts();
  const title = targetCount > 1 ? `${props.title} · ${t('work.targets', { count: targetCount })}` : props.title;
  const inputRef = useRef<HTMLInputElement>(null);
  const listId = useId();
  const picker = usePicker(props);
  const { text, shown, active } = picker;
  return (
    <Overlay title={title} onClose={onClose} initialFocus={inputRef} className="max-w-[440px]">
      <input
        ref={inputRef}
        role="combobox"
        aria-label={title}
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown.length > 0 ? `${listId}-${active}` : undefined}
        placeholder={placeholder}
        value={text}
        onChange={(event) => picker.type(event.target.value)}
        onKeyDown={picker.onKeyDown}
        className="ring-inside h-10 shrink-0 border-b border-line bg-transparent px-4 text-talk"
      />
      <p role="status" className="sr-only">{t('work.count', { count: shown.length })}</p>
      <div id={listId} role="listbox" aria-label={title} className="quiet-scroll min-h-0 flex-1 overflow-y-auto p-1 empty:hidden">
        {shown.map((item, index) => <PickerRow key={item.id} id={`${listId}-${index}`} item={item} digit={!isDigitTyped && text === '' && index < MOST_DIGITS ? index + 1 : null} isActive={index === active} onPick={() => picker.pick(item)} />)}
      </div>
      {shown.length === 0 && <p className="px-4 py-3 text-ink-3">{(text === '' ? props.emptyHint : undefined) ?? t('work.noChoice')}</p>}
      {children}
      <p className="shrink-0 border-t border-line px-4 py-2 text-meta text-ink-3">{hint ?? t('work.pickHint')}</p>
    </Overlay>
  );
}

function usePicker({ items, typedItem, onPick, onDelete, onRename, initialText = '', isMany = false, isDigitTyped = false }: WorkPickerProps) {
  const [text, setText] = useState(initialText);
  const [activeIndex, setActiveIndex] = useState(0);
  const shown = itemsFor(text, items, typedItem);
  const active = Math.min(activeIndex, shown.length - 1);
  const type = (next: string): void => {
    setText(next);
    setActiveIndex(0);
  };
  const pick = (item: PickerItem): void => {
    onPick(item);
    if (isMany) setText('');
  };
  /** Whether the key changes the item it stands on. */
  const changeActive = (key: string): boolean => {
    const change = { F2: onRename, Delete: text === '' ? onDelete : undefined }[key];
    const item = shown[active];
    if (change === undefined || item === undefined) return false;
    change(item);
    return true;
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposingKey(event.nativeEvent) || hasModifier(event)) return;
    const item = keyedItem(event.key, isDigitTyped || text !== '', shown, active);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActiveIndex(Math.max(0, Math.min(shown.length - 1, active + step)));
    else if (item !== undefined) pick(item);
    else if (!changeActive(event.key)) return;
    event.preventDefault();
  };
  return { text, shown, active, type, pick, onKeyDown };
}

function itemsFor(text: string, items: readonly PickerItem[], typedItem: WorkPickerProps['typedItem']): readonly PickerItem[] {
  const words = plain(text);
  const found = items.filter(({ label, keywords }) => words === '' || plain(`${label} ${keywords ?? ''}`).includes(words));
  const typed = words === '' ? null : (typedItem?.(text.trim()) ?? null);
  return typed === null ? found : [...found, typed];
}

const hasModifier = (event: React.KeyboardEvent): boolean => event.altKey || event.ctrlKey || event.metaKey;

/** The item that this key chooses: Enter the active one, a digit in an empty box the one of that number. */
function keyedItem(key: string, isTyping: boolean, shown: readonly PickerItem[], active: number): PickerItem | undefined {
  if (key === 'Enter') return shown[active];
  return !isTyping && /^[1-9]$/.test(key) ? shown[Number(key) - 1] : undefined;
}

function PickerRow({ id, item, digit, isActive, onPick }: { id: string; item: PickerItem; digit: number | null; isActive: boolean; onPick: () => void }) {
  const rowRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) rowRef.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // The box keeps the focus and takes the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the field that owns the list takes the keys
    <div ref={rowRef} id={id} role="option" aria-selected={isActive} onPointerDown={(event) => event.preventDefault()} onClick={onPick} className={clsx('flex h-8 items-center gap-2 rounded px-3', isActive ? 'bg-accent-tint' : 'hover:bg-raised')}>
      {item.mark}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.hint !== undefined && <span className="shrink-0 text-meta text-ink-2">{item.hint}</span>}
      <span aria-hidden className="w-6 shrink-0 text-right">{digit !== null && <Kbd shortcut={String(digit)} />}</span>
    </div>
  );
}
