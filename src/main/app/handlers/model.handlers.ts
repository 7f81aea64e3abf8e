import { api } from './handler-context.ts';

export const modelHandlers = {
  list: api.model.list.handler(({ context }) => context.services().models.list()),
  add: api.model.add.handler(({ input: { target, ...options }, context }) => context.services().models.startAdd(target, options)),
  use: api.model.use.handler(({ input, context }) => {
    const { models } = context.services();
    models.use(input.id);
    return models.list();
  }),
  remove: api.model.remove.handler(({ input, context }) => {
    const { models } = context.services();
    models.remove(input.id);
    return models.list();
  }),
  check: api.model.check.handler(({ input, context }) => ({ problems: context.services().models.check(input.id) })),
};
