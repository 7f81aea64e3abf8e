import { useEffect, useState } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { LoadingLines } from '../../ui/loading-lines.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';

type Cut = readonly { heading: string; text: string }[];

/** How a text would be cut: each piece is what a search finds and a suggestion quotes. */
export function PassagePreview({ knowledge, markdown }: { knowledge: KnowledgeStore; markdown: string }) {
  const { t } = useTexts();
  const [passages, setPassages] = useState<Cut | null>(null);
  useEffect(() => {
    let isGone = false;
    knowledge.client.knowledge.previewArticle({ markdown }).then((cut) => { if (!isGone) setPassages(cut); }, () => { if (!isGone) setPassages([]); });
    return () => { isGone = true; };
  }, [knowledge, markdown]);
  if (passages === null) return <LoadingLines count={3} />;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-meta text-ink-3">{t('knowledge.passageCount', { count: passages.length })}</p>
      {passages.map(({ heading, text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- passages of a preview have no identity
        <section key={index} className="border-l-2 border-line pl-3">
          {heading !== '' && <h3 className="font-semibold">{heading}</h3>}
          <p className="text-talk break-words whitespace-pre-wrap">{text}</p>
        </section>
      ))}
    </div>
  );
}
