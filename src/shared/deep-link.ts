import { conversationIdSchema, type ConversationId } from './contract/ids.contract.ts';

export const LINK_SCHEME = 'deskmate';

/** `deskmate://conversation/ID`: the address of one conversation on this machine. */
export function conversationLink(id: ConversationId): string {
  return `${LINK_SCHEME}://conversation/${id}`;
}

/** The conversation an address from outside names; null for everything else, whoever made it. A slash at the end is some browsers' doing. */
export function parseConversationLink(address: string): ConversationId | null {
  const [, id] = /^deskmate:\/\/conversation\/([^/?#]{26})\/?$/i.exec(address) ?? [];
  return conversationIdSchema.safeParse(id?.toUpperCase()).data ?? null;
}

/** The same from the fragment of a page's address: `#conversation/ID`. */
export function parseConversationHash(hash: string): ConversationId | null {
  return hash.startsWith('#') ? parseConversationLink(`${LINK_SCHEME}://${hash.slice(1)}`) : null;
}
