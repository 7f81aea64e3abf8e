import { clsx } from 'clsx';
import { Copy, History, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Article } from '../../../shared/contract/knowledge.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useNow, useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { lastDayOf } from './article-dates.ts';
import { ArticleHistory } from './article-history.tsx';
import { articleStateOf } from './knowledge-lines.ts';
import type { KnowledgeStore } from './knowledge.store.ts';

/** One article with its passages, as suggestions take them; deleting can be undone, former versions are kept. */
export function ArticleView({ knowledge, article, passageId, canWrite }: { knowledge: KnowledgeStore; article: Article; passageId: string | null; canWrite: boolean }) {
  return (
    // A scroll area must take focus, or the keyboard cannot reach what is below.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <article tabIndex={0} aria-label={article.title} className="quiet-scroll ring-inside min-h-0 flex-1 overflow-y-auto p-6">
      <div className="mx-auto flex max-w-[760px] flex-col gap-4">
        <ArticleHead knowledge={knowledge} article={article} canWrite={canWrite} />
        {article.passages.map((passage) => <Passage key={passage.id} passage={passage} isWanted={passage.id === passageId} />)}
      </div>
    </article>
  );
}

function ArticleHead({ knowledge, article, canWrite }: { knowledge: KnowledgeStore; article: Article; canWrite: boolean }) {
  const { t, formats } = useTexts();
  const [isHistoryOpen, setIsHistoryOpen] = useState(false);
  const remove = useRemoval(knowledge, article);
  const place = article.source.startsWith('desk/') ? t('article.writtenHere') : article.source;
  return (
    <header className="flex flex-col gap-2">
      <h2 className="text-head font-semibold break-words">{article.title}</h2>
      <p className="text-meta text-ink-3 break-all">{t('knowledge.version', { version: article.version })} · {formats.dateTime(article.updatedAt)} · {place}{article.intent !== null && ` · ${article.intent}`}</p>
      <ArticleStateLine article={article} />
      <div className="flex flex-wrap gap-2">
        {canWrite && <Button onClick={() => knowledge.editArticle(true)}><Pencil size={14} aria-hidden />{t('article.edit')}</Button>}
        <Button onClick={() => setIsHistoryOpen(true)}><History size={14} aria-hidden />{t('article.history')}</Button>
        {canWrite && <Button tone="danger" onClick={remove}><Trash2 size={14} aria-hidden />{t('action.delete')}</Button>}
      </div>
      {isHistoryOpen && <ArticleHistory knowledge={knowledge} article={article} canRestore={canWrite} onClose={() => setIsHistoryOpen(false)} />}
    </header>
  );
}

function useRemoval(knowledge: KnowledgeStore, article: Article): () => void {
  const { toasts } = useShell();
  const problem = (error: unknown): void => toasts.problem({ key: `error.${callFailure(error).code}` });
  const restore = (): void => void knowledge.restoreArticle(article.id).then(() => toasts.show({ key: 'knowledge.restored', values: { title: article.title } }), problem);
  return () => void knowledge.deleteArticle(article.id).then(() => toasts.show({ key: 'knowledge.deleted', values: { title: article.title } }, { labelKey: 'action.undo', run: restore }), problem);
}

/** Says when an article is not suggested, or soon will not be. */
function ArticleStateLine({ article }: { article: Article }) {
  const { t } = useTexts();
  const state = articleStateOf(article, useNow());
  if (state === 'current') return null;
  return <p className={clsx('text-ui', state === 'expired' ? 'text-high' : 'text-mid')}><span aria-hidden>{state === 'expired' ? '▲ ' : '△ '}</span>{t(`article.state.${state}`, { date: lastDayOf(article.validTo) })}</p>;
}

function Passage({ passage, isWanted }: { passage: Article['passages'][number]; isWanted: boolean }) {
  const { t } = useTexts();
  const copy = useCopy();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isWanted) ref.current?.scrollIntoView({ block: 'center' });
  }, [isWanted]);
  return (
    <section ref={ref} className={clsx('group flex gap-2 border-l-2 pl-3', isWanted ? 'border-accent bg-accent-tint' : 'border-line')}>
      <div className="min-w-0 flex-1">
        {passage.heading !== '' && <h3 className="font-semibold">{passage.heading}</h3>}
        <p className="text-talk break-words whitespace-pre-wrap">{passage.text}</p>
      </div>
      <IconButton label={`${t('action.copy')} ${passage.heading}`} onClick={() => copy(passage.text)}><Copy size={14} aria-hidden /></IconButton>
    </section>
  );
}
