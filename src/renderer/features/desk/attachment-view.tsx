import { clsx } from 'clsx';
import { Download, File as FileIcon, FileAudio, FileText, FileVideo, FileX, ImageOff, Link as LinkIcon } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Attachment } from '../../../shared/contract/attachment.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useDesk } from './desk-context.tsx';
import type { ImageUrl } from './image-urls.store.ts';
import { linkAddress } from './link-address.ts';
import { LinkWords } from './message-text.tsx';

const THUMB = { width: 220, height: 160, least: 48 };
const LOADING: ImageUrl = { kind: 'loading' };

/** The files of one message: pictures as thumbnails, the rest as lines to save. `images` is what the lightbox steps through. */
export function AttachmentList({ attachments, images, isOwn }: { attachments: readonly Attachment[]; images: () => readonly Attachment[]; isOwn: boolean }) {
  return (
    <ul className={clsx('flex max-w-full flex-wrap gap-1.5 pt-1', isOwn && 'justify-end')}>
      {attachments.toSorted((a, b) => Number(isShowable(b)) - Number(isShowable(a))).map((attachment) => (
        <li key={attachment.id} className="max-w-full">{isShowable(attachment) ? <ImageThumb attachment={attachment} images={images} /> : <FileLine attachment={attachment} />}</li>
      ))}
    </ul>
  );
}

/** Only what is an image by its bytes is ever drawn. */
export function isShowable({ kind, state }: Attachment): boolean {
  return kind === 'image' && state === 'stored';
}

/** The image's address while a component shows it. */
export function useImageUrl(attachment: Attachment): ImageUrl {
  const { media } = useDesk();
  useEffect(() => media.images.show(attachment), [media, attachment]);
  return useStore(media.images.store, ({ urls }) => urls[attachment.id] ?? LOADING);
}

/** The room a thumbnail takes, known before the image is there. */
function thumbSize({ width, height }: Attachment): { width: number; height: number } {
  if (width === null || height === null) return { width: THUMB.width, height: THUMB.height };
  const ratio = Math.min(1, THUMB.width / width, THUMB.height / height);
  return { width: Math.max(THUMB.least, Math.round(width * ratio)), height: Math.max(THUMB.least, Math.round(height * ratio)) };
}

function ImageThumb({ attachment, images }: { attachment: Attachment; images: () => readonly Attachment[] }) {
  const { t } = useTexts();
  const { media } = useDesk();
  const url = useImageUrl(attachment);
  const { name } = attachment;
  const open = (): void => {
    if (url.kind === 'failed') media.images.retry(attachment);
    else media.showImage(images(), attachment);
  };
  return (
    <button type="button" onClick={open} aria-label={t('attach.openImage', { name })} title={name} style={thumbSize(attachment)} className="ring-inside flex items-center justify-center overflow-hidden rounded border border-line bg-raised">
      {url.kind === 'ready' && <img src={url.url} alt={name} draggable={false} onError={() => media.images.fail(attachment.id)} className="size-full object-contain" />}
      {url.kind === 'loading' && <span role="status" className="size-full"><span className="sr-only">{t('attach.loadingImage', { name })}</span></span>}
      {url.kind === 'failed' && <span className="flex flex-col items-center gap-1 p-2 text-center text-meta text-ink-2"><ImageOff size={16} aria-hidden />{t('attach.brokenImage')}</span>}
    </button>
  );
}

const ICONS = { image: FileIcon, video: FileVideo, audio: FileAudio, file: FileText } as const;

function FileLine({ attachment }: { attachment: Attachment }) {
  const { t, formats } = useTexts();
  const { media } = useDesk();
  const { toasts } = useShell();
  const { name, kind, state, byteCount, url, reason } = attachment;
  const Icon = state === 'remote' ? LinkIcon : state === 'missing' ? FileX : ICONS[kind];
  const save = (): void => void media.save(attachment).catch(() => toasts.problem({ key: 'attach.saveFailed' }));
  const link = url === null ? null : linkAddress(url);
  return (
    <div className="flex min-h-9 max-w-full items-center gap-2 rounded border border-line bg-surface py-1 pr-1 pl-2.5 text-ui">
      <Icon size={16} aria-hidden className="shrink-0 text-ink-2" />
      <span className="flex min-w-0 flex-col">
        <span className="truncate" title={name}>{name}</span>
        <span className="text-meta break-words text-ink-3">
          {state === 'stored' && `${t(`attach.${kind}`)} · ${formats.bytes(byteCount)}`}
          {state === 'missing' && reason !== null && t(`attach.missing.${reason}`)}
          {state === 'remote' && t('attach.remote')}
        </span>
        {state === 'remote' && url !== null && <span className="text-meta break-all">{link === null ? url : <LinkWords text={url} link={link} />}</span>}
      </span>
      {state === 'stored' && <IconButton label={t('attach.save', { name })} onClick={save}><Download size={14} aria-hidden /></IconButton>}
    </div>
  );
}
