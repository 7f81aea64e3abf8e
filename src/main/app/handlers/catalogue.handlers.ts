import { api } from './handler-context.ts';

export const catalogueHandlers = {
  list: api.catalogue.list.handler(({ input, context }) => context.services().catalogue.list(input)),
  product: api.catalogue.product.handler(({ input, context }) => context.services().catalogue.product(input.id)),
};
