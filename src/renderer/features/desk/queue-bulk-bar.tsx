import { AlarmClock, CircleCheck, Tag, UserRoundPlus, X } from 'lucide-react';
import { useTexts } from '../../base/texts.tsx';
import { IconButton } from '../../ui/button.tsx';
import { useDesk, useQueue } from './desk-context.tsx';

/** What can be done to every selected conversation at once; the same keys do it too. */
export function QueueBulkBar() {
  const { t } = useTexts();
  const desk = useDesk();
  const selectedIds = useQueue((state) => state.selectedIds);
  const show = (kind: 'snooze' | 'close' | 'label' | 'assign') => (): void => desk.work.show({ kind, conversationIds: [...selectedIds] });
  return (
    <div role="toolbar" aria-label={t('queue.selectedCount', { count: selectedIds.size })} className="flex h-9 shrink-0 items-center gap-0.5 border-t border-line bg-raised px-2 text-meta max-md:h-auto max-md:flex-col max-md:py-1">
      <span role="status" className="min-w-0 flex-1 truncate font-semibold">{t('queue.selectedCount', { count: selectedIds.size })}</span>
      <IconButton label={t('command.closeConversation')} onClick={show('close')}><CircleCheck size={16} aria-hidden /></IconButton>
      <IconButton label={t('command.snooze')} onClick={show('snooze')}><AlarmClock size={16} aria-hidden /></IconButton>
      <IconButton label={t('command.label')} onClick={show('label')}><Tag size={16} aria-hidden /></IconButton>
      <IconButton label={t('command.assign')} onClick={show('assign')}><UserRoundPlus size={16} aria-hidden /></IconButton>
      <IconButton label={t('queue.clearSelection')} onClick={() => desk.queue.clearSelection()}><X size={16} aria-hidden /></IconButton>
    </div>
  );
}
