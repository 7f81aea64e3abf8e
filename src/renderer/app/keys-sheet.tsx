import { Printer } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Command } from '../base/command.ts';
import { shortcutsOf } from '../base/key-map.ts';
import { shortcutWords } from '../base/keys.ts';
import { useTexts } from '../base/texts.tsx';
import type { TextKey } from '../../shared/i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Overlay } from '../ui/overlay.tsx';
import { nameFit } from './palette/palette-match.ts';

const GROUPS = ['queue', 'work', 'reply', 'go', 'app'] as const;
/** Keys that act inside a field or list, not as commands. */
export const FIELD_KEYS: readonly { labelKey: TextKey; shortcut: string }[] = [
  { labelKey: 'keys.send', shortcut: 'Enter' },
  { labelKey: 'keys.newline', shortcut: 'Shift+Enter' },
  { labelKey: 'keys.takeNumber', shortcut: '1' },
  { labelKey: 'keys.typeAhead', shortcut: ';' },
  { labelKey: 'keys.nextHole', shortcut: 'Tab' },
  { labelKey: 'keys.openSuggestion', shortcut: 'Space' },
  { labelKey: 'keys.dismiss', shortcut: 'Delete' },
];
type Line = { key: string; label: string; shortcuts: readonly string[]; isChosen: boolean };

/** All keys, from the same list that runs them: searched by name or key, printed, with what this rep has changed marked. */
export function KeysSheet({ commands, chosenIds, onChange, onClose }: { commands: readonly Command[]; chosenIds: ReadonlySet<string>; onChange: () => void; onClose: () => void }) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  const linesOf = (group: (typeof GROUPS)[number]): Line[] => {
    const own = commands.filter((command) => command.group === group && shortcutsOf(command).length > 0 && command.isAvailable?.() !== false).map((command): Line => ({ key: command.id, label: t(command.labelKey, command.labelValues), shortcuts: shortcutsOf(command), isChosen: chosenIds.has(command.id) }));
    const fixed = group === 'reply' ? FIELD_KEYS.map(({ labelKey, shortcut }): Line => ({ key: labelKey, label: t(labelKey), shortcuts: [shortcut], isChosen: false })) : [];
    return [...own, ...fixed].filter(({ label, shortcuts }) => nameFit(text, label) > 0 || shortcuts.some((shortcut) => shortcutWords(shortcut).toLowerCase() === text.trim().toLowerCase()));
  };
  const groups = GROUPS.map((group) => ({ group, lines: linesOf(group) })).filter(({ lines }) => lines.length > 0);
  return (
    <Overlay title={t('keys.title')} onClose={onClose} initialFocus={inputRef} className="print-sheet w-[min(760px,calc(100vw-32px))]">
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-4 py-2 print:hidden">
        <input ref={inputRef} type="search" aria-label={t('keys.find')} placeholder={t('keys.find')} value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} className="ring-inside h-7 min-w-0 flex-1 rounded border border-control bg-surface px-2" />
        <Button onClick={() => window.print()}><Printer size={14} aria-hidden />{t('keys.print')}</Button>
        <Button onClick={onChange}>{t('keys.change')}</Button>
      </div>
      {/* A scroll area must take focus, or the keyboard cannot reach what is below. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
      <div tabIndex={0} role="group" aria-label={t('keys.title')} className="quiet-scroll ring-inside min-h-0 columns-2 gap-8 overflow-y-auto p-4 max-md:columns-1 print:overflow-visible">
        {groups.map(({ group, lines }) => (
          <section key={group} aria-label={t(`keys.group.${group}`)} className="break-inside-avoid pb-4">
            <h3 className="pb-1 text-meta text-ink-3">{t(`keys.group.${group}`)}</h3>
            <dl>{lines.map((line) => <KeyLine key={line.key} line={line} />)}</dl>
          </section>
        ))}
        {groups.length === 0 && <p className="text-ink-3">{t('keys.none')}</p>}
      </div>
      <p className="shrink-0 border-t border-line px-4 py-2 text-meta text-ink-3">{t('keys.note')}</p>
    </Overlay>
  );
}

function KeyLine({ line: { label, shortcuts, isChosen } }: { line: Line }) {
  const { t } = useTexts();
  return (
    <div className="flex min-h-7 break-inside-avoid items-center justify-between gap-4">
      <dt className="min-w-0 py-0.5">{label}{isChosen && <span className="text-meta text-accent"> · {t('keys.chosen')}</span>}</dt>
      <dd className="flex shrink-0 items-center gap-1.5">{shortcuts.map((shortcut, index) => <span key={shortcut} className="inline-flex items-center gap-1.5">{index > 0 && <span className="text-meta text-ink-3">{t('keys.or')}</span>}<Kbd shortcut={shortcutWords(shortcut)} /></span>)}</dd>
    </div>
  );
}
