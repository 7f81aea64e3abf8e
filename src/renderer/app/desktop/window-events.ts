import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Page } from '../page.ts';

/** Does what was chosen outside the page: a notice or a link clicked, the tray's menu. Returns how to stop. */
export function followWindow({ desktop: { desktop }, app, desk, sessions, toasts, connection }: Pick<Page, 'desktop' | 'app' | 'desk' | 'sessions' | 'toasts' | 'connection'>): () => void {
  let waitingId: ConversationId | null = null;
  const isOpen = (): boolean => sessions.store.getState().session?.state === 'open';
  const open = async (id: ConversationId): Promise<void> => {
    // behind the lock it waits: nothing of a conversation is shown to whoever clicked
    if (!isOpen()) {
      waitingId = id;
      return;
    }
    waitingId = null;
    const isThere = await connection.client.conversation.get({ conversationId: id }).then(() => true, () => false);
    if (!isThere) return toasts.problem({ key: 'link.unknown' });
    app.goTo('desk');
    await desk.open(id);
    desk.focusField();
  };
  const stopEvents = desktop.subscribe((event) => {
    if (event.kind === 'conversation.opened') void open(event.conversationId);
    else if (event.kind === 'chosen.quiet' && isOpen()) void app.saveSettings({ quietMode: event.quietMode });
    else if (event.kind === 'chosen.lock' && isOpen()) void sessions.lock().catch(() => {});
    else if (event.kind === 'dictionary.fetched') void connection.client.update.noteDictionary({ hasFailed: event.hasFailed }).catch(() => {});
  });
  const stopSession = sessions.store.subscribe(() => {
    if (waitingId !== null && isOpen()) void open(waitingId);
  });
  void desktop.takeLink({}).then(({ conversationId }) => { if (conversationId !== null) void open(conversationId); }, () => {});
  return () => {
    stopEvents();
    stopSession();
  };
}
