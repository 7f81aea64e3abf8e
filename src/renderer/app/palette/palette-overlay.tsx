import { clsx } from 'clsx';
import { ChevronRight, Command as CommandIcon, Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Command, CommandChoice } from '../../base/command.ts';
import { isComposingKey, shortcutWords } from '../../base/keys.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import { matchChoices, matchCommands } from './palette-match.ts';
import type { PaletteStore } from './palette.store.ts';

export type PaletteProps = {
  palette: PaletteStore;
  commands: readonly Command[];
  recentIds: readonly string[];
  /** What was typed, looked for in everything else. */
  onSearch: (text: string) => void;
  onRan: (command: Command) => void;
  onClose: () => void;
};
type Entry = { kind: 'command'; key: string; command: Command; isRecent: boolean } | { kind: 'choice'; key: string; choice: CommandChoice } | { kind: 'search'; key: string; text: string };

/** Ctrl/Cmd+K: every command by a few letters of its name. One that takes something (until when, which label) asks for it in the same box. */
export function PaletteOverlay(props: PaletteProps) {
  const { t } = useTexts();
  const { palette, onClose } = props;
  const state = useStore(palette.store);
  const inputRef = useRef<HTMLInputElement>(null);
  const { entries, run } = usePalette(props);
  const active = Math.min(state.activeIndex, entries.length - 1);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposingKey(event.nativeEvent)) return;
    const step = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key as 'ArrowDown' | 'ArrowUp'];
    const entry = entries[active];
    if (step !== undefined) palette.move(step, entries.length);
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey && entry?.kind === 'command' && entry.command.choices !== undefined)) run(entry);
    else if (event.key === 'Backspace' && state.asked !== null && state.text === '') palette.back();
    else return;
    event.preventDefault();
  };
  const title = state.asked?.choiceTitleKey === undefined ? t('palette.title') : t(state.asked.choiceTitleKey, state.asked.labelValues);
  return (
    <Overlay title={t('palette.title')} isTitleHidden onClose={onClose} initialFocus={inputRef}>
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-4">
        <CommandIcon size={16} aria-hidden className="shrink-0 text-ink-3" />
        {state.asked !== null && <span className="shrink-0 rounded bg-accent-tint px-2 leading-6 text-accent">{t(state.asked.labelKey, state.asked.labelValues)}</span>}
        <input ref={inputRef} role="combobox" aria-label={title} aria-expanded={entries.length > 0} aria-controls="palette-list" aria-autocomplete="list" aria-activedescendant={entries.length > 0 ? `palette-${active}` : undefined} placeholder={state.asked === null ? t('palette.placeholder') : title} value={state.text} maxLength={200} spellCheck={false} onChange={(event) => palette.type(event.target.value)} onKeyDown={onKeyDown} className="h-8 min-w-0 flex-1 bg-transparent text-talk outline-none" />
      </div>
      <p role="status" className="sr-only">{!state.isLoading && t('palette.count', { count: entries.length })}</p>
      <div id="palette-list" role="listbox" aria-label={title} className="quiet-scroll min-h-0 overflow-y-auto p-1 empty:hidden">
        {entries.map((entry, index) => <EntryRow key={entry.key} entry={entry} index={index} isActive={index === active} onRun={() => run(entry)} />)}
      </div>
      {entries.length === 0 && <p className="px-4 py-3 text-ink-3">{t(state.isLoading ? 'state.loading' : 'palette.none')}</p>}
      <p className="shrink-0 border-t border-line px-4 py-2 text-meta text-ink-3">{t(state.asked === null ? 'palette.hint' : 'palette.choiceHint')}</p>
    </Overlay>
  );
}

function usePalette({ palette, commands, recentIds, onSearch, onRan, onClose }: PaletteProps) {
  const texts = useTexts();
  const { t } = texts;
  const { clock } = useShell();
  const { asked, text, choices } = useStore(palette.store);
  useEffect(() => () => palette.reset(), [palette]);
  useEffect(() => {
    if (asked !== null) void palette.load({ ...texts, text, nowMs: clock.store.getState().nowMs });
  }, [palette, asked, text, texts, clock]);
  const finish = (run: () => void): void => {
    if (asked !== null) onRan(asked);
    onClose();
    // after the dialog has handed the focus back
    setTimeout(run, 0);
  };
  const run = (entry: Entry | undefined): void => {
    if (entry === undefined) return;
    if (entry.kind === 'choice') return finish(entry.choice.run);
    if (entry.kind === 'search') return onSearch(entry.text);
    if (entry.command.choices !== undefined) return palette.ask(entry.command);
    onRan(entry.command);
    finish(entry.command.run);
  };
  const entries: Entry[] = asked === null ? commandEntries(text, matchCommands(text, commands, recentIds, t), recentIds) : matchChoices(text, choices).map((choice) => ({ kind: 'choice', key: choice.id, choice }));
  return { entries, run };
}

function commandEntries(text: string, commands: readonly Command[], recentIds: readonly string[]): Entry[] {
  const shown = commands.map((command): Entry => ({ kind: 'command', key: command.id, command, isRecent: text.trim() === '' && recentIds.includes(command.id) }));
  return text.trim() === '' ? shown : [...shown, { kind: 'search', key: 'search', text: text.trim() }];
}

function EntryRow({ entry, index, isActive, onRun }: { entry: Entry; index: number; isActive: boolean; onRun: () => void }) {
  const rowRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) rowRef.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // The box keeps the focus and takes the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- options take clicks; the field that owns the list takes the keys
    <div ref={rowRef} id={`palette-${index}`} role="option" aria-selected={isActive} onPointerDown={(event) => event.preventDefault()} onClick={onRun} className={clsx('flex h-8 items-center gap-3 rounded px-3', isActive ? 'bg-accent-tint' : 'hover:bg-raised')}>
      <EntryWords entry={entry} />
    </div>
  );
}

function EntryWords({ entry }: { entry: Entry }) {
  const { t } = useTexts();
  if (entry.kind === 'search') return <><Search size={14} aria-hidden className="shrink-0 text-ink-3" /><span className="min-w-0 flex-1 truncate">{t('palette.search', { text: entry.text })}</span></>;
  if (entry.kind === 'choice') {
    return (
      <>
        <span className="min-w-0 shrink-0 max-w-[60%] truncate">{entry.choice.label}</span>
        <span className="min-w-0 flex-1 truncate text-right text-meta text-ink-3">{entry.choice.hint}</span>
      </>
    );
  }
  const { command, isRecent } = entry;
  return (
    <>
      <span className="min-w-0 flex-1 truncate">{t(command.labelKey, command.labelValues)}{command.choices !== undefined && '…'}</span>
      <span className="shrink-0 text-meta text-ink-3">{isRecent ? t('palette.recent') : t(`keys.group.${command.group}`)}</span>
      <span className="flex w-24 shrink-0 justify-end">{command.shortcut !== null && <Kbd shortcut={shortcutWords(command.shortcut)} />}</span>
      {command.choices === undefined ? <span className="w-3.5 shrink-0" /> : <ChevronRight size={14} aria-hidden className="shrink-0 text-ink-3" />}
    </>
  );
}
