import { clsx } from 'clsx';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { ArticleView } from './article-view.tsx';
import { KnowledgeList } from './knowledge-list.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';
import { MacroEditor } from './macro-editor.tsx';

const TABS = ['articles', 'macros'] as const;

export type KnowledgeScreenProps = { knowledge: KnowledgeStore; question: string | null; onQuestionTaken: () => void; onGoImport: () => void };

/** Articles and macros: the list left, one of them right. A `question` from the Desk opens a new macro for it. */
export function KnowledgeScreen({ knowledge, question, onQuestionTaken, onGoImport }: KnowledgeScreenProps) {
  const { t } = useTexts();
  const kind = useStore(knowledge.store, (state) => state.kind);
  const failure = useStore(knowledge.store, (state) => state.failure);
  useEffect(() => void knowledge.load(), [knowledge]);
  useEffect(() => {
    if (question === null) return;
    knowledge.newMacro(question.slice(0, 120));
    onQuestionTaken();
  }, [knowledge, question, onQuestionTaken]);
  return (
    <div className="flex min-h-0 flex-1">
      <Sidebar knowledge={knowledge} onGoImport={onGoImport} />
      <section aria-label={t('nav.knowledge')} className="flex min-w-0 flex-1 flex-col">
        {kind === 'failed' && failure !== null && <FailureNotice text={t('knowledge.failed')} failure={failure} onRetry={() => void knowledge.load()} />}
        <Detail knowledge={knowledge} />
      </section>
    </div>
  );
}

function Sidebar({ knowledge, onGoImport }: { knowledge: KnowledgeStore; onGoImport: () => void }) {
  const { t } = useTexts();
  const { tab, kind } = useStore(knowledge.store);
  const [filter, setFilter] = useState('');
  return (
    <div className="flex w-[360px] shrink-0 flex-col border-r border-line bg-surface max-md:w-64">
      <div className="flex flex-col gap-2 border-b border-line p-2">
        <h1 className="sr-only">{t('nav.knowledge')}</h1>
        <div className="flex items-center gap-1">
          <div role="group" aria-label={t('knowledge.tabs')} className="flex flex-1 gap-1">
            {TABS.map((name) => (
              <button key={name} type="button" aria-pressed={tab === name} onClick={() => knowledge.setTab(name)} className={clsx('h-7 rounded px-3', tab === name ? 'bg-accent-tint font-semibold text-accent' : 'text-ink-2 hover:bg-raised')}>{t(`knowledge.${name}`)}</button>
            ))}
          </div>
          {tab === 'macros' && <Button onClick={() => knowledge.newMacro()}><Plus size={14} aria-hidden />{t('macro.new')}</Button>}
        </div>
        <TextField isLabelHidden label={t('knowledge.filter')} placeholder={t('knowledge.filter')} value={filter} onChange={(event) => setFilter(event.target.value)} />
      </div>
      {kind === 'loading' ? <LoadingLines /> : <KnowledgeList knowledge={knowledge} filter={filter} onGoImport={onGoImport} />}
    </div>
  );
}

function Detail({ knowledge }: { knowledge: KnowledgeStore }) {
  const { t } = useTexts();
  const selection = useStore(knowledge.store, (state) => state.selection);
  const macros = useStore(knowledge.store, (state) => state.macros);
  if (selection.kind === 'none') return <EmptyState title={t('knowledge.choose')} />;
  if (selection.kind === 'article') return <ArticleView knowledge={knowledge} selection={selection} />;
  const macro = macros.find(({ id }) => id === selection.id) ?? null;
  return <MacroEditor key={`${selection.id}-${selection.title}`} knowledge={knowledge} macro={macro} title={selection.title} />;
}
