import type { MessageRole } from '../../shared/contract/conversation.contract.ts';
import type { AttachmentSource } from '../conversations/attachment-source.ts';

/** One message as a channel tells it; `externalId` is unique within its conversation. */
export type IncomingMessage = {
  conversationExternalId: string;
  customerExternalId: string;
  customerName?: string;
  externalId: string;
  role: MessageRole;
  text: string;
  /** Epoch ms UTC. */
  sentAt: number;
  /** Files it carries; stored in the transaction that stores the message. */
  attachments?: readonly AttachmentSource[];
  /** The message of the same conversation it answers, as the channel numbers them. */
  replyToExternalId?: string;
};

/** Messages after a cursor and the cursor after them; both are stored in one transaction. */
export type PulledBatch = { messages: IncomingMessage[]; cursor: string; hasMore: boolean };

/** A file of a reply; `read` gives its bytes chunk by chunk, from the start at each call. */
export type OutgoingFile = { name: string; mime: string; byteCount: number; read(): Iterable<Uint8Array> };

/** `replyToExternalId`: the message it answers, for channels that can quote; the others get it as the first line of the text. */
export type OutgoingReply = { id: string; conversationExternalId: string; text: string; files?: readonly OutgoingFile[]; replyToExternalId?: string };

/** What a channel says of a reply: delivered under this id, or refused for good. Anything thrown means "unknown". */
export type SendOutcome = { kind: 'sent'; externalId: string } | { kind: 'refused'; reason: string };

/**
 * What every channel offers. `pull` is the truth and is idempotent by (conversation, externalId); `live` only hints that
 * a pull would find something. A reply whose fate is unknown is looked up by `findSent` before it is sent again.
 */
export type Connector = {
  pull(cursor: string | null, signal: AbortSignal): Promise<PulledBatch>;
  /** Calls `onHint` whenever a pull may find more, until the signal aborts. */
  live(onHint: () => void, signal: AbortSignal): void;
  send(reply: OutgoingReply, signal: AbortSignal): Promise<SendOutcome>;
  /** The channel's id of a reply sent earlier under our id, or null when the channel never got it. */
  findSent(reply: OutgoingReply, signal: AbortSignal): Promise<string | null>;
  /** True when it carries quotes itself. */
  canQuote?: true;
  /** True when it keeps words of this customer that it has still to tell. */
  holdsCustomer?(customerExternalId: string): boolean;
  /** How far it has come, where a channel has an end. */
  progress?(cursor: string | null): { playedCount: number; totalCount: number };
};
