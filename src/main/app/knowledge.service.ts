import type { Article, ArticleSummary, Macro } from '../../shared/contract/knowledge.contract.ts';
import { macroProblem } from '../assist/macro-text.ts';
import type { WritableDb } from '../db/database.ts';
import { getArticle, listArticles, restoreArticle, softDeleteArticle } from '../knowledge/article.repository.ts';
import { deleteMacro, findMacroByCode, getMacro, listMacros, updateMacro, upsertMacro, type FoundMacro } from '../knowledge/macro.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { detectLanguage } from '../text/language.ts';

export type KnowledgeDeps = { db: WritableDb; context: () => WriteContext; onChanged: () => void; onRemoved: (kind: 'passage' | 'macro', seqs: number[]) => void };
type MacroInput = { id?: string | undefined; code: string; title: string; text: string };

/** The knowledge page: articles and macros. */
export function createKnowledgeService({ db, context, onChanged, onRemoved }: KnowledgeDeps) {
  return {
    articles: (page: { limit: number; offset: number }): { articles: ArticleSummary[]; total: number } => listArticles(db, page),
    article: (id: string): Article => getArticle(db, id),
    deleteArticle(id: string): Record<string, never> {
      onRemoved('passage', db.transaction(() => softDeleteArticle(db, id, context().nowMs))());
      onChanged();
      return {};
    },
    restoreArticle(id: string): Record<string, never> {
      db.transaction(() => restoreArticle(db, id))();
      onChanged();
      return {};
    },
    macros: (): Macro[] => listMacros(db).map(toMacro),
    saveMacro(input: MacroInput): Macro {
      const problem = macroProblem(input.text);
      if (problem !== null) throw new DeskmateError('bad_request', `The macro's text is not a valid template: ${problem}`);
      const saved = db.transaction(() => saveOne(db, context(), input))();
      onChanged();
      return toMacro(saved);
    },
    deleteMacro(id: string): Record<string, never> {
      onRemoved('macro', [db.transaction(() => deleteMacro(db, id))()]);
      onChanged();
      return {};
    },
  };
}

function saveOne(db: WritableDb, ctx: WriteContext, input: MacroInput): FoundMacro {
  const sameCode = findMacroByCode(db, input.code);
  if (sameCode !== undefined && sameCode.id !== input.id) throw new DeskmateError('conflict', `The code ${input.code} is used by another macro.`);
  const macro = { code: input.code, title: input.title, text: input.text, language: detectLanguage(input.text) };
  if (input.id === undefined) upsertMacro(db, ctx, macro);
  else updateMacro(db, ctx, input.id, macro);
  return input.id === undefined ? findMacroByCode(db, input.code)! : getMacro(db, input.id);
}

function toMacro({ id, code, title, text, language, useCount, updatedAt }: FoundMacro): Macro {
  return { id, code, title, text, language, useCount, updatedAt };
}
