import { app } from 'electron';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { DesktopEvent } from '../../../shared/desktop-bridge.ts';
import { LINK_SCHEME, parseConversationLink } from '../../../shared/deep-link.ts';

/** The conversation that a command line names; everything else in it is ignored. */
export function linkIn(args: readonly string[]): ConversationId | null {
  return args.map(parseConversationLink).find((id) => id !== null) ?? null;
}

/** To be called before the app is ready. `onLink` also hears, with null, of a second start that named no link. */
export function listenForLinks(onLink: (id: ConversationId | null) => void): void {
  // an unpacked copy would register the bare Electron for everybody's links
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  app.on('open-url', (event, address) => {
    event.preventDefault();
    const id = parseConversationLink(address);
    if (id !== null) onLink(id);
  });
  app.on('second-instance', (_event, args) => onLink(linkIn(args)));
}

/** Hands links to the page: at once while it listens, else when it first asks. */
export function createLinkBox(tell: (event: DesktopEvent) => void, first: ConversationId | null) {
  let waiting = first;
  let isListening = false;
  return {
    give(conversationId: ConversationId): void {
      if (isListening) tell({ kind: 'conversation.opened', conversationId });
      else waiting = conversationId;
    },
    take(): ConversationId | null {
      const taken = waiting;
      waiting = null;
      isListening = true;
      return taken;
    },
    /** The page is loaded anew. */
    pageGone(): void {
      isListening = false;
    },
  };
}
