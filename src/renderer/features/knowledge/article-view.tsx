import { clsx } from 'clsx';
import { Copy, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Article } from '../../../shared/contract/knowledge.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import type { KnowledgeSelection, KnowledgeStore } from './knowledge.store.ts';

/** One article with its passages; deleting can be undone. */
export function ArticleView({ knowledge, selection }: { knowledge: KnowledgeStore; selection: Extract<KnowledgeSelection, { kind: 'article' }> }) {
  const { t, formats } = useTexts();
  const { toasts } = useShell();
  const { article, passageId } = selection;
  if (article === null) return <LoadingLines />;
  const problem = (error: unknown): void => toasts.problem({ key: `error.${callFailure(error).code}` });
  const restore = (): void => void knowledge.restoreArticle(article.id).then(() => toasts.show({ key: 'knowledge.restored', values: { title: article.title } }), problem);
  const remove = (): void => void knowledge.deleteArticle(article.id).then(() => toasts.show({ key: 'knowledge.deleted', values: { title: article.title } }, { labelKey: 'action.undo', run: restore }), problem);
  return (
    // A scroll area must take focus, or the keyboard cannot reach what is below.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <article tabIndex={0} aria-label={article.title} className="quiet-scroll ring-inside min-h-0 flex-1 overflow-y-auto p-6">
      <div className="mx-auto flex max-w-[760px] flex-col gap-4">
        <header className="flex items-start gap-4">
          <div className="min-w-0 flex-1">
            <h2 className="text-head font-semibold break-words">{article.title}</h2>
            <p className="text-meta text-ink-3 break-all">{t('knowledge.version', { version: article.version })} · {formats.dateTime(article.updatedAt)} · {article.source}</p>
          </div>
          <Button tone="danger" onClick={remove}><Trash2 size={14} aria-hidden />{t('action.delete')}</Button>
        </header>
        {article.passages.map((passage) => <Passage key={passage.id} passage={passage} isWanted={passage.id === passageId} />)}
      </div>
    </article>
  );
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
