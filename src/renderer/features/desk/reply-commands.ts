import type { Command } from '../../base/command.ts';
import type { Desk } from './desk.store.ts';

const MOST_NUMBERED = 9;

/** Suggestions by number, macros by name, and sending. */
export function replyCommands(desk: Desk): Command[] {
  const insert = (number: number): Command => ({
    id: `desk.insert${number}`, labelKey: 'command.insertNumber', labelValues: { number: String(number) }, group: 'reply', shortcut: `Alt+${number}`, isAllowedWhileTyping: true,
    isAvailable: () => desk.suggestionCount() >= number, run: () => void desk.insertSuggestion(number),
  });
  const isReplying = (): boolean => desk.composer.store.getState().conversationId !== null;
  return [
    ...Array.from({ length: MOST_NUMBERED }, (_one, index) => insert(index + 1)),
    { id: 'desk.compose', labelKey: 'command.compose', group: 'reply', shortcut: 'r', run: () => desk.focusField() },
    { id: 'desk.send', labelKey: 'command.send', group: 'reply', shortcut: 'Mod+Enter', isAllowedWhileTyping: true, isAvailable: isReplying, run: () => void desk.composer.send() },
    { id: 'desk.suggestions', labelKey: 'command.suggestions', group: 'reply', shortcut: 's', isAvailable: () => desk.suggestionCount() > 0, run: () => document.getElementById('suggestions')?.focus() },
    {
      id: 'desk.macro', labelKey: 'command.insertMacro', group: 'reply', shortcut: null, choiceTitleKey: 'composer.macros', isAvailable: isReplying, run: () => desk.focusField(),
      choices: async ({ text }) => {
        const matches = await desk.macroKeys.find(desk.composer.store.getState().conversationId, text);
        return matches.map((macro) => ({ id: macro.id, label: macro.title === '' ? macro.code : macro.title, hint: `;${macro.code}`, isTyped: true, run: () => void desk.insertMacro(macro) }));
      },
    },
    { id: 'desk.dropQuote', labelKey: 'quote.remove', group: 'reply', shortcut: null, isAvailable: () => desk.composer.store.getState().replyTo !== null, run: () => desk.composer.quote(null) },
  ];
}
