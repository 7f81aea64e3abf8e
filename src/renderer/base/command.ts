import type { TextKey } from '../../shared/i18n/texts.ts';
import type { Texts } from './texts.tsx';

/** What a command can be given in the palette: a time, a label, a colleague, a conversation. */
export type CommandChoice = {
  id: string;
  label: string;
  hint?: string;
  /** Found by these as well. */
  keywords?: string;
  /** Made from what was typed, so it is shown whatever else fits. */
  isTyped?: boolean;
  run: () => void;
};
export type ChoiceQuestion = Texts & { text: string; nowMs: number };

/** Something the rep can do by key, palette or menu. Shortcuts as `shortcutOf` writes them, or two of them with a space (`g d`). */
export type Command = {
  id: string;
  labelKey: TextKey;
  /** What the label names: the macro that a key inserts, the number of a suggestion. */
  labelValues?: Record<string, string>;
  group: 'go' | 'queue' | 'work' | 'reply' | 'app';
  shortcut: string | null;
  /** Further keys that do the same until the rep chooses one. */
  alsoShortcuts?: readonly string[];
  /** The screen it belongs to; left out, it acts on every screen. */
  place?: 'desk';
  /** Acts also while the caret is in a text field; never while an input method composes. */
  isAllowedWhileTyping?: boolean;
  /** Runs again and again while its key is held. */
  isRepeatable?: boolean;
  /** False while it could do nothing: its keys rest, and the palette leaves it out. */
  isAvailable?: () => boolean;
  /** What the palette asks for before it runs: read again whenever the text changes. The title of that question is `choiceTitleKey`. */
  choices?: (question: ChoiceQuestion) => CommandChoice[] | Promise<CommandChoice[]>;
  choiceTitleKey?: TextKey;
  run: () => void;
};
