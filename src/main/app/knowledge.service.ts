import { createArticleService, type ArticleDeps } from './article.service.ts';
import { createMacroService, type MacroDeps } from './macro.service.ts';
import { createPhraseImport, type PhraseDeps } from './phrase-import.ts';

export type KnowledgeDeps = Omit<ArticleDeps & MacroDeps & PhraseDeps, 'onRemoved'> & { onRemoved: (kind: 'passage' | 'macro', seqs: number[]) => void };

/** The knowledge page: articles, macros, and what is still unanswered. */
export function createKnowledgeService(deps: KnowledgeDeps) {
  return { ...createArticleService(deps), ...createMacroService(deps), ...createPhraseImport(deps) };
}
