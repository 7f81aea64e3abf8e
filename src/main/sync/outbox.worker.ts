import type { ConversationId, OutboxId } from '../../shared/contract/ids.contract.ts';
import type { Attachment } from '../../shared/contract/attachment.contract.ts';
import type { OutboxEntry } from '../../shared/contract/conversation.contract.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import type { Connector, OutgoingReply } from './connector.ts';
import { outgoingReply, type QuotedMessage } from './outgoing-reply.ts';

/** What the worker needs of the store; every method is one transaction. */
export type OutboxStore = {
  listUnsent(): OutboxEntry[];
  conversationExternalId(conversationId: ConversationId): string;
  /** The message a reply answers, when it answers one that the channel numbered. */
  quotedMessage?(entry: OutboxEntry): QuotedMessage | undefined;
  /** The bytes of a file, chunk by chunk. */
  readFile?(attachment: Attachment): Iterable<Uint8Array>;
  /** Undefined while the channel is stopped; 'none' where there is no channel to send by (imported history). */
  connectorOf(conversationId: ConversationId): Connector | 'none' | undefined;
  markSending(id: OutboxId): OutboxEntry;
  markSent(id: OutboxId, externalId: string): OutboxEntry;
  markFailed(id: OutboxId, reason: string): OutboxEntry;
  markUnknown(id: OutboxId, reason: string): OutboxEntry;
};

export type OutboxWorker = {
  /** Sends whatever is due; called after a reply is queued, on start and when a channel comes back. */
  kick(): void;
  /** Resolves when nothing is under way; for tests and for closing. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

const SEND_TIMEOUT_MS = 30_000;
const UNKNOWN_RETRY_MS = 5_000;

/**
 * Takes replies one after the other from queued to sent; the later ones of a conversation wait for the earlier. A reply found in `sending` at start was cut off by a crash: it is
 * `unknown` and looked up on the channel before it may be sent again, so none is lost and none is doubled.
 */
export function createOutboxWorker(store: OutboxStore, onError: (error: unknown) => void): OutboxWorker {
  const stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let isKicked = false;
  let timer: NodeJS.Timeout | undefined;

  const drain = async () => {
    do {
      isKicked = false;
      const heldUp = new Set<ConversationId>();
      for (const entry of store.listUnsent()) {
        if (stopped.signal.aborted) return;
        if (entry.state === 'failed' || heldUp.has(entry.conversationId)) continue;
        if (!(await deliver(store, entry, stopped.signal))) heldUp.add(entry.conversationId);
      }
    } while (isKicked);
    const waiting = store.listUnsent().some((entry) => entry.state === 'unknown');
    if (waiting && !stopped.signal.aborted) timer = setTimeout(kick, UNKNOWN_RETRY_MS);
  };
  const kick = () => {
    isKicked = true;
    if (isRunning || stopped.signal.aborted) return;
    clearTimeout(timer);
    isRunning = true;
    running = drain()
      .catch(onError)
      .finally(() => {
        isRunning = false;
        if (isKicked) kick();
      });
  };
  return {
    kick,
    idle: () => running,
    async stop() {
      clearTimeout(timer);
      stopped.abort();
      await running;
    },
  };
}

/** True when the reply needs no more work: sent, refused, or gone. */
async function deliver(store: OutboxStore, entry: OutboxEntry, stopped: AbortSignal): Promise<boolean> {
  try {
    const connector = store.connectorOf(entry.conversationId);
    if (connector === undefined) return false;
    if (connector === 'none') store.markFailed(entry.id, 'no_channel');
    else await sendBy(connector, store, entry, AbortSignal.any([stopped, AbortSignal.timeout(SEND_TIMEOUT_MS)]));
    return true;
  } catch (error) {
    return !markUnknown(store, entry.id, messageOf(error));
  }
}

async function sendBy(connector: Connector, store: OutboxStore, entry: OutboxEntry, signal: AbortSignal): Promise<void> {
  const reply: OutgoingReply = outgoingReply(entry, {
    conversationExternalId: store.conversationExternalId(entry.conversationId), canQuote: connector.canQuote === true,
    quoted: store.quotedMessage?.(entry), readFile: (attachment) => store.readFile?.(attachment) ?? [],
  });
  if (entry.state === 'unknown' || entry.state === 'sending') {
    const externalId = await connector.findSent(reply, signal);
    if (externalId !== null) return void store.markSent(entry.id, externalId);
  }
  store.markSending(entry.id);
  const outcome = await connector.send(reply, signal);
  if (outcome.kind === 'sent') store.markSent(entry.id, outcome.externalId);
  else store.markFailed(entry.id, outcome.reason);
}

/** False when the reply is not there any more: taken back before it was on its way, or erased with its customer. */
function markUnknown(store: OutboxStore, id: OutboxId, reason: string): boolean {
  try {
    store.markUnknown(id, reason);
    return true;
  } catch (error) {
    if (error instanceof DeskmateError && error.code === 'not_found') return false;
    throw error;
  }
}
