import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Star } from 'lucide-react';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { linesOf, type Line, type ListView } from './knowledge-lines.ts';
import type { KnowledgeState } from './knowledge-state.ts';
import type { KnowledgeStore } from './knowledge.store.ts';

const ROW_HEIGHT = 36;
const TONES = { plain: 'text-ink-2', watch: 'text-mid', problem: 'text-high' } as const;

/** The entries that fit, as buttons in a virtual list; the arrow keys walk through them. */
export function KnowledgeList({ knowledge, view, onGoImport }: { knowledge: KnowledgeStore; view: ListView; onGoImport: () => void }) {
  const texts = useTexts();
  const { t, formats } = texts;
  const state = useStore(knowledge.store);
  const nowMs = useNow();
  const scrollRef = useRef<HTMLDivElement>(null);
  const lines = linesOf(state, view, nowMs, texts);
  const virtualizer = useVirtualizer({ count: lines.length, getScrollElement: () => scrollRef.current, estimateSize: () => ROW_HEIGHT, overscan: 10 });
  if (lines.length === 0) return <NothingHere knowledge={knowledge} tab={state.tab} isFiltered={view.filter.trim() !== '' || view.shown !== 'all'} onGoImport={onGoImport} />;
  const total = { articles: state.articleTotal, macros: state.macros.length, unanswered: state.questionTotal }[state.tab];
  const rowAt = (index: number): HTMLElement | null => scrollRef.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  const focusRow = (index: number): void => {
    const row = rowAt(index);
    virtualizer.scrollToIndex(index);
    // a row out of sight is drawn first
    if (row === null) requestAnimationFrame(() => rowAt(index)?.focus());
    else row.focus();
  };
  return (
    <>
      <p id="knowledge-list-keys" className="sr-only">{t('knowledge.listKeys')}</p>
      <div ref={scrollRef} className="quiet-scroll min-h-0 flex-1 overflow-y-auto">
        <ul aria-label={t(`knowledge.${state.tab}`)} aria-describedby="knowledge-list-keys" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return line && (
              <li key={line.id} className="absolute inset-x-0" style={{ top: item.start, height: ROW_HEIGHT }}>
                <Row line={line} index={item.index} onChoose={() => choose(knowledge, state, line.id)} onKey={(event) => walk(event, item.index, lines.length, focusRow)} />
              </li>
            );
          })}
        </ul>
      </div>
      <div className="flex h-8 shrink-0 items-center justify-between border-t border-line px-4 text-meta text-ink-2">
        <span>{t('knowledge.total', { count: formats.number(total) })}</span>
        {state.tab === 'articles' && state.articles.length < state.articleTotal && <Button size="compact" tone="ghost" onClick={() => void knowledge.loadMore().catch(() => {})}>{t('knowledge.loadMore')}</Button>}
      </div>
    </>
  );
}

function Row({ line, index, onChoose, onKey }: { line: Line; index: number; onChoose: () => void; onKey: (event: React.KeyboardEvent) => void }) {
  const { t } = useTexts();
  return (
    <button type="button" data-index={index} aria-current={line.isChosen} onClick={onChoose} onKeyDown={onKey} title={line.title} className={clsx('ring-inside flex size-full items-center gap-2 border-b border-line px-3 text-left', line.isChosen ? 'bg-accent-tint' : 'hover:bg-raised')}>
      {line.isFavourite && <Star size={14} className="shrink-0 fill-current text-gold" role="img" aria-label={t('macro.favourite')} />}
      <span className="min-w-0 flex-1 truncate">{line.title}</span>
      {line.mark !== null && <span className={clsx('shrink-0 text-meta', TONES[line.mark.tone])}>{line.mark.text}</span>}
      <span className="shrink-0 text-meta text-ink-3">{line.note}</span>
    </button>
  );
}

function choose(knowledge: KnowledgeStore, state: KnowledgeState, id: string): void {
  if (state.tab === 'articles') void knowledge.openArticle(id);
  else if (state.tab === 'macros') knowledge.chooseMacro(id);
  else {
    const question = state.questions.find(({ messageIds }) => messageIds[0] === id);
    if (question !== undefined) knowledge.chooseQuestion(question);
  }
}

function walk(event: React.KeyboardEvent, at: number, count: number, focusRow: (index: number) => void): void {
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[event.key];
  if (next === undefined || next < 0 || next >= count) return;
  event.preventDefault();
  focusRow(next);
}

function NothingHere({ knowledge, tab, isFiltered, onGoImport }: { knowledge: KnowledgeStore; tab: KnowledgeState['tab']; isFiltered: boolean; onGoImport: () => void }) {
  const { t } = useTexts();
  if (isFiltered) return <EmptyState title={t('knowledge.noneFiltered')} />;
  if (tab === 'unanswered') return <EmptyState title={t('question.none')} body={t('question.noneBody')} />;
  if (tab === 'articles') return <EmptyState title={t('knowledge.noArticles')} body={t('knowledge.noArticlesBody')}><Button onClick={onGoImport}>{t('queue.goImport')}</Button><Button onClick={() => knowledge.newArticle()}>{t('article.new')}</Button></EmptyState>;
  return <EmptyState title={t('knowledge.noMacros')} body={t('knowledge.noMacrosBody')}><Button onClick={() => knowledge.newMacro()}>{t('macro.new')}</Button><Button onClick={() => knowledge.importPhrases(true)}>{t('macro.importList')}</Button></EmptyState>;
}
