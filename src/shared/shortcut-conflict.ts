/** A key combination that is in use; `owner` says by what, in words for the rep. */
export type TakenShortcut = { shortcut: string; owner: string };

const MODIFIERS = ['mod', 'alt', 'shift'];

/** `Mod+Shift+K`, `shift+mod+k` and `Ctrl+Shift+K` are one combination; the keys of a sequence (`g d`) keep their order. */
export function normaliseShortcut(shortcut: string): string {
  return shortcut
    .trim()
    .split(/\s+/)
    .map((press) => {
      const parts = press.toLowerCase().split('+').map((part) => (part === 'ctrl' || part === 'cmd' || part === 'meta' ? 'mod' : part));
      const key = parts.at(-1) ?? '';
      return [...MODIFIERS.filter((modifier) => parts.slice(0, -1).includes(modifier)), key].join('+');
    })
    .join(' ');
}

/** What already answers to these keys: the same combination, or a sequence that begins with it (or that it begins). Null when they are free. */
export function shortcutConflict(shortcut: string, taken: readonly TakenShortcut[]): TakenShortcut | null {
  const wanted = normaliseShortcut(shortcut);
  if (wanted === '') return null;
  const overlaps = (other: string): boolean => other === wanted || other.startsWith(`${wanted} `) || wanted.startsWith(`${other} `);
  return taken.find((one) => overlaps(normaliseShortcut(one.shortcut))) ?? null;
}

/** Keys a macro may be bound to: with Mod or Alt, so that typing never sets one off; function keys alone. */
export function isBindable(shortcut: string): boolean {
  const normal = normaliseShortcut(shortcut);
  return /^f([1-9]|1[0-2])$/.test(normal) || (/^(mod\+|alt\+)/.test(normal) && /(^|\+)([a-z0-9]|f([1-9]|1[0-2]))$/.test(normal));
}
