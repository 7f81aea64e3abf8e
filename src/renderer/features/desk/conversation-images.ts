import type { Attachment } from '../../../shared/contract/attachment.contract.ts';
import { isShowable } from './attachment-view.tsx';
import type { Desk } from './desk.store.ts';

/** Every image of the open conversation as far as it is read, in the order of the messages, then those of replies on their way. */
export function listImages(desk: Desk): Attachment[] {
  const { open } = desk.conversation.store.getState();
  if (open.kind !== 'ready') return [];
  const all = [...open.messages, ...open.outbox.filter(({ messageId }) => messageId === null)].flatMap(({ attachments = [] }) => attachments).filter(isShowable);
  // media of a macro may have gone out several times
  return [...new Map(all.map((attachment) => [attachment.id, attachment])).values()];
}
