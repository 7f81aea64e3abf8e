import { ORPCError } from '@orpc/server';
import type { Article, ArticleVersion, Unanswered } from '../../shared/contract/knowledge.contract.ts';
import type { Macro, MacroIssue, MacroPreview } from '../../shared/contract/macro.contract.ts';
import type { MacroMatch } from '../../shared/contract/suggestion.contract.ts';
import { isMacroVariable } from '../../shared/macro-variables.ts';
import type { FakeFiles } from './fake-attachments.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

/** Articles, macros and questions of the fake backend. */
export type FakeKnowledge = { articles: Article[]; deleted: Article[]; versions: Map<string, ArticleVersion[]>; macros: Macro[]; deletedMacros: Macro[]; questions: Unanswered[]; dismissed: Unanswered[] };

const notFound = (): never => {
  throw new ORPCError('not_found', { message: 'It is not there.' });
};
const orNotFound = <T>(found: T | undefined): T => found ?? notFound();

const HEADING = /^#+ (.+)$/;

/** One passage a heading; the backend cuts finer. */
function cut(markdown: string): { heading: string; text: string }[] {
  const passages: { heading: string; text: string }[] = [];
  let heading = '';
  for (const line of markdown.split('\n').map((one) => one.trim()).filter((one) => one !== '')) {
    const found = HEADING.exec(line)?.[1];
    if (found !== undefined) heading = found;
    else if (passages.at(-1)?.heading === heading) passages.splice(-1, 1, { heading, text: `${passages.at(-1)?.text ?? ''}\n${line}` });
    else passages.push({ heading, text: line });
  }
  return passages;
}

const VARIABLE = /\{\{\s*([\w.]+)\s*\}\}/g;

/** A macro filled with the two values the samples know. */
export function fakePreview(text: string, repName: string): MacroPreview {
  const issues: MacroIssue[] = [...text.matchAll(VARIABLE)].flatMap((match) => {
    const name = match[1] ?? '';
    if (isMacroVariable(name)) return [];
    const start = match.index + match[0].indexOf(name);
    return { kind: 'unknown_variable' as const, line: 1, column: start + 1, start, end: start + name.length, detail: name, nearest: name.startsWith('order.w') ? 'order.waybill' : null };
  });
  const values: Record<string, string> = { 'rep.name': repName, 'customer.name': '林女士' };
  const missing = [...text.matchAll(VARIABLE)].map((match) => match[1] ?? '').filter((name) => values[name] === undefined);
  return { text: text.replaceAll(VARIABLE, (_all, name: string) => values[name] ?? `⟨${name}⟩`), missingVariables: [...new Set(missing)], issues };
}

/** The type-ahead of the composer over the sample macros. */
export function fakeMatches(macros: readonly Macro[], query: string, repName: string, limit: number): MacroMatch[] {
  return macros
    .filter(({ code, title }) => code.includes(query) || title.includes(query))
    .toSorted((a, b) => Number(b.isFavourite) - Number(a.isFavourite))
    .slice(0, limit)
    .map(({ id, code, title, text, scope, isFavourite, useCount, media }) => {
      const { issues: _none, ...filled } = fakePreview(text, repName);
      return { id, code, title, score: 0.9, how: query === '' ? 'habit' : code.includes(query) ? 'code' : 'title', scope, isFavourite, useCount, media, ...filled };
    });
}

/** `knowledge` of the contract, over what a test put there. */
export function fakeKnowledgeHandlers(os: Pick<FakeOs, 'knowledge'>, state: FakeKnowledge & { settings: { repName: string }; files: FakeFiles }) {
  return { knowledge: { ...articleHandlers(os, state), ...questionHandlers(os, state), ...macroHandlers(os, state), ...phraseHandlers(os, state) } };
}

function articleHandlers(os: Pick<FakeOs, 'knowledge'>, state: FakeKnowledge) {
  const find = (id: string): Article => orNotFound(state.articles.find((article) => article.id === id));
  const put = (article: Article): Article => {
    state.articles = [article, ...state.articles.filter(({ id }) => id !== article.id)];
    return article;
  };
  const versionOf = ({ version, title, updatedAt, markdown }: Article): ArticleVersion => ({ version, title, savedAt: updatedAt, repName: '小同', markdown, isCurrent: false });
  const write = (before: Article | undefined, change: Pick<Article, 'title' | 'language' | 'intent' | 'markdown' | 'validFrom' | 'validTo'>): Article => {
    const id = before?.id ?? sampleId('A', 100 + state.articles.length);
    if (before !== undefined) state.versions.set(id, [versionOf(before), ...(state.versions.get(id) ?? [])]);
    const passages = cut(change.markdown).map((passage, index) => ({ ...passage, id: `${id}-${index}` }));
    return put({ ...change, id, source: before?.source ?? `desk/${id}`, version: (before?.version ?? 0) + 1, passages, passageCount: passages.length, updatedAt: SAMPLE_NOW });
  };
  return {
    articles: os.knowledge.articles.handler(({ input }) => ({ articles: state.articles.slice(input.offset, input.offset + input.limit), total: state.articles.length })),
    article: os.knowledge.article.handler(({ input }) => find(input.id)),
    saveArticle: os.knowledge.saveArticle.handler(({ input: { id, baseVersion, answers, ...change } }) => {
      const before = id === undefined ? undefined : find(id);
      if (before !== undefined && baseVersion !== undefined && baseVersion !== before.version) throw new ORPCError('conflict', { message: 'The article was changed meanwhile.' });
      state.questions = state.questions.filter(({ messageIds }) => !messageIds.some((one) => answers.includes(one)));
      return write(before, change);
    }),
    previewArticle: os.knowledge.previewArticle.handler(({ input }) => cut(input.markdown)),
    deleteArticle: os.knowledge.deleteArticle.handler(({ input }) => {
      state.deleted = [find(input.id)];
      state.articles = state.articles.filter(({ id }) => id !== input.id);
      return {};
    }),
    restoreArticle: os.knowledge.restoreArticle.handler(({ input }) => {
      if (input.version === undefined) state.articles = [...state.deleted, ...state.articles];
      else write(find(input.id), { ...find(input.id), ...orNotFound(state.versions.get(input.id)?.find(({ version }) => version === input.version)) });
      return {};
    }),
    articleVersions: os.knowledge.articleVersions.handler(({ input }) => [{ ...versionOf(find(input.id)), isCurrent: true }, ...(state.versions.get(input.id) ?? [])]),
  };
}

