import { api } from './handler-context.ts';

/** News of Deskmate itself, from the feed that the owner set. */
export const updateHandlers = {
  get: api.update.get.handler(({ context }) => context.services().updates.get()),
  check: api.update.check.handler(({ context }) => context.services().updates.check()),
  noteDictionary: api.update.noteDictionary.handler(({ input, context }) => {
    context.services().updates.noteDictionary(input.hasFailed);
    return {};
  }),
};
