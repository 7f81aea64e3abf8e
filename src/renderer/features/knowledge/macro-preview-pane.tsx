import { useStore } from 'zustand';
import type { ConversationId } from '../../../shared/contract/ids.contract.ts';
import { variableLabels } from '../../base/macro-variable-label.ts';
import { useTexts } from '../../base/texts.tsx';
import { SelectField } from '../../ui/fields.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';
import type { PreviewState } from './use-macro-preview.ts';

const NO_CONVERSATION = '';
const HOLE = /(⟨[^⟨⟩\n]{1,80}⟩)/;

/** The macro as it would stand in the reply to a chosen conversation; what that one lacks is marked. */
export function MacroPreviewPane({ knowledge, preview }: { knowledge: KnowledgeStore; preview: PreviewState }) {
  const { t } = useTexts();
  const conversations = useStore(knowledge.store, (state) => state.conversations);
  const choices = [{ value: NO_CONVERSATION, label: t('macro.previewNone') }, ...conversations.map(({ id, customerName }) => ({ value: id as string, label: customerName }))];
  return (
    <section aria-label={t('macro.preview')} className="flex min-w-0 flex-col gap-2">
      <SelectField label={t('macro.previewFor')} value={preview.conversationId ?? NO_CONVERSATION} choices={choices} onChange={(id) => preview.choose(id === NO_CONVERSATION ? null : (id as ConversationId))} />
      <p className="min-h-24 rounded border border-line bg-raised px-2.5 py-1.5 text-talk break-words whitespace-pre-wrap">
        {preview.text.split(HOLE).map((part, index) =>
          // oxlint-disable-next-line react/no-array-index-key -- parts of one text have no identity
          HOLE.test(part) ? <span key={index} className="rounded-[2px] bg-mid-tint text-mid">{part}</span> : <span key={index}>{part}</span>)}
      </p>
      {preview.missingVariables.length > 0 && <p className="text-meta text-mid">△ {t('macro.previewHoles', { names: variableLabels(t, preview.missingVariables) })}</p>}
    </section>
  );
}
