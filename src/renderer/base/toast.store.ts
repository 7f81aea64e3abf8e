import { createStore } from 'zustand/vanilla';
import type { TextKey } from '../../shared/i18n/texts.ts';

export type ToastText = { key: TextKey; values?: Record<string, string | number> };
export type Toast = { id: number; tone: 'plain' | 'problem'; text: ToastText; detail: string | null; action: { labelKey: TextKey; /** The command that does the same. */ commandId?: string; run: () => void } | null };
export type ToastStore = ReturnType<typeof createToastStore>;

const PLAIN_MS = 6000;
const PROBLEM_MS = 12_000;

const isSameText = (a: ToastText, b: ToastText): boolean => a.key === b.key && JSON.stringify(a.values) === JSON.stringify(b.values);

/** Short notices; each leaves by itself, later when it offers an action or tells of a problem. */
export function createToastStore() {
  const store = createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));
  let nextId = 1;
  const dismiss = (id: number): void => store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
  const add = (toast: Omit<Toast, 'id'>): void => {
    const id = nextId++;
    // The same words twice are one notice, and a key takes back one step: the newest.
    const isReplaced = (other: Toast): boolean => isSameText(other.text, toast.text) || (toast.action?.commandId !== undefined && other.action?.commandId === toast.action.commandId);
    store.setState(({ toasts }) => ({ toasts: [...toasts.filter((other) => !isReplaced(other)).slice(-2), { ...toast, id }] }));
    setTimeout(() => dismiss(id), toast.tone === 'problem' || toast.action !== null ? PROBLEM_MS : PLAIN_MS);
  };
  return {
    store,
    dismiss,
    /** Takes back the notice that offers what this command has just done. */
    retract: (commandId: string) => store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.action?.commandId !== commandId) })),
    show: (text: ToastText, action: Toast['action'] = null) => add({ tone: 'plain', text, detail: null, action }),
    problem: (text: ToastText, detail: string | null = null) => add({ tone: 'problem', text, detail, action: null }),
  };
}
