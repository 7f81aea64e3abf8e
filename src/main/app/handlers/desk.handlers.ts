import type { WorkDone } from '../../../shared/contract/work.contract.ts';
import { api } from './handler-context.ts';

/** Conversations, drafts and replies. */
export const conversationHandlers = {
  list: api.conversation.list.handler(({ input, context }) => context.services().desk.list(input)),
  get: api.conversation.get.handler(({ input, context }) => context.services().desk.get(input.conversationId)),
  messages: api.conversation.messages.handler(({ input, context }) => context.services().desk.messages(input)),
  markRead: api.conversation.markRead.handler(({ input, context }) => context.services().desk.markRead(input.conversationId)),
  close: api.conversation.close.handler(({ input, context }) => done(context.services().work.close([input.conversationId], input.disposition, null))),
  reopen: api.conversation.reopen.handler(({ input, context }) => done(context.services().work.reopen([input.conversationId]))),
};

/** Those who only want it done need no action to take back. */
function done(_work: WorkDone): Record<string, never> {
  return {};
}

export const draftHandlers = {
  get: api.draft.get.handler(({ input, context }) => context.services().desk.draft(input.conversationId)),
  save: api.draft.save.handler(({ input, context }) => context.services().desk.saveDraft(input)),
};

export const outboxHandlers = {
  list: api.outbox.list.handler(({ input, context }) => context.services().desk.replies(input.conversationId)),
  send: api.outbox.send.handler(({ input, context }) => context.services().desk.send(input)),
  retry: api.outbox.retry.handler(({ input, context }) => context.services().desk.retry(input.id)),
  takeBack: api.outbox.takeBack.handler(({ input, context }) => context.services().desk.takeBack(input.id)),
};

export const suggestionHandlers = {
  current: api.suggestion.current.handler(({ input, context }) => context.services().desk.suggestions(input.conversationId)),
  insert: api.suggestion.insert.handler(({ input, context }) => context.services().suggestions.inserted(input.id)),
  dismiss: api.suggestion.dismiss.handler(({ input, context }) => context.services().suggestions.dismissed(input.id, input.reason)),
  macros: api.suggestion.macros.handler(({ input, context }) => context.services().desk.macros(input)),
  check: api.suggestion.check.handler(({ input, context }) => context.services().desk.check(input)),
};

export const riskHandlers = {
  list: api.risk.list.handler(({ input, context }) => context.services().risk.list(input.conversationId)),
  label: api.risk.label.handler(({ input, context }) => context.services().labelRisk(input.id, input.label)),
};
