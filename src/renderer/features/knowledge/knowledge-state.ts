import type { StoreApi } from 'zustand/vanilla';
import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import type { MessageId } from '../../../shared/contract/ids.contract.ts';
import type { Article, ArticleSummary, Unanswered } from '../../../shared/contract/knowledge.contract.ts';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import type { CallFailure } from '../../base/call-failure.ts';

export type KnowledgeTab = 'articles' | 'macros' | 'unanswered';
/** What a new article or macro starts from; `answers` are the questions an article settles. */
export type Prefill = { title: string; text: string; answers: readonly MessageId[] };
/** What stands on the right. `id` null: a new one, begun from `prefill`. */
export type KnowledgeSelection =
  | { kind: 'none' }
  | { kind: 'article'; id: string; article: Article | null; passageId: string | null; isEditing: boolean }
  | { kind: 'new-article'; prefill: Prefill }
  | { kind: 'macro'; id: string | null; prefill: Prefill }
  | { kind: 'question'; question: Unanswered };
export type KnowledgeState = {
  tab: KnowledgeTab;
  kind: 'loading' | 'ready' | 'failed';
  failure: CallFailure | null;
  articles: readonly ArticleSummary[];
  articleTotal: number;
  macros: readonly Macro[];
  questions: readonly Unanswered[];
  questionTotal: number;
  /** What a macro may be previewed with: the queue as it was when an editor was opened. */
  conversations: readonly ConversationSummary[];
  selection: KnowledgeSelection;
  isImportingPhrases: boolean;
};
export type KnowledgeApi = StoreApi<KnowledgeState>;

export const NO_PREFILL: Prefill = { title: '', text: '', answers: [] };
/** Before anything was read. */
export const FIRST_STATE: KnowledgeState = { tab: 'articles', kind: 'loading', failure: null, articles: [], articleTotal: 0, macros: [], questions: [], questionTotal: 0, conversations: [], selection: { kind: 'none' }, isImportingPhrases: false };
