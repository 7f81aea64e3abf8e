import { Plus } from 'lucide-react';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Label } from '../../../shared/contract/work.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { useDesk, useQueue, useWork } from './desk-context.tsx';
import { LabelMark } from './label-mark.tsx';
import { WorkPicker, type PickerItem } from './work-picker.tsx';

const NEW = 'new ';

/** Labels of the chosen conversations: on, off, on some; a name that is new makes one. */
export function LabelPicker({ conversationIds, onClose }: { conversationIds: readonly ConversationId[]; onClose: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const labels = useWork((state) => state.setup?.labels ?? []);
  // Rows are read again after each change; the ticks follow them.
  useQueue((state) => state.rows);
  const rows = desk.summariesOf(conversationIds);
  const countOn = (label: Label): number => rows.filter((row) => row.labels.some(({ id }) => id === label.id)).length;
  const items = labels.map((label): PickerItem => {
    const count = countOn(label);
    return { id: label.id, label: '', keywords: label.name, mark: <LabelMark label={label} />, ...(count === 0 ? {} : { hint: `✓ ${t(count === rows.length ? 'label.on' : 'label.mixed')}` }) };
  });
  const typedItem = (text: string): PickerItem | null => {
    const isKnown = labels.some(({ name }) => name.normalize('NFKC').toLowerCase() === text.normalize('NFKC').toLowerCase());
    return isKnown || text.length > 24 ? null : { id: `${NEW}${text}`, label: t('label.create', { name: text }), mark: <Plus size={14} aria-hidden className="text-accent" /> };
  };
  const pick = ({ id }: PickerItem): void => {
    if (id.startsWith(NEW)) {
      void desk.work.createLabel(id.slice(NEW.length)).then((made) => made && desk.work.label(conversationIds, made, true));
      return;
    }
    const label = labels.find((one) => one.id === id);
    if (label !== undefined) void desk.work.label(conversationIds, label, countOn(label) < rows.length);
  };
  const remove = ({ id }: PickerItem): void => {
    const label = labels.find((one) => one.id === id);
    if (label !== undefined) void desk.work.deleteLabel(label.id, label.name);
  };
  return <WorkPicker targetCount={conversationIds.length} title={t('label.title')} placeholder={t('label.placeholder')} items={items} typedItem={typedItem} onPick={pick} onDelete={remove} onClose={onClose} isMany hint={t('label.hint')} />;
}
