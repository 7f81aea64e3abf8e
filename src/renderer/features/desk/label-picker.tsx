import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import type { Label } from '../../../shared/contract/work.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { useDesk, useQueue, useWork } from './desk-context.tsx';
import { LabelMark } from './label-mark.tsx';
import { WorkPicker, type PickerItem } from './work-picker.tsx';

const NEW = 'new ';
const MOST_NAME_UNITS = 24;
const plain = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Labels of the chosen conversations: on, off, on some; a name that is new makes one. F2 renames. */
export function LabelPicker(props: { conversationIds: readonly ConversationId[]; onClose: () => void }) {
  const [renamed, setRenamed] = useState<Label | null>(null);
  return renamed === null ? <LabelChoice {...props} onRename={setRenamed} /> : <LabelRename label={renamed} onDone={() => setRenamed(null)} onClose={props.onClose} />;
}

function LabelRename({ label, onDone, onClose }: { label: Label; onDone: () => void; onClose: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const labels = useWork((state) => state.setup?.labels ?? []);
  const typedItem = (name: string): PickerItem | null => {
    const isTaken = labels.some((one) => one.id !== label.id && plain(one.name) === plain(name));
    return isTaken || name === label.name || name.length > MOST_NAME_UNITS ? null : { id: name, label: t('label.rename', { from: label.name, to: name }), mark: <Pencil size={14} aria-hidden className="text-accent" /> };
  };
  const save = ({ id: name }: PickerItem): void => void desk.work.renameLabel(label, name).then(onDone);
  return <WorkPicker targetCount={1} title={t('label.renameTitle', { name: label.name })} placeholder={t('label.renamePlaceholder')} items={[]} initialText={label.name} typedItem={typedItem} onPick={save} onClose={onClose} isDigitTyped hint={t('label.renameHint')} />;
}

function LabelChoice({ conversationIds, onClose, onRename }: { conversationIds: readonly ConversationId[]; onClose: () => void; onRename: (label: Label) => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const labels = useWork((state) => state.setup?.labels ?? []);
  // Rows are read again after each change; the ticks follow them.
  useQueue((state) => state.rows);
  const rows = desk.summariesOf(conversationIds);
  const labelOf = (id: string): Label | undefined => labels.find((one) => one.id === id);
  const countOn = (label: Label): number => rows.filter((row) => row.labels.some(({ id }) => id === label.id)).length;
  const items = labels.map((label): PickerItem => {
    const count = countOn(label);
    return { id: label.id, label: '', keywords: label.name, mark: <LabelMark label={label} />, ...(count === 0 ? {} : { hint: `✓ ${t(count === rows.length ? 'label.on' : 'label.mixed')}` }) };
  });
  const typedItem = (text: string): PickerItem | null => {
    const isKnown = labels.some(({ name }) => plain(name) === plain(text));
    return isKnown || text.length > MOST_NAME_UNITS ? null : { id: `${NEW}${text}`, label: t('label.create', { name: text }), mark: <Plus size={14} aria-hidden className="text-accent" /> };
  };
  const pick = ({ id }: PickerItem): void => {
    if (id.startsWith(NEW)) {
      void desk.work.createLabel(id.slice(NEW.length)).then((made) => made && desk.work.label(conversationIds, made, true));
      return;
    }
    const label = labelOf(id);
    if (label !== undefined) void desk.work.label(conversationIds, label, countOn(label) < rows.length);
  };
  const remove = ({ id }: PickerItem): void => {
    const label = labelOf(id);
    if (label !== undefined) void desk.work.deleteLabel(label.id, label.name);
  };
  const rename = ({ id }: PickerItem): void => {
    const label = labelOf(id);
    if (label !== undefined) onRename(label);
  };
  return <WorkPicker targetCount={conversationIds.length} title={t('label.title')} placeholder={t('label.placeholder')} items={items} typedItem={typedItem} onPick={pick} onDelete={remove} onRename={rename} onClose={onClose} isMany hint={t('label.hint')} emptyHint={t('label.none')} />;
}
