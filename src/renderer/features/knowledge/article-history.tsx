import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import type { Article, ArticleVersion } from '../../../shared/contract/knowledge.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import { Overlay } from '../../ui/overlay.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';
import { MarkdownView } from './markdown-view.tsx';

/** The versions of an article, newest first; any of them can become the newest again. */
export function ArticleHistory({ knowledge, article, canRestore, onClose }: { knowledge: KnowledgeStore; article: Article; canRestore: boolean; onClose: () => void }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [versions, setVersions] = useState<readonly ArticleVersion[] | null>(null);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  useEffect(() => {
    knowledge.client.knowledge.articleVersions({ id: article.id }).then(setVersions, (error: unknown) => setFailure(callFailure(error)));
  }, [knowledge, article.id]);
  const restore = (version: number): void =>
    void knowledge.restoreArticle(article.id, version).then(
      () => {
        toasts.show({ key: 'article.versionRestored', values: { version } });
        onClose();
      },
      (error: unknown) => setFailure(callFailure(error)),
    );
  const chosen = versions?.find(({ version }) => version === shown) ?? versions?.[0] ?? null;
  return (
    <Overlay title={`${t('article.history')} · ${article.title}`} onClose={onClose} className="w-[min(860px,calc(100vw-32px))]">
      {failure !== null && <FailureNotice text={t('knowledge.failed')} failure={failure} />}
      {versions === null && failure === null && <LoadingLines count={4} />}
      {chosen !== null && (
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <ul className="quiet-scroll w-64 shrink-0 overflow-y-auto border-r border-line max-md:w-full">
            {versions?.map((version) => <li key={version.version}><VersionRow version={version} isChosen={version === chosen} onChoose={() => setShown(version.version)} /></li>)}
          </ul>
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard */}
            <div tabIndex={0} role="region" aria-label={t('knowledge.version', { version: chosen.version })} className="quiet-scroll ring-inside min-h-40 flex-1 overflow-y-auto p-4">
              <p className="pb-2 font-semibold">{chosen.title}</p>
              <MarkdownView markdown={chosen.markdown} />
            </div>
            <div className="flex items-center gap-3 border-t border-line px-4 py-2">
              <span className="flex-1 text-meta text-ink-3">{t('article.historyNote')}</span>
              {canRestore && <Button tone="primary" disabled={chosen.isCurrent} onClick={() => restore(chosen.version)}>{t('article.restoreVersion')}</Button>}
            </div>
          </div>
        </div>
      )}
    </Overlay>
  );
}

function VersionRow({ version, isChosen, onChoose }: { version: ArticleVersion; isChosen: boolean; onChoose: () => void }) {
  const { t, formats } = useTexts();
  const who = version.repName === null ? t('article.imported') : t('article.byRep', { name: version.repName === '' ? t('article.someRep') : version.repName });
  return (
    <button type="button" aria-current={isChosen} onClick={onChoose} className={clsx('ring-inside flex w-full flex-col border-b border-line px-3 py-1.5 text-left', isChosen ? 'bg-accent-tint' : 'hover:bg-raised')}>
      <span>{t('knowledge.version', { version: version.version })}{version.isCurrent && ` · ${t('article.current')}`}</span>
      <span className="text-meta text-ink-3">{formats.dateTime(version.savedAt)} · {who}</span>
    </button>
  );
}
