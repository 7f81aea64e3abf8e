import { FileText, RotateCcw, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Attachment } from '../../../shared/contract/attachment.contract.ts';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { isShowable, useImageUrl } from './attachment-view.tsx';
import { useComposer, useDesk } from './desk-context.tsx';
import type { DraftFile } from './draft-files.store.ts';

const NONE: readonly DraftFile[] = [];

export function useDraftFiles(): readonly DraftFile[] {
  const desk = useDesk();
  const conversationId = useComposer((state) => state.conversationId);
  return useStore(desk.composer.files.store, ({ files }) => (conversationId === null ? NONE : (files[conversationId] ?? NONE)));
}

/** Said after Send was pressed too early. */
function HoldLine({ files }: { files: readonly DraftFile[] }) {
  const { t } = useTexts();
  const isHeld = useComposer((state) => state.isHeldByFiles);
  return isHeld && files.some(({ state }) => state !== 'ready') ? <p role="alert" className="pb-1 text-meta text-mid">△ {t('attach.hold')}</p> : null;
}

/** The files of the reply being written, each with its way out and back. */
export function DraftFileList() {
  const { t } = useTexts();
  const conversationId = useComposer((state) => state.conversationId);
  const files = useDraftFiles();
  if (conversationId === null || files.length === 0) return null;
  return (
    <>
      <HoldLine files={files} />
      <ul aria-label={t('attach.list')} className="quiet-scroll mb-1.5 flex max-h-28 flex-wrap gap-1.5 overflow-y-auto">
        {files.map((file) => <DraftFileChip key={file.key} file={file} conversationId={conversationId} />)}
      </ul>
    </>
  );
}

function DraftFileChip({ file, conversationId }: { file: DraftFile; conversationId: ConversationId }) {
  const { t, formats } = useTexts();
  const desk = useDesk();
  const { toasts } = useShell();
  const { name } = file;
  const failed = (): void => toasts.problem({ key: 'error.connection' });
  const remove = (): void => {
    void desk.composer.files.remove(conversationId, file.key).catch(failed);
    desk.focusField();
    if (file.state !== 'ready') return;
    const { id } = file.attachment;
    toasts.show({ key: 'attach.removed', values: { name } }, { labelKey: 'action.undo', run: () => void desk.composer.files.attach(conversationId, id).catch(failed) });
  };
  return (
    <li className="flex h-12 max-w-56 items-center gap-2 rounded border border-line bg-bg pr-0.5 pl-1 text-meta">
      {file.state === 'ready' && isShowable(file.attachment) ? <SmallThumb attachment={file.attachment} /> : <FileText size={16} aria-hidden className="mx-1.5 shrink-0 text-ink-2" />}
      <span className="flex min-w-0 flex-col">
        <span className="truncate text-ink" title={name}>{name}</span>
        <span role={file.state === 'ready' ? undefined : 'status'} className={file.state === 'failed' ? 'text-high' : 'text-ink-3'}>
          {file.state === 'ready' && formats.bytes(file.byteCount)}
          {file.state === 'sending' && t('attach.sending', { percent: formats.percent(file.doneRatio) })}
          {file.state === 'failed' && <span title={file.failure.sentence ?? undefined}>▲ {t('attach.failed')}</span>}
        </span>
      </span>
      {file.state === 'failed' && <IconButton label={t('attach.retry', { name })} onClick={() => { desk.composer.files.retry(conversationId, file.key); desk.focusField(); }} className="size-6"><RotateCcw size={13} aria-hidden /></IconButton>}
      <IconButton label={t('attach.remove', { name })} onClick={remove} className="size-6"><X size={14} aria-hidden /></IconButton>
    </li>
  );
}

function SmallThumb({ attachment }: { attachment: Attachment }) {
  const { t } = useTexts();
  const desk = useDesk();
  const url = useImageUrl(attachment);
  return (
    <button type="button" aria-label={t('attach.openImage', { name: attachment.name })} onClick={() => desk.media.showImage([attachment], attachment)} className="ring-inside size-10 shrink-0 overflow-hidden rounded border border-line bg-raised">
      {url.kind === 'ready' && <img src={url.url} alt="" draggable={false} onError={() => desk.media.images.fail(attachment.id)} className="size-full object-cover" />}
    </button>
  );
}
