import type { StoreApi } from 'zustand/vanilla';
import type { Quote } from '../../../shared/contract/attachment.contract.ts';
import type { ConversationId, SuggestionId } from '../../../shared/contract/ids.contract.ts';
import type { GuardViolation } from '../../../shared/contract/suggestion.contract.ts';
import type { CallFailure } from '../../base/call-failure.ts';
import type { Mark } from './draft-marks.ts';
import type { UnsavedDraft } from './draft-saver.ts';
import type { MacroSuggestions } from './macro-suggestions.ts';

export type ComposerState = {
  conversationId: ConversationId | null;
  /** False until the stored draft has been read. */
  isReady: boolean;
  /** The stored draft could not be read; it is tried again, and nothing is typed over it meanwhile. */
  isLoadFailing: boolean;
  text: string;
  caret: number;
  marks: readonly Mark[];
  /** The message this reply answers. */
  replyTo: Quote | null;
  /** Suggestions inserted into this reply, edited since or not; one that was undone is not among them. */
  usedIds: readonly SuggestionId[];
  /** True for `checkedText` only. */
  violations: readonly GuardViolation[];
  checkedText: string;
  /** The text for which the rep is asked whether to send it all the same. */
  askedText: string | null;
  /** Send was pressed while files were still on their way, or had failed. */
  isHeldByFiles: boolean;
  isSending: boolean;
  sendFailure: CallFailure | null;
  saveState: 'idle' | 'saved' | 'failed';
  macros: MacroSuggestions | null;
  /** Raised whenever the text was set from outside the field, which then starts afresh. */
  revision: number;
};
export type ComposerApi = StoreApi<ComposerState>;

/** A reply of which nothing is written. */
export const EMPTY_REPLY = {
  isLoadFailing: false, text: '', caret: 0, marks: [], replyTo: null, usedIds: [], violations: [], checkedText: '', askedText: null, isHeldByFiles: false, isSending: false, sendFailure: null, saveState: 'idle', macros: null,
} as const satisfies Partial<ComposerState>;

/** What of the state is the draft; null while no conversation is open. */
export function draftOf({ conversationId, text, caret, marks, replyTo }: ComposerState): UnsavedDraft | null {
  return conversationId === null ? null : { conversationId, text, caret, marks: [...marks], ...(replyTo === null ? {} : { replyTo }) };
}
