import { Menu } from '@base-ui/react/menu';
import { BadgeCheck } from 'lucide-react';
import type { Attachment, EvidenceKind } from '../../../shared/contract/attachment.contract.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { useDesk, useOpen } from './desk-context.tsx';

const KINDS = ['label', 'damage', 'other'] as const satisfies readonly EvidenceKind[];
const ITEM = 'flex h-7 items-center rounded px-2 outline-none select-none data-[highlighted]:bg-accent-tint';

/** Marks the image as evidence of one of the customer's after-sale cases, open ones first. */
export function EvidenceMenu({ attachment }: { attachment: Attachment }) {
  const { t } = useTexts();
  const { media } = useDesk();
  const { toasts } = useShell();
  const card = useOpen((open) => (open.card.kind === 'ready' ? open.card.card : null));
  if (card === null || attachment.state !== 'stored') return null;
  const cases = card.afterSales.toSorted((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null));
  const mark = (afterSaleExternalId: string, kind: EvidenceKind): void =>
    void media.addEvidence(card.id, afterSaleExternalId, attachment, kind).then(
      () => toasts.show({ key: 'evidence.added', values: { case: afterSaleExternalId } }),
      () => toasts.problem({ key: 'evidence.failed' }),
    );
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={<Button size="compact"><BadgeCheck size={14} aria-hidden />{t('evidence.mark')}</Button>} />
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-40">
          <Menu.Popup className="quiet-scroll max-h-80 min-w-48 overflow-y-auto rounded border border-line bg-surface p-1 text-ui shadow-float outline-none">
            {cases.length === 0 && <p className="px-2 py-1 text-ink-3">{t('evidence.noCase')}</p>}
            {cases.map((one) => (
              <Menu.Group key={one.externalId}>
                <Menu.GroupLabel className="px-2 pt-1.5 text-meta text-ink-3">{[one.externalId, one.type, one.reason].filter(Boolean).join(' · ')}</Menu.GroupLabel>
                {KINDS.map((kind) => <Menu.Item key={kind} className={ITEM} onClick={() => mark(one.externalId, kind)}>{t(`evidence.${kind}`)}</Menu.Item>)}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
