import { zoomStep } from '../../../shared/desktop-bridge.ts';
import { conversationLink } from '../../../shared/deep-link.ts';
import { callFailure } from '../../base/call-failure.ts';
import type { Command } from '../../base/command.ts';
import type { Page } from '../page.ts';

/** Print, zoom and the link to a conversation. Where the window is a browser's, zoom is left to its own keys. */
export function desktopCommands({ app, desk, knowledge, desktop, print, toasts }: Pick<Page, 'app' | 'desk' | 'knowledge' | 'desktop' | 'print' | 'toasts'>): Command[] {
  const failed = (error: unknown): void => toasts.problem({ key: `error.${callFailure(error).code}` });
  const openId = () => (app.store.getState().screen === 'desk' ? desk.queue.store.getState().openId : null);
  const openArticle = () => {
    const { selection } = knowledge.store.getState();
    return app.store.getState().screen === 'knowledge' && selection.kind === 'article' && !selection.isEditing ? selection.article : null;
  };
  const printOpen = (): void => {
    const [id, article] = [openId(), openArticle()];
    if (id !== null) void print.conversation(id).catch(failed);
    else if (article !== null) print.article(article);
  };
  const percent = () => desktop.store.getState().facts?.prefs.zoomPercent ?? 100;
  const canZoom = (): boolean => desktop.store.getState().facts?.features.zoom.state === 'full';
  const zoomTo = (zoomPercent: ReturnType<typeof zoomStep>): void => void desktop.setPrefs({ zoomPercent }).catch(failed);
  const copyLink = (): void => {
    const id = openId();
    if (id === null) return;
    const isOwnWindow = desktop.store.getState().facts?.host === 'electron';
    void navigator.clipboard.writeText(isOwnWindow ? conversationLink(id) : `${location.origin}/#conversation/${id}`).then(() => toasts.show({ key: 'action.copied' }), () => toasts.problem({ key: 'toast.copyFailed' }));
  };
  return [
    { id: 'app.print', labelKey: 'command.print', group: 'app', shortcut: 'Mod+p', isAllowedWhileTyping: true, isAvailable: () => openId() !== null || openArticle() !== null, run: printOpen },
    { id: 'app.copyLink', labelKey: 'command.copyLink', group: 'app', shortcut: null, isAvailable: () => openId() !== null, run: copyLink },
    { id: 'app.zoomIn', labelKey: 'command.zoomIn', group: 'app', shortcut: 'Mod+Plus', alsoShortcuts: ['Mod+='], isAllowedWhileTyping: true, isRepeatable: true, isAvailable: canZoom, run: () => zoomTo(zoomStep(percent(), 1)) },
    { id: 'app.zoomOut', labelKey: 'command.zoomOut', group: 'app', shortcut: 'Mod+-', isAllowedWhileTyping: true, isRepeatable: true, isAvailable: canZoom, run: () => zoomTo(zoomStep(percent(), -1)) },
    { id: 'app.zoomActual', labelKey: 'command.zoomActual', group: 'app', shortcut: 'Mod+0', isAllowedWhileTyping: true, isAvailable: canZoom, run: () => zoomTo(100) },
    { id: 'app.desktopSettings', labelKey: 'command.desktopSettings', group: 'app', shortcut: null, run: () => app.openSettings('desktop') },
  ];
}
