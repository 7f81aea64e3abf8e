import { api } from './handler-context.ts';

/** The one box: everything found in it, what was opened from it, and what a result opens. */
export const everywhereHandlers = {
  everywhere: api.search.everywhere.handler(({ input, context, signal }) => context.services().everywhere.everywhere(input, signal)),
  recents: api.search.recents.handler(({ context }) => context.services().everywhere.recents()),
  noteOpened: api.search.noteOpened.handler(({ input, context }) => {
    context.services().everywhere.noteOpened(input.text, input.opened);
    return {};
  }),
  clearRecents: api.search.clearRecents.handler(({ context }) => {
    context.services().everywhere.clearRecents();
    return {};
  }),
  customer: api.search.customer.handler(({ input, context }) => context.services().everywhere.customer(input.customerId, input.orderId)),
  around: api.search.around.handler(({ input, context }) => context.services().everywhere.around(input.messageId)),
};
