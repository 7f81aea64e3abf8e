import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { Suggestion } from '../../shared/contract/suggestion.contract.ts';
import type { MacroScope } from './macro-text.ts';

/** One message of the conversation so far, as the composer of suggestions sees it. */
export type ContextTurn = { role: MessageRole; text: string };

export type SuggestionContext = {
  turns: readonly ContextTurn[];
  /** Values macros may name; also the personal details a reply may repeat to this customer. */
  scope: MacroScope;
  /** Conversations whose messages are no past answers: this one, and the one a replay plays again. */
  excludedConversationIds: readonly string[];
};

/** A suggestion before it is stored. */
export type ComposedSuggestion = Omit<Suggestion, 'id' | 'conversationId' | 'messageId' | 'status' | 'rank'>;
