import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Article, ArticleSummary, Macro } from '../../../shared/contract/knowledge.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { Client } from '../../connection/connection.ts';

/** What stands on the right: an article read, or a macro being written (`id` null: a new one). */
export type KnowledgeSelection = { kind: 'none' } | { kind: 'article'; id: string; article: Article | null; passageId: string | null } | { kind: 'macro'; id: string | null; title: string };
export type KnowledgeState = {
  tab: 'articles' | 'macros';
  kind: 'loading' | 'ready' | 'failed';
  failure: CallFailure | null;
  articles: readonly ArticleSummary[];
  articleTotal: number;
  macros: readonly Macro[];
  selection: KnowledgeSelection;
};
export type KnowledgeStore = ReturnType<typeof createKnowledgeStore>;
export type MacroDraft = { id?: string; code: string; title: string; text: string };

const PAGE = 200;

export function createKnowledgeStore(client: Client) {
  const store = createStore<KnowledgeState>(() => ({ tab: 'articles', kind: 'loading', failure: null, articles: [], articleTotal: 0, macros: [], selection: { kind: 'none' } }));
  const load = async (): Promise<void> => {
    try {
      const limit = Math.min(500, Math.max(PAGE, store.getState().articles.length));
      const [page, macros] = await Promise.all([client.knowledge.articles({ limit }), client.knowledge.macros({})]);
      store.setState({ kind: 'ready', failure: null, articles: page.articles, articleTotal: page.total, macros });
    } catch (error) {
      store.setState(({ kind }) => ({ kind: kind === 'ready' ? kind : 'failed', failure: callFailure(error) }));
    }
  };
  const reload = coalesce(load, 150);
  const openArticle = async (id: string, passageId: string | null = null): Promise<void> => {
    store.setState({ tab: 'articles', selection: { kind: 'article', id, article: null, passageId } });
    try {
      const article = await client.knowledge.article({ id });
      store.setState(({ selection }) => (selection.kind === 'article' && selection.id === id ? { selection: { ...selection, article } } : { selection }));
    } catch (error) {
      store.setState({ selection: { kind: 'none' }, failure: callFailure(error) });
    }
  };
  return {
    store,
    load,
    openArticle,
    receive(event: FeedEvent) {
      if (event.type === 'data.changed' && store.getState().kind === 'ready') reload();
    },
    setTab: (tab: KnowledgeState['tab']) => store.setState({ tab, selection: { kind: 'none' } }),
    async loadMore() {
      const { articles } = store.getState();
      const page = await client.knowledge.articles({ limit: PAGE, offset: articles.length });
      store.setState({ articles: [...articles, ...page.articles.filter(({ id }) => !articles.some((other) => other.id === id))], articleTotal: page.total });
    },
    /** Opens what a search found. A passage's article is known by its title, for hits carry no article id. */
    show(target: { kind: 'macro'; id: string } | { kind: 'passage'; id: string; source: string; title: string }) {
      if (target.kind === 'macro') {
        store.setState({ tab: 'macros', selection: { kind: 'macro', id: target.id, title: '' } });
        return;
      }
      void load().then(async () => {
        const article = store.getState().articles.find(({ title, source }) => source === target.source && target.title.startsWith(title)) ?? store.getState().articles.find(({ title, source }) => source === target.source || title === target.title);
        if (article !== undefined) await openArticle(article.id, target.id);
      });
    },
    chooseMacro: (id: string) => store.setState({ tab: 'macros', selection: { kind: 'macro', id, title: '' } }),
    newMacro: (title = '') => store.setState({ tab: 'macros', selection: { kind: 'macro', id: null, title } }),
    ...changingActions(client, store, load, reload, openArticle),
  };
}

function changingActions(client: Client, store: StoreApi<KnowledgeState>, load: () => Promise<void>, reload: () => void, openArticle: (id: string) => Promise<void>) {
  return {
    async deleteArticle(id: string) {
      await client.knowledge.deleteArticle({ id });
      store.setState(({ selection, articles }) => ({ articles: articles.filter((article) => article.id !== id), selection: selection.kind === 'article' && selection.id === id ? { kind: 'none' } : selection }));
      reload();
    },
    async restoreArticle(id: string) {
      await client.knowledge.restoreArticle({ id });
      await load();
      await openArticle(id);
    },
    async saveMacro(draft: MacroDraft): Promise<Macro> {
      const macro = await client.knowledge.saveMacro(draft);
      await load();
      store.setState({ selection: { kind: 'macro', id: macro.id, title: '' } });
      return macro;
    },
    async deleteMacro(id: string) {
      await client.knowledge.deleteMacro({ id });
      store.setState({ selection: { kind: 'none' } });
      await load();
    },
  };
}
