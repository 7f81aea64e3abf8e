import type { Language, MessageId, RepId } from '../../shared/contract/ids.contract.ts';
import type { Article, ArticleSummary, ArticleVersion, Unanswered } from '../../shared/contract/knowledge.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { assertAllowed } from '../access/policy.ts';
import { getRep, listReps } from '../access/rep.repository.ts';
import type { WritableDb } from '../db/database.ts';
import { markdownOfPassages, passagesOfMarkdown } from '../knowledge/article-text.ts';
import { findEditor, listVersions } from '../knowledge/article-version.repository.ts';
import { getArticle, insertArticle, listArticles, listPassageSeqs, restoreArticle, softDeleteArticle, updateArticle } from '../knowledge/article.repository.ts';
import { listUnanswered, setQuestionState } from '../knowledge/question.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { findPii, maskPii } from '../text/pii.ts';

export type ArticleDeps = { db: WritableDb; context: () => WriteContext; repId: () => RepId; onChanged: () => void; onRemoved: (kind: 'passage', seqs: number[]) => void };
type ArticleInput = {
  id?: string | undefined; baseVersion?: number | undefined; title: string; language: Language; intent: string | null; markdown: string;
  validFrom: number | null; validTo: number | null; answers: MessageId[];
};

/** Articles: read, written, kept in all their versions; and the questions that still need one. */
export function createArticleService(deps: ArticleDeps) {
  const { db } = deps;
  return {
    articles: (page: { limit: number; offset: number }): { articles: ArticleSummary[]; total: number } => listArticles(db, page),
    article: (id: string): Article => articleView(deps, id),
    saveArticle: (input: ArticleInput): Article => saveArticle(deps, input),
    previewArticle: (markdown: string) => passagesOfMarkdown(markdown).map(({ heading, text }) => ({ heading, text })),
    deleteArticle(id: string): Record<string, never> {
      deps.onRemoved('passage', audited(deps, id, 'article.deleted', () => softDeleteArticle(db, id, deps.context().nowMs)));
      deps.onChanged();
      return {};
    },
    restoreArticle(id: string, version?: number): Record<string, never> {
      if (version === undefined) audited(deps, id, 'article.restored', () => restoreArticle(db, id));
      else restoreVersion(deps, id, version);
      deps.onChanged();
      return {};
    },
    articleVersions: (id: string): ArticleVersion[] => versionsOf(deps, id),
    unanswered: ({ limit }: { limit: number }) => unansweredOf(deps, limit),
    dismissQuestions({ messageIds, isDismissed }: { messageIds: MessageId[]; isDismissed: boolean }): Record<string, never> {
      db.transaction(() => setQuestionState(db, messageIds, isDismissed ? 'dismissed' : 'open', null))();
      deps.onChanged();
      return {};
    },
  };
}

function audited<T>(deps: ArticleDeps, id: string, action: string, run: () => T): T {
  const { db, context, repId } = deps;
  assertAllowed(getRep(db, repId()).role, 'knowledge.change');
  return db.transaction(() => {
    const result = run();
    insertAudit(db, context(), { repId: repId(), action, entity: 'article', entityId: id });
    return result;
  })();
}

function articleView({ db }: ArticleDeps, id: string): Article {
  const article = getArticle(db, id);
  return { ...article, markdown: article.markdown ?? markdownOfPassages(article.passages) };
}

function saveArticle(deps: ArticleDeps, { id, baseVersion, answers, ...written }: ArticleInput): Article {
  const { db, context, repId } = deps;
  assertAllowed(getRep(db, repId()).role, 'knowledge.change');
  if (written.validFrom !== null && written.validTo !== null && written.validTo <= written.validFrom) throw new DeskmateError('bad_request', 'The article ends before it begins: valid to must be later than valid from.');
  const passages = passagesOfMarkdown(written.markdown);
  if (passages.length === 0) throw new DeskmateError('bad_request', 'There is no text below the headings; an article needs at least one sentence.');
  const article = { ...written, passages, repId: repId() };
  const before = id === undefined ? [] : listPassageSeqs(db, id);
  const savedId = db.transaction(() => {
    const ctx = context();
    const kept = id ?? insertArticle(db, ctx, article);
    if (id !== undefined) updateArticle(db, ctx, id, article, baseVersion);
    setQuestionState(db, answers, 'answered', kept);
    insertAudit(db, ctx, { repId: repId(), action: 'article.saved', entity: 'article', entityId: kept });
    return kept;
  })();
  forgetGone(deps, savedId, before);
  deps.onChanged();
  return articleView(deps, savedId);
}

/** The engine holds the vectors of passages in memory: it is told which are gone. */
function forgetGone({ db, onRemoved }: ArticleDeps, id: string, before: readonly number[]): void {
  const now = new Set(listPassageSeqs(db, id));
  const gone = before.filter((seq) => !now.has(seq));
  if (gone.length > 0) onRemoved('passage', gone);
}

function restoreVersion(deps: ArticleDeps, id: string, version: number): void {
  const { db, context, repId } = deps;
  const wanted = listVersions(db, id).find((one) => one.version === version);
  if (wanted === undefined) throw new DeskmateError('not_found', `There is no version ${version} of this article.`);
  const before = listPassageSeqs(db, id);
  audited(deps, id, 'article.version_restored', () => updateArticle(db, context(), id, { ...wanted, repId: repId() }));
  forgetGone(deps, id, before);
}

function versionsOf({ db }: ArticleDeps, id: string): ArticleVersion[] {
  const current = getArticle(db, id);
  const names = new Map(listReps(db).map((rep) => [rep.id as string, rep.name]));
  const nameOf = (repId: string | null): string | null => (repId === null ? null : (names.get(repId) ?? ''));
  const now: ArticleVersion = { version: current.version, title: current.title, savedAt: current.updatedAt, repName: nameOf(findEditor(db, id)), markdown: current.markdown ?? markdownOfPassages(current.passages), isCurrent: true };
  const former = listVersions(db, id).map(({ version, title, savedAt, repId, markdown, passages }) => ({ version, title, savedAt, repName: nameOf(repId), markdown: markdown ?? markdownOfPassages(passages), isCurrent: false }));
  return [now, ...former];
}

/** Equal questions are one, asked last first; what identifies a person is masked, because an article is read by everybody. */
function unansweredOf({ db }: ArticleDeps, limit: number): { questions: Unanswered[]; total: number } {
  const byWords = new Map<string, Unanswered>();
  for (const { messageId, conversationId, text, askedAt } of listUnanswered(db)) {
    const key = normaliseForMatch(text).replace(/[^\p{L}\p{N}]/gu, '');
    const known = byWords.get(key);
    if (known === undefined) byWords.set(key, { messageIds: [messageId], conversationId, question: maskPii(text, findPii(text)), count: 1, askedAt });
    else {
      known.messageIds.push(messageId);
      known.count += 1;
    }
  }
  const questions = [...byWords.values()].toSorted((a, b) => b.count - a.count || b.askedAt - a.askedAt);
  return { questions: questions.slice(0, limit), total: questions.length };
}
