import { Paperclip, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';

/** The picture or file that goes with a macro. */
export function MacroMedia({ knowledge, macro }: { knowledge: KnowledgeStore; macro: Macro | null }) {
  const { t, formats } = useTexts();
  const inputRef = useRef<HTMLInputElement>(null);
  const { isAdding, failure, add, remove } = useMedia(knowledge, macro);
  const media = macro?.media ?? null;
  return (
    <section aria-label={t('macro.media')} className="flex flex-col gap-1">
      <h3 className="text-meta text-ink-2">{t('macro.media')}</h3>
      {media !== null && (
        <p className="flex h-9 items-center gap-2 rounded border border-line px-2">
          <Paperclip size={14} aria-hidden className="shrink-0 text-ink-3" />
          <span className="min-w-0 flex-1 truncate" title={media.name}>{media.name}</span>
          <span className="text-meta text-ink-3">{formats.bytes(media.byteCount)}</span>
          {macro?.canEdit === true && <IconButton label={t('macro.mediaRemove', { name: media.name })} onClick={remove}><X size={14} aria-hidden /></IconButton>}
        </p>
      )}
      {media === null && (
        <div className="flex items-center gap-2">
          <input ref={inputRef} type="file" tabIndex={-1} aria-hidden className="sr-only" onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file !== undefined) void add(file); }} />
          <Button disabled={macro?.canEdit !== true || isAdding} onClick={() => inputRef.current?.click()}><Paperclip size={14} aria-hidden />{t(isAdding ? 'macro.mediaAdding' : 'macro.mediaAdd')}</Button>
        </div>
      )}
      {failure !== null && <p role="alert" className="text-high">{t('macro.mediaFailed')} {failure.sentence ?? t(`error.${failure.code}`)}</p>}
      <p className="text-meta text-ink-3">{t('macro.mediaHelp')}</p>
    </section>
  );
}

function useMedia(knowledge: KnowledgeStore, macro: Macro | null) {
  const { toasts } = useShell();
  const [isAdding, setIsAdding] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  return {
    isAdding,
    failure,
    async add(file: File) {
      if (macro === null) return;
      setIsAdding(true);
      try {
        await knowledge.addMedia(macro.id, file);
        setFailure(null);
      } catch (error) {
        setFailure(callFailure(error));
      } finally {
        setIsAdding(false);
      }
    },
    remove() {
      if (macro === null || macro.media === null) return;
      const { name } = macro.media;
      void knowledge.removeMedia(macro.id).then(() => toasts.show({ key: 'macro.mediaRemoved', values: { name } }), (error: unknown) => setFailure(callFailure(error)));
    },
  };
}
