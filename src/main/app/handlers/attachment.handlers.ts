import { api } from './handler-context.ts';

/** Files of messages and drafts. */
export const attachmentHandlers = {
  begin: api.attachment.begin.handler(({ input, context }) => context.services().attachments.begin(input)),
  append: api.attachment.append.handler(({ input, context }) => context.services().attachments.append(input)),
  finish: api.attachment.finish.handler(({ input, context }) => context.services().attachments.finish(input.id)),
  read: api.attachment.read.handler(({ input, context }) => context.services().attachments.read(input)),
  get: api.attachment.get.handler(({ input, context }) => context.services().attachments.get(input.id)),
  ofDraft: api.attachment.ofDraft.handler(({ input, context }) => context.services().attachments.ofDraft(input.conversationId)),
  attach: api.attachment.attach.handler(({ input, context }) => context.services().attachments.attach(input)),
  detach: api.attachment.detach.handler(({ input, context }) => context.services().attachments.detach(input)),
};

export const evidenceHandlers = {
  list: api.evidence.list.handler(({ input, context }) => context.services().attachments.evidence.list(input.customerId)),
  add: api.evidence.add.handler(({ input, context }) => context.services().attachments.evidence.add(input)),
  remove: api.evidence.remove.handler(({ input, context }) => context.services().attachments.evidence.remove(input)),
};