function questionHandlers(os: Pick<FakeOs, 'knowledge'>, state: FakeKnowledge) {
  const isNamed = (messageIds: readonly string[]) => (question: Unanswered): boolean => question.messageIds.some((id) => messageIds.includes(id));
  return {
    unanswered: os.knowledge.unanswered.handler(({ input }) => ({ questions: state.questions.slice(0, input.limit), total: state.questions.length })),
    dismissQuestions: os.knowledge.dismissQuestions.handler(({ input }) => {
      const [from, to] = input.isDismissed ? (['questions', 'dismissed'] as const) : (['dismissed', 'questions'] as const);
      state[to] = [...state[to], ...state[from].filter(isNamed(input.messageIds))];
      state[from] = state[from].filter((question) => !isNamed(input.messageIds)(question));
      return {};
    }),
  };
}

function macroHandlers(os: Pick<FakeOs, 'knowledge'>, state: FakeKnowledge & { settings: { repName: string }; files: FakeFiles }) {
  const change = (id: string, part: Partial<Macro>): Macro => {
    const next = { ...orNotFound(state.macros.find((macro) => macro.id === id)), ...part };
    state.macros = state.macros.map((macro) => (macro.id === id ? next : macro));
    return next;
  };
  return {
    macros: os.knowledge.macros.handler(() => state.macros),
    saveMacro: os.knowledge.saveMacro.handler(({ input: { id, ...words } }) => {
      if (id !== undefined) return change(id, { ...words, updatedAt: SAMPLE_NOW });
      const saved: Macro = { ...words, id: sampleId('Q', 100 + state.macros.length), language: 'zh', repId: null, proposedAt: null, canEdit: true, isFavourite: false, shortcut: null, useCount: 0, ownUseCount: 0, lastUsedAt: null, media: null, updatedAt: SAMPLE_NOW };
      state.macros = [...state.macros, saved];
      return saved;
    }),
    deleteMacro: os.knowledge.deleteMacro.handler(({ input }) => {
      state.deletedMacros = [...state.deletedMacros, ...state.macros.filter(({ id }) => id === input.id)];
      state.macros = state.macros.filter(({ id }) => id !== input.id);
      return {};
    }),
    restoreMacro: os.knowledge.restoreMacro.handler(({ input }) => {
      const macro = orNotFound(state.deletedMacros.find(({ id }) => id === input.id));
      state.macros = [...state.macros, macro];
      return macro;
    }),
    favouriteMacro: os.knowledge.favouriteMacro.handler(({ input }) => change(input.id, { isFavourite: input.isFavourite })),
    bindMacro: os.knowledge.bindMacro.handler(({ input }) => change(input.id, { shortcut: input.shortcut })),
    proposeMacro: os.knowledge.proposeMacro.handler(({ input }) => change(input.id, { proposedAt: input.isProposed ? SAMPLE_NOW : null })),
    decideMacro: os.knowledge.decideMacro.handler(({ input }) => {
      if (input.isAccepted) change(input.id, { scope: 'team', repId: null, proposedAt: null, canEdit: true });
      else state.macros = state.macros.filter(({ id }) => id !== input.id);
      return {};
    }),
    previewMacro: os.knowledge.previewMacro.handler(({ input }) => fakePreview(input.text, state.settings.repName)),
    setMacroMedia: os.knowledge.setMacroMedia.handler(({ input }) => change(input.id, { media: input.attachmentId === null ? null : state.files.get(input.attachmentId).attachment })),
  };
}

function phraseHandlers(os: Pick<FakeOs, 'knowledge'>, state: FakeKnowledge) {
  return {
    exportMacros: os.knowledge.exportMacros.handler(({ input }) => {
      const macros = state.macros.filter(({ scope }) => scope === input.scope);
      return { name: `deskmate-macros-${input.scope}.csv`, csv: ['code,title,text', ...macros.map(({ code, title, text }) => `${code},${title},${text}`)].join('\r\n'), count: macros.length };
    }),
    previewPhrases: os.knowledge.previewPhrases.handler(({ input }) => ({
      path: input.path, columns: { code: '快捷编码', text: '快捷短语', group: '分组' }, phraseCount: 3,
      phrases: [
        { line: 2, code: 'hi', title: '欢迎', text: '亲，您好，在的', state: 'new' as const },
        { line: 3, code: 'greet', title: '欢迎', text: '您好，这里是山屿户外', state: 'changed' as const },
        { line: 4, code: '稍等', title: '等待', text: '请稍等，我帮您查一下', state: 'same' as const },
      ],
      rejected: [{ line: 5, reason: 'text: it is empty; needed is text of at most 100,000 characters.' }],
    })),
    importPhrases: os.knowledge.importPhrases.handler(() => ({ added: 1, updated: 1, unchanged: 1, rejectedCount: 1 })),
  };
}
