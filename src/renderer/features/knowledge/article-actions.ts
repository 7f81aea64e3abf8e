import type { Language, MessageId } from '../../../shared/contract/ids.contract.ts';
import type { Article, Unanswered } from '../../../shared/contract/knowledge.contract.ts';
import type { Client } from '../../connection/connection.ts';
import type { KnowledgeApi } from './knowledge-state.ts';

export type ArticleInput = {
  id?: string; baseVersion?: number; title: string; language: Language; intent: string | null; markdown: string;
  validFrom: number | null; validTo: number | null; answers: MessageId[];
};

/** Changing articles and the list of questions. Each rejects with what the call threw. */
export function articleActions(client: Client, store: KnowledgeApi, load: () => Promise<void>) {
  const show = (article: Article): void => store.setState({ tab: 'articles', selection: { kind: 'article', id: article.id, article, passageId: null, isEditing: false } });
  return {
    async saveArticle(input: ArticleInput): Promise<Article> {
      const article = await client.knowledge.saveArticle(input);
      await load();
      show(article);
      return article;
    },
    async deleteArticle(id: string) {
      await client.knowledge.deleteArticle({ id });
      store.setState(({ selection, articles }) => ({ articles: articles.filter((article) => article.id !== id), selection: selection.kind === 'article' && selection.id === id ? { kind: 'none' } : selection }));
      await load();
    },
    /** Undoes the deletion; with a version, makes that one the newest. */
    async restoreArticle(id: string, version?: number) {
      await client.knowledge.restoreArticle({ id, ...(version === undefined ? {} : { version }) });
      await load();
      show(await client.knowledge.article({ id }));
    },
    async dismissQuestion(question: Unanswered, isDismissed: boolean) {
      await client.knowledge.dismissQuestions({ messageIds: question.messageIds, isDismissed });
      store.setState(({ selection }) => ({ selection: isDismissed && selection.kind === 'question' ? { kind: 'none' } : selection }));
      await load();
    },
  };
}
