import type { Command } from '../../base/command.ts';
import type { TextKey } from '../../../shared/i18n/texts.ts';
import type { ConversationId, OutboxId } from '../../../shared/contract/ids.contract.ts';
import { listImages } from './conversation-images.ts';
import type { ToastStore } from '../../base/toast.store.ts';
import type { Desk } from './desk.store.ts';
import { QUEUE_VIEWS } from './queue.store.ts';

/** Buttons of the screen that keys and the palette press too; a command rests while its button is not there. */
const BUTTONS: readonly { id: string; buttonId: string; labelKey: TextKey; group: Command['group'] }[] = [
  { id: 'desk.riskWhy', buttonId: 'warning-why', labelKey: 'command.riskWhy', group: 'work' },
  { id: 'desk.falseAlarm', buttonId: 'warning-false-alarm', labelKey: 'command.falseAlarm', group: 'work' },
  { id: 'desk.disputeTag', buttonId: 'customer-dispute', labelKey: 'command.disputeTag', group: 'work' },
  { id: 'desk.writeKnowledge', buttonId: 'suggest-write', labelKey: 'command.writeKnowledge', group: 'reply' },
  { id: 'desk.rewrite', buttonId: 'guard-rewrite', labelKey: 'command.rewrite', group: 'reply' },
  { id: 'desk.latest', buttonId: 'transcript-end', labelKey: 'conversation.latest', group: 'work' },
  { id: 'desk.riskTrend', buttonId: 'risk-trend', labelKey: 'command.riskTrend', group: 'work' },
  { id: 'desk.orderHistory', buttonId: 'customer-history', labelKey: 'command.orderHistory', group: 'work' },
  { id: 'desk.eraseCustomer', buttonId: 'customer-erase', labelKey: 'command.eraseCustomer', group: 'work' },
  { id: 'desk.allOrders', buttonId: 'customer-orders', labelKey: 'command.allOrders', group: 'work' },
];

/** What of the Desk's screen is neither a conversation's work nor the reply: views, panels, the transcript, what came of a reply. */
export function screenCommands(desk: Desk, toasts: Pick<ToastStore, 'show' | 'problem'>): Command[] {
  const openId = (): ConversationId | null => desk.queue.store.getState().openId;
  const hasFilters = (): boolean => Object.values(desk.queue.store.getState().filters).some((value) => value !== undefined);
  const copyId = (): void => void navigator.clipboard.writeText(openId() ?? '').then(() => toasts.show({ key: 'action.copied' }), () => toasts.problem({ key: 'toast.copyFailed' }));
  return [
    ...BUTTONS.map(({ buttonId, ...command }): Command => ({ ...command, shortcut: null, isAvailable: () => document.getElementById(buttonId) !== null, run: () => document.getElementById(buttonId)?.click() })),
    {
      id: 'desk.view', labelKey: 'command.view', group: 'queue', shortcut: null, choiceTitleKey: 'command.view', run: () => desk.queue.turnView(1),
      choices: ({ t }) => QUEUE_VIEWS.map((view) => ({ id: view, label: t(`queue.view.${view}`), keywords: view, run: () => desk.queue.setView(view) })),
    },
    { id: 'desk.clearFilters', labelKey: 'queue.filter.clear', group: 'queue', shortcut: null, isAvailable: hasFilters, run: () => desk.queue.setFilters({ labelId: undefined, band: undefined, channelKind: undefined }) },
    { id: 'desk.customer', labelKey: 'command.customer', group: 'work', shortcut: 'c', run: showCustomer },
    { id: 'desk.transcript', labelKey: 'command.transcript', group: 'work', shortcut: 'm', isAvailable: () => openId() !== null, run: () => document.getElementById('transcript')?.focus() },
    { id: 'desk.image', labelKey: 'command.image', group: 'work', shortcut: null, isAvailable: () => listImages(desk).length > 0, run: () => showNewestImage(desk) },
    { id: 'desk.older', labelKey: 'conversation.older', group: 'work', shortcut: null, isAvailable: () => openConversation(desk)?.hasMore === true, run: () => void desk.conversation.loadOlder() },
    { id: 'desk.copyId', labelKey: 'conversation.copyId', group: 'work', shortcut: null, isAvailable: () => openId() !== null, run: copyId },
    { id: 'desk.retryReply', labelKey: 'command.retryReply', group: 'reply', shortcut: null, isAvailable: () => lastReply(desk, ['failed', 'unknown']) !== null, run: () => withReply(desk, ['failed', 'unknown'], (id) => desk.conversation.retryOutbox(id)) },
    { id: 'desk.takeBack', labelKey: 'command.takeBack', group: 'reply', shortcut: null, isAvailable: () => lastReply(desk, ['queued', 'failed']) !== null, run: () => withReply(desk, ['queued', 'failed'], (id) => desk.takeBack(id)) },
  ];
}

function showNewestImage(desk: Desk): void {
  const images = listImages(desk);
  const newest = images.at(-1);
  if (newest !== undefined) desk.media.showImage(images, newest);
}

function openConversation(desk: Desk) {
  const { open } = desk.conversation.store.getState();
  return open.kind === 'ready' ? open : null;
}

function lastReply(desk: Desk, states: readonly string[]): OutboxId | null {
  return openConversation(desk)?.outbox.findLast(({ state }) => states.includes(state))?.id ?? null;
}

function withReply(desk: Desk, states: readonly string[], run: (id: OutboxId) => Promise<unknown>): void {
  const id = lastReply(desk, states);
  // the line of the reply says what came of it
  if (id !== null) void run(id).catch(() => {});
}

/** Where the panel is folded away it is opened first. */
function showCustomer(): void {
  const panel = (): HTMLElement | null => document.querySelector('[data-tour=customer] [role=group]');
  if (panel()?.checkVisibility?.() === false) document.getElementById('customer-toggle')?.click();
  setTimeout(() => panel()?.focus(), 0);
}
