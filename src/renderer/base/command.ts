import type { TextKey } from '../../shared/i18n/texts.ts';

/** Something the rep can do by key, palette or menu. Shortcuts as `matchesShortcut` reads them. */
export type Command = {
  id: string;
  labelKey: TextKey;
  group: 'go' | 'queue' | 'reply' | 'app';
  shortcut: string | null;
  /** Acts also while the caret is in a text field; never while an input method composes. */
  isAllowedWhileTyping?: boolean;
  run: () => void;
};
