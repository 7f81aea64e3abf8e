import { createStore } from 'zustand/vanilla';
import type { ConversationSummary, Message } from '../../../shared/contract/conversation.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Article } from '../../../shared/contract/knowledge.contract.ts';
import type { Note } from '../../../shared/contract/work.contract.ts';
import type { Client } from '../../connection/connection.ts';

export type Printed =
  | { kind: 'conversation'; summary: ConversationSummary; messages: readonly Message[]; notes: readonly Note[]; isCut: boolean; printedAt: number }
  | { kind: 'article'; article: Article; printedAt: number };
export type PrintStore = ReturnType<typeof createPrintStore>;

const PAGE = 500;
/** The newest ones; more would be hundreds of sheets. */
const MOST_MESSAGES = 2000;

/** What is on its way to the printer; null otherwise. */
export function createPrintStore(client: Client, now: () => number) {
  const store = createStore<{ printed: Printed | null }>(() => ({ printed: null }));
  return {
    store,
    /** Reads the whole conversation, then prints. Rejects when it cannot be read. */
    async conversation(conversationId: ConversationId): Promise<void> {
      const [summary, history, { messages, isCut }] = await Promise.all([client.conversation.get({ conversationId }), client.work.history({ conversationId }), readMessages(client, conversationId)]);
      store.setState({ printed: { kind: 'conversation', summary, messages, notes: history.notes, isCut, printedAt: now() } });
    },
    article: (article: Article) => store.setState({ printed: { kind: 'article', article, printedAt: now() } }),
    done: () => store.setState({ printed: null }),
  };
}

async function readMessages(client: Client, conversationId: ConversationId): Promise<{ messages: Message[]; isCut: boolean }> {
  let messages: Message[] = [];
  for (;;) {
    const first = messages[0];
    const page = await client.conversation.messages({ conversationId, limit: PAGE, ...(first === undefined ? {} : { before: first.id }) });
    messages = [...page.messages, ...messages];
    if (!page.hasMore || page.messages.length === 0 || messages.length >= MOST_MESSAGES) return { messages, isCut: page.hasMore };
  }
}
