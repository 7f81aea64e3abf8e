import { everywhereHandlers } from './everywhere.handlers.ts';
import { api } from './handler-context.ts';

/** Customers, search, imports, jobs and channels. */
export const customerHandlers = {
  card: api.customer.card.handler(({ input, context }) => context.services().customerCard(input.customerId)),
  disputeTag: api.customer.disputeTag.handler(({ input, context }) => context.services().disputeTag(input.customerId, input.isDisputed)),
  erasePreview: api.customer.erasePreview.handler(({ input, context }) => context.services().erasePreview(input.customer)),
  erase: api.customer.erase.handler(({ input, context }) => context.services().erase(input.customerId)),
};

export const searchHandlers = {
  ...everywhereHandlers,
  query: api.search.query.handler(({ input, context, signal }) => context.services().search.query(input, signal)),
};

export const importHandlers = {
  preview: api.import.preview.handler(({ input, context }) => context.services().importing.preview(input.path, input.kind, input.options)),
  start: api.import.start.handler(({ input, context }) => context.services().importing.start(input.path, input.kind, input.options)),
};

export const jobHandlers = {
  list: api.job.list.handler(({ context }) => context.services().jobs.list()),
  cancel: api.job.cancel.handler(({ input, context }) => context.services().jobs.cancel(input.id)),
};

export const channelHandlers = {
  list: api.channel.list.handler(({ context }) => context.services().sync.list()),
  startReplay: api.channel.startReplay.handler(({ input, context }) => context.services().sync.startReplay({ path: input.path ?? null, speed: input.speed, limit: input.limit })),
  startDemo: api.channel.startDemo.handler(({ input, context }) => context.services().sync.startDemo(input)),
  addFile: api.channel.addFile.handler(({ input, context }) => context.services().sync.addFile(input.path)),
  stop: api.channel.stop.handler(({ input, context }) => context.services().sync.stop(input.channelId)),
};
