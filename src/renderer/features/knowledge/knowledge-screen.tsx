import { clsx } from 'clsx';
import { Download, FileInput, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { GuardedAction } from '../../../shared/contract/access.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { TakenShortcut } from '../../../shared/shortcut-conflict.ts';
import { useTexts } from '../../base/texts.tsx';
import type { Connection } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { ArticleEditor } from './article-editor.tsx';
import { ArticleView } from './article-view.tsx';
import { KnowledgeList } from './knowledge-list.tsx';
import { SHOWN, SORTS, type ListView } from './knowledge-lines.ts';
import { NO_PREFILL } from './knowledge-state.ts';
import type { KnowledgeStore } from './knowledge.store.ts';
import { MacroEditor } from './macro-editor.tsx';
import { MacroExport } from './macro-export.tsx';
import { PhraseImport } from './phrase-import.tsx';
import { QuestionView } from './question-view.tsx';

const TABS = ['articles', 'macros', 'unanswered'] as const;
const FIRST_VIEW: ListView = { filter: '', shown: 'all', sort: 'code' };

export type KnowledgeScreenProps = {
  knowledge: KnowledgeStore;
  question: string | null;
  onQuestionTaken: () => void;
  onGoImport: () => void;
  onOpenConversation: (conversationId: ConversationId) => void;
  files: Pick<Connection, 'chooseFiles' | 'pathOf' | 'release'>;
  /** What the signed-in rep may do of what not everybody may. */
  allowed: readonly GuardedAction[];
  /** Keys that commands answer to, with their names. */
  takenShortcuts: () => readonly TakenShortcut[];
};

/** Articles, macros and unanswered questions: the list left, one of them right. A `question` from the Desk opens a new article for it. */
export function KnowledgeScreen(props: KnowledgeScreenProps) {
  const { knowledge, question, onQuestionTaken, onGoImport, allowed } = props;
  const { t } = useTexts();
  const kind = useStore(knowledge.store, (state) => state.kind);
  const failure = useStore(knowledge.store, (state) => state.failure);
  const isImporting = useStore(knowledge.store, (state) => state.isImportingPhrases);
  useEffect(() => void knowledge.load(), [knowledge]);
  useEffect(() => {
    if (question === null) return;
    void knowledge.writeFor(question, allowed.includes('knowledge.change'));
    onQuestionTaken();
  }, [knowledge, question, onQuestionTaken, allowed]);
  return (
    <div className="flex min-h-0 flex-1">
      <Sidebar knowledge={knowledge} onGoImport={onGoImport} canWrite={allowed.includes('knowledge.change')} />
      <section aria-label={t('nav.knowledge')} className="flex min-w-0 flex-1 flex-col">
        {kind === 'failed' && failure !== null && <FailureNotice text={t('knowledge.failed')} failure={failure} onRetry={() => void knowledge.load()} />}
        <Detail {...props} />
      </section>
      {isImporting && <PhraseImport knowledge={knowledge} files={props.files} />}
    </div>
  );
}

function Sidebar({ knowledge, onGoImport, canWrite }: { knowledge: KnowledgeStore; onGoImport: () => void; canWrite: boolean }) {
  const { t } = useTexts();
  const { tab, kind, questionTotal } = useStore(knowledge.store);
  const [view, setView] = useState<ListView>(FIRST_VIEW);
  const choose = (name: (typeof TABS)[number]): void => {
    setView({ ...view, filter: '', shown: 'all' });
    knowledge.setTab(name);
  };
  return (
    <div className="flex w-[360px] shrink-0 flex-col border-r border-line bg-surface max-md:w-64">
      <div className="flex flex-col gap-2 border-b border-line p-2">
        <h1 className="sr-only">{t('nav.knowledge')}</h1>
        <div role="group" aria-label={t('knowledge.tabs')} className="flex flex-wrap gap-1">
          {TABS.map((name) => (
            <button key={name} type="button" aria-pressed={tab === name} onClick={() => choose(name)} className={clsx('h-7 rounded px-2', tab === name ? 'bg-accent-tint font-semibold text-accent' : 'text-ink-2 hover:bg-raised')}>
              {t(`knowledge.${name}`)}{name === 'unanswered' && questionTotal > 0 && ` ${questionTotal}`}
            </button>
          ))}
        </div>
        <ListFilters knowledge={knowledge} view={view} onView={setView} />
        <ListActions knowledge={knowledge} canWrite={canWrite} />
      </div>
      {kind === 'loading' ? <LoadingLines /> : <KnowledgeList knowledge={knowledge} view={view} onGoImport={onGoImport} />}
    </div>
  );
}

const FILTER_LABELS = { articles: 'knowledge.filter', macros: 'knowledge.filterMacros', unanswered: 'knowledge.filterQuestions' } as const;

function ListFilters({ knowledge, view, onView }: { knowledge: KnowledgeStore; view: ListView; onView: (view: ListView) => void }) {
  const { t } = useTexts();
  const tab = useStore(knowledge.store, (state) => state.tab);
  const label = t(FILTER_LABELS[tab]);
  return (
    <div className="flex flex-wrap gap-1">
      <TextField isLabelHidden label={label} placeholder={label} value={view.filter} onChange={(event) => onView({ ...view, filter: event.target.value })} className={tab === 'macros' ? 'basis-full' : 'flex-1'} />
      {tab !== 'unanswered' && <SelectField isLabelHidden label={t('knowledge.show')} value={view.shown} choices={SHOWN[tab].map((value) => ({ value, label: t(`knowledge.show.${value}`) }))} onChange={(shown) => onView({ ...view, shown })} className={tab === 'macros' ? 'flex-1' : 'w-28'} />}
      {tab === 'macros' && <SelectField isLabelHidden label={t('knowledge.sort')} value={view.sort} choices={SORTS.map((value) => ({ value, label: t(`knowledge.sort.${value}`) }))} onChange={(sort) => onView({ ...view, sort })} className="flex-1" />}
    </div>
  );
}

function ListActions({ knowledge, canWrite }: { knowledge: KnowledgeStore; canWrite: boolean }) {
  const { t } = useTexts();
  const tab = useStore(knowledge.store, (state) => state.tab);
  if (tab === 'articles') return canWrite ? <div><Button onClick={() => knowledge.newArticle()}><Plus size={14} aria-hidden />{t('article.new')}</Button></div> : null;
  if (tab === 'unanswered') return null;
  return (
    <div className="flex flex-wrap gap-1">
      <Button onClick={() => knowledge.newMacro()}><Plus size={14} aria-hidden />{t('macro.new')}</Button>
      <Button onClick={() => knowledge.importPhrases(true)}><FileInput size={14} aria-hidden />{t('macro.importList')}</Button>
      <MacroExport knowledge={knowledge}><Download size={14} aria-hidden />{t('macro.exportList')}</MacroExport>
    </div>
  );
}

function Detail({ knowledge, allowed, takenShortcuts, onOpenConversation }: KnowledgeScreenProps) {
  const { t } = useTexts();
  const selection = useStore(knowledge.store, (state) => state.selection);
  const macros = useStore(knowledge.store, (state) => state.macros);
  const canWrite = allowed.includes('knowledge.change');
  switch (selection.kind) {
    case 'none':
      return <EmptyState title={t('knowledge.choose')} />;
    case 'new-article':
      return <ArticleEditor key={`new-${selection.prefill.title}`} knowledge={knowledge} article={null} prefill={selection.prefill} />;
    case 'article':
      if (selection.article === null) return <LoadingLines />;
      return selection.isEditing ? <ArticleEditor key={selection.id} knowledge={knowledge} article={selection.article} prefill={NO_PREFILL} /> : <ArticleView knowledge={knowledge} article={selection.article} passageId={selection.passageId} canWrite={canWrite} />;
    case 'question':
      return <QuestionView knowledge={knowledge} question={selection.question} canWrite={canWrite} onOpenConversation={onOpenConversation} />;
    case 'macro': {
      const macro = macros.find(({ id }) => id === selection.id) ?? null;
      return <MacroEditor key={`${selection.id}-${selection.prefill.title}-${selection.prefill.text}`} knowledge={knowledge} macro={macro} prefill={selection.prefill} canEditTeam={allowed.includes('macros.team')} takenShortcuts={takenShortcuts} />;
    }
  }
}
