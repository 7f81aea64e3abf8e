import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { useNow } from '../../base/shell-context.tsx';
import { useTexts, type Texts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { KnowledgeState, KnowledgeStore } from './knowledge.store.ts';

const ROW_HEIGHT = 50;
type Line = { id: string; title: string; note: string; isChosen: boolean };

function linesOf(state: KnowledgeState, filter: string, nowMs: number, { t, formats }: Pick<Texts, 't' | 'formats'>): Line[] {
  const wanted = filter.trim().toLowerCase();
  const fits = (...fields: string[]): boolean => wanted === '' || fields.some((field) => field.toLowerCase().includes(wanted));
  const chosenId = state.selection.kind === 'none' ? null : state.selection.id;
  if (state.tab === 'articles') {
    return state.articles
      .filter(({ title, source }) => fits(title, source))
      .map((article) => ({ id: article.id, title: article.title, note: `${t('knowledge.passageCount', { count: article.passageCount })} · ${formats.relative(article.updatedAt, nowMs)} · ${article.source}`, isChosen: article.id === chosenId }));
  }
  return state.macros
    .filter(({ code, title, text }) => fits(code, title, text))
    .map((macro) => ({ id: macro.id, title: macro.title === '' ? macro.text : macro.title, note: `;${macro.code} · ${t('macro.used', { count: formats.number(macro.useCount) })}`, isChosen: macro.id === chosenId }));
}

/** The articles or macros that fit the filter, as buttons in a virtual list. */
export function KnowledgeList({ knowledge, filter, onGoImport }: { knowledge: KnowledgeStore; filter: string; onGoImport: () => void }) {
  const texts = useTexts();
  const { t, formats } = texts;
  const state = useStore(knowledge.store);
  const nowMs = useNow();
  const scrollRef = useRef<HTMLDivElement>(null);
  const lines = linesOf(state, filter, nowMs, texts);
  const virtualizer = useVirtualizer({ count: lines.length, getScrollElement: () => scrollRef.current, estimateSize: () => ROW_HEIGHT, overscan: 10 });
  const choose = (id: string): void => (state.tab === 'articles' ? void knowledge.openArticle(id) : knowledge.chooseMacro(id));
  if (lines.length === 0) return <NothingHere tab={state.tab} isFiltered={filter.trim() !== ''} onGoImport={onGoImport} onNewMacro={() => knowledge.newMacro()} />;
  const total = state.tab === 'articles' ? state.articleTotal : state.macros.length;
  return (
    <>
      <div ref={scrollRef} className="quiet-scroll min-h-0 flex-1 overflow-y-auto">
        <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            return line && (
              <li key={line.id} className="absolute inset-x-0" style={{ top: item.start, height: ROW_HEIGHT }}>
                <button type="button" aria-current={line.isChosen} onClick={() => choose(line.id)} className={clsx('ring-inside flex size-full flex-col justify-center border-b border-line px-4 text-left', line.isChosen ? 'bg-accent-tint' : 'hover:bg-raised')}>
                  <span className="w-full truncate">{line.title}</span>
                  <span className="w-full truncate text-meta text-ink-3">{line.note}</span>
                </button>
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

function NothingHere({ tab, isFiltered, onGoImport, onNewMacro }: { tab: KnowledgeState['tab']; isFiltered: boolean; onGoImport: () => void; onNewMacro: () => void }) {
  const { t } = useTexts();
  if (isFiltered) return <EmptyState title={t('knowledge.noneFiltered')} />;
  if (tab === 'articles') return <EmptyState title={t('knowledge.noArticles')} body={t('knowledge.noArticlesBody')}><Button onClick={onGoImport}>{t('queue.goImport')}</Button></EmptyState>;
  return <EmptyState title={t('knowledge.noMacros')} body={t('knowledge.noMacrosBody')}><Button onClick={onNewMacro}>{t('macro.new')}</Button></EmptyState>;
}
