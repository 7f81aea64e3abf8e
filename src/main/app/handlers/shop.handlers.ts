import { api } from './handler-context.ts';

/** Customers, knowledge, search, imports, jobs and channels. */
export const customerHandlers = {
  card: api.customer.card.handler(({ input, context }) => context.services().customerCard(input.customerId)),
  disputeTag: api.customer.disputeTag.handler(({ input, context }) => context.services().disputeTag(input.customerId, input.isDisputed)),
  erasePreview: api.customer.erasePreview.handler(({ input, context }) => context.services().erasePreview(input.customer)),
  erase: api.customer.erase.handler(({ input, context }) => context.services().erase(input.customerId)),
};

export const knowledgeHandlers = {
  articles: api.knowledge.articles.handler(({ input, context }) => context.services().knowledge.articles(input)),
  article: api.knowledge.article.handler(({ input, context }) => context.services().knowledge.article(input.id)),
  deleteArticle: api.knowledge.deleteArticle.handler(({ input, context }) => context.services().knowledge.deleteArticle(input.id)),
  restoreArticle: api.knowledge.restoreArticle.handler(({ input, context }) => context.services().knowledge.restoreArticle(input.id)),
  macros: api.knowledge.macros.handler(({ context }) => context.services().knowledge.macros()),
  saveMacro: api.knowledge.saveMacro.handler(({ input, context }) => context.services().knowledge.saveMacro(input)),
  deleteMacro: api.knowledge.deleteMacro.handler(({ input, context }) => context.services().knowledge.deleteMacro(input.id)),
};

export const searchHandlers = {
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
  addFile: api.channel.addFile.handler(({ input, context }) => context.services().sync.addFile(input.path)),
  stop: api.channel.stop.handler(({ input, context }) => context.services().sync.stop(input.channelId)),
};
