import { api } from './handler-context.ts';

/** Articles, questions without an answer, macros and phrase lists. */
export const knowledgeHandlers = {
  articles: api.knowledge.articles.handler(({ input, context }) => context.services().knowledge.articles(input)),
  article: api.knowledge.article.handler(({ input, context }) => context.services().knowledge.article(input.id)),
  saveArticle: api.knowledge.saveArticle.handler(({ input, context }) => context.services().knowledge.saveArticle(input)),
  previewArticle: api.knowledge.previewArticle.handler(({ input, context }) => context.services().knowledge.previewArticle(input.markdown)),
  deleteArticle: api.knowledge.deleteArticle.handler(({ input, context }) => context.services().knowledge.deleteArticle(input.id)),
  restoreArticle: api.knowledge.restoreArticle.handler(({ input, context }) => context.services().knowledge.restoreArticle(input.id, input.version)),
  articleVersions: api.knowledge.articleVersions.handler(({ input, context }) => context.services().knowledge.articleVersions(input.id)),
  unanswered: api.knowledge.unanswered.handler(({ input, context }) => context.services().knowledge.unanswered(input)),
  dismissQuestions: api.knowledge.dismissQuestions.handler(({ input, context }) => context.services().knowledge.dismissQuestions(input)),
  macros: api.knowledge.macros.handler(({ context }) => context.services().knowledge.macros()),
  saveMacro: api.knowledge.saveMacro.handler(({ input, context }) => context.services().knowledge.saveMacro(input)),
  deleteMacro: api.knowledge.deleteMacro.handler(({ input, context }) => context.services().knowledge.deleteMacro(input.id)),
  restoreMacro: api.knowledge.restoreMacro.handler(({ input, context }) => context.services().knowledge.restoreMacro(input.id)),
  favouriteMacro: api.knowledge.favouriteMacro.handler(({ input, context }) => context.services().knowledge.favouriteMacro(input.id, input.isFavourite)),
  bindMacro: api.knowledge.bindMacro.handler(({ input, context }) => context.services().knowledge.bindMacro(input.id, input.shortcut)),
  proposeMacro: api.knowledge.proposeMacro.handler(({ input, context }) => context.services().knowledge.proposeMacro(input.id, input.isProposed)),
  decideMacro: api.knowledge.decideMacro.handler(({ input, context }) => context.services().knowledge.decideMacro(input.id, input.isAccepted)),
  previewMacro: api.knowledge.previewMacro.handler(({ input, context }) => context.services().knowledge.previewMacro(input)),
  setMacroMedia: api.knowledge.setMacroMedia.handler(({ input, context }) => context.services().knowledge.setMacroMedia(input.id, input.attachmentId)),
  exportMacros: api.knowledge.exportMacros.handler(({ input, context }) => context.services().knowledge.exportMacros(input.scope)),
  previewPhrases: api.knowledge.previewPhrases.handler(({ input, context }) => context.services().knowledge.previewPhrases(input.path)),
  importPhrases: api.knowledge.importPhrases.handler(({ input, context }) => context.services().knowledge.importPhrases(input.path)),
};
