import { FileText, X } from 'lucide-react';
import { useEffect } from 'react';
import type { Evidence } from '../../../shared/contract/attachment.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { isShowable, useImageUrl } from './attachment-view.tsx';
import { useDesk, useOpen } from './desk-context.tsx';
import { useMessageMedia } from './message-media-context.tsx';

const NONE: readonly Evidence[] = [];

/** The evidence of one after-sale case, under it in the customer panel. */
export function EvidenceList({ afterSaleExternalId }: { afterSaleExternalId: string }) {
  const { t } = useTexts();
  const items = useMessageMedia((state) => state.evidence?.items ?? NONE).filter((one) => one.afterSaleExternalId === afterSaleExternalId);
  if (items.length === 0) return null;
  return (
    <div className="pt-1">
      <p className="text-meta text-ink-2">{t('evidence.list', { count: items.length })}</p>
      <ul className="flex flex-col gap-1 pt-1">{items.map((one) => <EvidenceLine key={one.id} evidence={one} images={items.map(({ attachment }) => attachment).filter(isShowable)} />)}</ul>
    </div>
  );
}

/** Reads the evidence of the open conversation's customer. */
export function useEvidence(): void {
  const { media } = useDesk();
  const customerId = useOpen((open) => open.summary.customerId);
  useEffect(() => {
    if (customerId !== null) void media.loadEvidence(customerId).catch(() => {});
  }, [media, customerId]);
}

function EvidenceLine({ evidence, images }: { evidence: Evidence; images: Evidence['attachment'][] }) {
  const { t, formats } = useTexts();
  const { media } = useDesk();
  const { toasts } = useShell();
  const customerId = useOpen((open) => open.summary.customerId);
  const { attachment, kind, addedAt } = evidence;
  const failed = (): void => toasts.problem({ key: 'evidence.failed' });
  const remove = (): void => {
    if (customerId === null) return;
    void media.removeEvidence(customerId, evidence.id).then(
      () => toasts.show({ key: 'evidence.removed' }, { labelKey: 'action.undo', run: () => void media.addEvidence(customerId, evidence.afterSaleExternalId, attachment, kind).catch(failed) }),
      failed,
    );
  };
  return (
    <li className="flex items-center gap-2 text-meta">
      {isShowable(attachment) ? <EvidenceThumb evidence={evidence} images={images} /> : <FileText size={16} aria-hidden className="mx-2 shrink-0 text-ink-2" />}
      <span className="flex min-w-0 flex-1 flex-col">
        <span>{t(`evidence.${kind}`)}</span>
        <span className="truncate text-ink-3" title={attachment.name}>{formats.date(addedAt)} · {attachment.name}</span>
      </span>
      <IconButton label={t('evidence.remove', { name: attachment.name })} onClick={remove} className="size-6"><X size={13} aria-hidden /></IconButton>
    </li>
  );
}

function EvidenceThumb({ evidence: { attachment }, images }: { evidence: Evidence; images: Evidence['attachment'][] }) {
  const { t } = useTexts();
  const { media } = useDesk();
  const url = useImageUrl(attachment);
  return (
    <button type="button" aria-label={t('attach.openImage', { name: attachment.name })} onClick={() => media.showImage(images, attachment)} className="ring-inside size-9 shrink-0 overflow-hidden rounded border border-line bg-raised">
      {url.kind === 'ready' && <img src={url.url} alt="" draggable={false} onError={() => media.images.fail(attachment.id)} className="size-full object-cover" />}
    </button>
  );
}
