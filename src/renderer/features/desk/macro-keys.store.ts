import { createStore } from 'zustand/vanilla';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import type { MacroMatch } from '../../../shared/contract/suggestion.contract.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { Command } from '../../base/command.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { Client } from '../../connection/connection.ts';

/** The macros that the signed-in rep has bound to keys. */
export function createMacroKeys(client: Client) {
  const store = createStore<{ bound: readonly Macro[] }>(() => ({ bound: [] }));
  const read = coalesce(async () => {
    await client.knowledge.macros({}).then((macros) => store.setState({ bound: macros.filter(({ shortcut }) => shortcut !== null) }), () => {});
  }, 150);
  return {
    store,
    receive(event: FeedEvent) {
      // keys of the rep before must not work for the next
      if (event.type === 'session.changed') store.setState({ bound: [] });
      if (event.type === 'feed.opened' || event.type === 'data.changed' || event.type === 'session.changed') read();
    },
    /** The macro with its variables filled for this conversation; undefined when it is gone. */
    async filled(conversationId: ConversationId, { id, code }: Pick<Macro, 'id' | 'code'>): Promise<MacroMatch | undefined> {
      const matches = await client.suggestion.macros({ conversationId, query: code, limit: 20 });
      return matches.find((match) => match.id === id);
    },
    /** Macros that fit the text, filled for this conversation; none without one. */
    find: async (conversationId: ConversationId | null, query: string): Promise<MacroMatch[]> => (conversationId === null ? [] : client.suggestion.macros({ conversationId, query, limit: 20 })),
    commands: (insert: (macro: Macro) => void): Command[] =>
      store.getState().bound.map((macro) => ({
        id: `macro.${macro.id}`, labelKey: 'command.macro', labelValues: { title: macro.title === '' ? macro.code : macro.title }, group: 'reply', shortcut: macro.shortcut, isAllowedWhileTyping: true,
        run: () => insert(macro),
      })),
  };
}
