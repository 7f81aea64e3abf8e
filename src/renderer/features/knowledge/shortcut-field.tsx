import { useState } from 'react';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import { isBindable, shortcutConflict, type TakenShortcut } from '../../../shared/shortcut-conflict.ts';
import { callFailure } from '../../base/call-failure.ts';
import { keyRefusal } from '../../base/key-refusal.ts';
import { isComposingKey, shortcutOf, shortcutWords } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';
import { TextField } from '../../ui/fields.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';

/** Takes the keys pressed in it; Tab and Escape stay the page's, Backspace clears. */
export function ShortcutField({ knowledge, macro, takenShortcuts }: { knowledge: KnowledgeStore; macro: Macro; takenShortcuts: () => readonly TakenShortcut[] }) {
  const { t } = useTexts();
  const [problem, setProblem] = useState<string | null>(null);
  const bind = (shortcut: string | null): void =>
    void knowledge.bindMacro(macro.id, shortcut).then(
      () => setProblem(null),
      (error: unknown) => {
        const { code, sentence } = callFailure(error);
        setProblem(sentence ?? t(`error.${code}`));
      },
    );
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposingKey(event.nativeEvent) || event.key === 'Tab' || event.key === 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Backspace' || event.key === 'Delete') return bind(null);
    const shortcut = shortcutOf(event.nativeEvent);
    if (shortcut === null) return;
    const refusal = isBindable(shortcut) ? keyRefusal(shortcut, { shortcut: macro.shortcut, isAllowedWhileTyping: true }) : 'macro.shortcutBad';
    if (refusal !== null) return setProblem(t(refusal));
    const conflict = shortcutConflict(shortcut, takenShortcuts());
    if (conflict !== null) return setProblem(t('macro.shortcutTaken', { owner: conflict.owner }));
    bind(shortcut);
  };
  return <TextField label={t('macro.shortcut')} value={macro.shortcut === null ? '' : shortcutWords(macro.shortcut)} readOnly onKeyDown={onKeyDown} problem={problem} help={t('macro.shortcutHelp')} className="max-w-80" />;
}
