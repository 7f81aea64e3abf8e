import { createStore } from 'zustand/vanilla';
import type { Unanswered } from '../../../shared/contract/knowledge.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { Client } from '../../connection/connection.ts';
import { articleActions } from './article-actions.ts';
import { FIRST_STATE, NO_PREFILL, type KnowledgeApi, type KnowledgeState, type KnowledgeTab, type Prefill } from './knowledge-state.ts';
import { macroActions } from './macro-actions.ts';

export type KnowledgeStore = ReturnType<typeof createKnowledgeStore>;

const PAGE = 200;
const MOST_CONVERSATIONS = 30;

export function createKnowledgeStore(client: Client) {
  const store = createStore<KnowledgeState>(() => FIRST_STATE);
  const load = async (): Promise<void> => {
    try {
      const limit = Math.min(500, Math.max(PAGE, store.getState().articles.length));
      const [page, macros, unanswered] = await Promise.all([client.knowledge.articles({ limit }), client.knowledge.macros({}), client.knowledge.unanswered({})]);
      store.setState({ kind: 'ready', failure: null, articles: page.articles, articleTotal: page.total, macros, questions: unanswered.questions, questionTotal: unanswered.total });
    } catch (error) {
      store.setState(({ kind }) => ({ kind: kind === 'ready' ? kind : 'failed', failure: callFailure(error) }));
    }
  };
  const reload = coalesce(load, 150);
  const unsaved = createUnsaved();
  let repId: string | null = null;
  return {
    store,
    client,
    load,
    unsaved,
    receive(event: FeedEvent) {
      // another rep sits down: what belongs to the one before leaves the page's memory
      if (event.type === 'session.changed') {
        const next = event.session.rep?.id ?? null;
        if (next === null || (repId !== null && next !== repId)) {
          unsaved.clear();
          store.setState(FIRST_STATE);
        }
        repId = next;
      }
      const isStale = event.type === 'data.changed' || (event.type === 'suggestion.shown' && event.set.state === 'no_match');
      if (isStale && store.getState().kind === 'ready') reload();
    },
    setTab: (tab: KnowledgeTab) => store.setState({ tab, selection: { kind: 'none' } }),
    async loadMore() {
      const { articles } = store.getState();
      const page = await client.knowledge.articles({ limit: PAGE, offset: articles.length });
      store.setState({ articles: [...articles, ...page.articles.filter(({ id }) => !articles.some((other) => other.id === id))], articleTotal: page.total });
    },
    /** Read once for each opening of an editor; without an answer macros are previewed with nothing filled in. */
    async readConversations() {
      const conversations = await client.conversation.list({ limit: MOST_CONVERSATIONS }).catch(() => []);
      store.setState({ conversations });
    },
    ...choosing(store, client, load),
    ...articleActions(client, store, load),
    ...macroActions(client, store, load),
  };
}

/** Moving between the entries. */
function choosing(store: KnowledgeApi, client: Client, load: () => Promise<void>) {
  const openArticle = async (id: string, passageId: string | null = null): Promise<void> => {
    store.setState({ tab: 'articles', selection: { kind: 'article', id, article: null, passageId, isEditing: false } });
    try {
      const article = await client.knowledge.article({ id });
      store.setState(({ selection }) => (selection.kind === 'article' && selection.id === id ? { selection: { ...selection, article } } : { selection }));
    } catch (error) {
      store.setState({ selection: { kind: 'none' }, failure: callFailure(error) });
    }
  };
  return {
    openArticle,
    /** Opens what a search found. A passage's article is known by its title, for hits carry no article id. */
    show(target: { kind: 'macro'; id: string } | { kind: 'passage'; id: string; source: string; title: string }) {
      if (target.kind === 'macro') {
        store.setState({ tab: 'macros', selection: { kind: 'macro', id: target.id, prefill: NO_PREFILL } });
        return;
      }
      void load().then(async () => {
        const { articles } = store.getState();
        const article = articles.find(({ title, source }) => source === target.source && target.title.startsWith(title)) ?? articles.find(({ title, source }) => source === target.source || title === target.source || title === target.title);
        if (article !== undefined) await openArticle(article.id, target.id);
      });
    },
    editArticle: (isEditing: boolean) => store.setState(({ selection }) => (selection.kind === 'article' ? { selection: { ...selection, isEditing } } : { selection })),
    newArticle: (prefill: Prefill = NO_PREFILL) => store.setState({ tab: 'articles', selection: { kind: 'new-article', prefill } }),
    chooseMacro: (id: string) => store.setState({ tab: 'macros', selection: { kind: 'macro', id, prefill: NO_PREFILL } }),
    newMacro: (prefill: Prefill = NO_PREFILL) => store.setState({ tab: 'macros', selection: { kind: 'macro', id: null, prefill } }),
    /** For a customer's question from the Desk: a new article where the rep may write one, else a macro of their own. */
    async writeFor(question: string, canWriteArticles: boolean) {
      await load();
      const known = store.getState().questions.find((one) => one.question === question.trim());
      const prefill: Prefill = { title: (known?.question ?? question).trim().slice(0, 120), text: '', answers: known?.messageIds ?? [] };
      store.setState(canWriteArticles ? { tab: 'articles', selection: { kind: 'new-article', prefill } } : { tab: 'macros', selection: { kind: 'macro', id: null, prefill } });
    },
    chooseQuestion: (question: Unanswered) => store.setState({ tab: 'unanswered', selection: { kind: 'question', question } }),
    closeDetail: () => store.setState({ selection: { kind: 'none' } }),
    importPhrases: (isImportingPhrases: boolean) => store.setState({ tab: 'macros', isImportingPhrases }),
  };
}

/** What was typed in an editor and not saved, by entry: leaving it for another one, or for the Desk, loses nothing. */
function createUnsaved() {
  const kept = new Map<string, unknown>();
  return {
    get: <Fields,>(key: string): Fields | undefined => kept.get(key) as Fields | undefined,
    keep: (key: string, fields: unknown) => void kept.set(key, fields),
    drop: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}
