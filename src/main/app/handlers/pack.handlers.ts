import { api } from './handler-context.ts';

export const packHandlers = {
  list: api.pack.list.handler(({ context }) => context.services().packs.list()),
  check: api.pack.check.handler(async ({ input, context }) => ({ problems: await context.services().packs.check(input) })),
  install: api.pack.install.handler(({ input, context }) => context.services().packs.install(input)),
  remove: api.pack.remove.handler(({ input, context }) => context.services().packs.remove(input.name)),
};

export const demoHandlers = {
  status: api.demo.status.handler(({ context }) => context.services().demo.status()),
  install: api.demo.install.handler(({ context }) => context.services().demo.install()),
  remove: api.demo.remove.handler(({ context }) => context.services().demo.remove()),
};
