import { api } from './handler-context.ts';

/** Learning the words of the shop. */
export const adaptHandlers = {
  status: api.adapt.status.handler(({ context }) => context.services().adapt.status()),
  start: api.adapt.start.handler(({ context }) => context.services().adapt.start()),
  preview: api.adapt.preview.handler(({ input, context }) => context.services().adapt.preview(input.questionCount)),
  accept: api.adapt.accept.handler(({ context }) => {
    context.services().adapt.accept();
    return context.services().adapt.status();
  }),
  discard: api.adapt.discard.handler(({ context }) => {
    context.services().adapt.discard();
    return context.services().adapt.status();
  }),
  undo: api.adapt.undo.handler(({ context }) => {
    context.services().adapt.undo();
    return context.services().adapt.status();
  }),
  saveWeekly: api.adapt.saveWeekly.handler(({ input, context }) => context.services().adapt.saveWeekly(input.isWeekly)),
  isForgotten: api.adapt.isForgotten.handler(({ input, context }) => ({ isForgotten: context.services().adapt.isForgotten(input.customerId) })),
  forget: api.adapt.forget.handler(({ input, context }) => ({ job: context.services().adapt.forget(input.customerId) })),
  remember: api.adapt.remember.handler(({ input, context }) => {
    context.services().adapt.remember(input.customerId);
    return {};
  }),
};
