import type { ConversationId } from '../../../shared/contract/ids.contract.ts';

type Picked = { id: string; text: string };
export type MacroUses = ReturnType<typeof createMacroUses>;

const MOST_COUNTED = 20;
/** A piece of a macro shorter than this proves nothing. */
const MIN_PIECE_CHARS = 4;

/** Macros that were put into replies being written; what is still in a reply when it goes out counts as used. */
export function createMacroUses() {
  const picked = new Map<ConversationId, Picked[]>();
  return {
    note(conversationId: ConversationId, macro: Picked): void {
      picked.set(conversationId, [...(picked.get(conversationId) ?? []), macro]);
    },
    /** Of the macros picked for this conversation those that `text` still holds a piece of. */
    heldBy: (conversationId: ConversationId, text: string): string[] => [...new Set((picked.get(conversationId) ?? []).filter((macro) => holdsPiece(text, macro.text)).map(({ id }) => id))].slice(0, MOST_COUNTED),
    forget: (conversationId: ConversationId): void => void picked.delete(conversationId),
  };
}

function holdsPiece(text: string, macroText: string): boolean {
  const pieces = macroText.split(/⟨[^⟨⟩\n]*⟩|[\s，。！？、；：,.!?;:]+/).filter((piece) => piece !== '');
  const telling = pieces.filter((piece) => piece.length >= MIN_PIECE_CHARS);
  return telling.length > 0 ? telling.some((piece) => text.includes(piece)) : pieces.every((piece) => text.includes(piece));
}
