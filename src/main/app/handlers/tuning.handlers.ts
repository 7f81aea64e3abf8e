import { api } from './handler-context.ts';

/** How search weighs words and meaning for this shop. */
export const tuningHandlers = {
  status: api.tuning.status.handler(({ context }) => context.services().tuning.status()),
  start: api.tuning.start.handler(({ context }) => context.services().tuning.start()),
  accept: api.tuning.accept.handler(({ context }) => context.services().tuning.accept()),
  discard: api.tuning.discard.handler(({ context }) => context.services().tuning.discard()),
  undo: api.tuning.undo.handler(({ context }) => context.services().tuning.undo()),
};
