import { useCommandKeys } from '../base/command-keys-context.tsx';
import { Kbd } from './kbd.tsx';

/** The keys of a command beside its button or menu line, as this rep has them; nothing when it has none. For the eye: assistive technology hears the keys in the sheet. */
export function CommandKey({ commandId, className }: { commandId: string; className?: string }) {
  const words = useCommandKeys(commandId);
  return words === null ? null : <span aria-hidden className={className}><Kbd shortcut={words} /></span>;
}
