import { UserRound, UserRoundX } from 'lucide-react';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { useDesk, useWork } from './desk-context.tsx';
import { WorkPicker, type PickerItem } from './work-picker.tsx';
import { repWords } from './work-words.ts';

const NOBODY = 'nobody';

/** Whose conversation it is: me first, then colleagues, or nobody. */
export function AssignPicker({ conversationIds, onClose }: { conversationIds: readonly ConversationId[]; onClose: () => void }) {
  const texts = useTexts();
  const { t } = texts;
  const desk = useDesk();
  const setup = useWork((state) => state.setup);
  const owners = new Set(desk.summariesOf(conversationIds).map((row) => row.rep?.id ?? null));
  const only = owners.size === 1 ? [...owners][0] : undefined;
  const reps = (setup?.reps ?? []).toSorted((a, b) => Number(b.id === setup?.meId) - Number(a.id === setup?.meId));
  const items: PickerItem[] = [
    ...reps.map((rep) => ({
      id: rep.id, label: repWords(rep, setup, texts), keywords: rep.name, mark: <UserRound size={14} aria-hidden className="text-ink-3" />,
      hint: only === rep.id ? `✓ ${t('assign.current')}` : rep.id === setup?.meId ? rep.name : t(`assign.role.${rep.role}`),
    })),
    { id: NOBODY, label: t('assign.unassign'), mark: <UserRoundX size={14} aria-hidden className="text-ink-3" />, ...(only === null ? { hint: `✓ ${t('assign.current')}` } : {}) },
  ];
  const pick = (item: PickerItem): void => {
    onClose();
    const rep = reps.find(({ id }) => id === item.id);
    void desk.work.assign(conversationIds, rep?.id ?? null, item.label);
  };
  return <WorkPicker targetCount={conversationIds.length} title={t('assign.title')} placeholder={t('assign.placeholder')} items={items} onPick={pick} onClose={onClose} />;
}
