import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { isComposingKey } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { useDesk, useWork } from './desk-context.tsx';
import { DispositionEditor } from './disposition-editor.tsx';
import { WorkPicker, type PickerItem } from './work-picker.tsx';
import { dispositionWords } from './work-words.ts';

/** Why it ends, chosen from the shop's list, with a free note if wanted. */
export function ClosePicker({ conversationIds, onClose }: { conversationIds: readonly ConversationId[]; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const desk = useDesk();
  const dispositions = useWork((state) => state.setup?.dispositions ?? []);
  const [note, setNote] = useState('');
  const [isManaging, setIsManaging] = useState(false);
  if (isManaging) return <DispositionEditor onBack={() => setIsManaging(false)} onClose={onClose} />;
  const items = dispositions.filter(({ isActive }) => isActive).map((one): PickerItem => ({ id: one.code, label: dispositionWords(one.code, dispositions, texts), keywords: `${one.code} ${one.titleZh ?? ''} ${one.titleEn ?? ''}` }));
  const close = (item: PickerItem): void => {
    onClose();
    desk.queue.clearSelection();
    void desk.work.close(conversationIds, { code: item.id, words: item.label, note });
  };
  const isClosed = desk.summariesOf(conversationIds).every((row) => row.state === 'closed') && conversationIds.length > 0;
  return (
    <WorkPicker targetCount={conversationIds.length} title={t(isClosed ? 'close.changeReason' : 'close.title')} placeholder={t('close.placeholder')} items={items} onPick={close} onClose={onClose}>
      <div className="flex shrink-0 items-end gap-2 border-t border-line px-4 py-3">
        <TextField
          label={t('close.note')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => {
            const first = items[0];
            if (event.key === 'Enter' && !isComposingKey(event.nativeEvent) && first !== undefined) close(first);
          }}
          className="flex-1"
        />
        <Button tone="ghost" onClick={() => setIsManaging(true)}><Settings2 size={14} aria-hidden />{t('close.manage')}</Button>
      </div>
    </WorkPicker>
  );
}
