import { useEffect, useState } from 'react';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import type { Prefill } from './knowledge-state.ts';
import type { KnowledgeStore } from './knowledge.store.ts';

export type MacroFields = { code: string; title: string; text: string; scope: Macro['scope'] };
export type MacroEditing = ReturnType<typeof useMacroFields>;

/** What is typed of one macro; it stays until it is saved or discarded, also while another entry is open. */
export function useMacroFields(knowledge: KnowledgeStore, macro: Macro | null, prefill: Prefill, canEditTeam: boolean) {
  const { toasts } = useShell();
  const key = `macro-${macro?.id ?? `new-${prefill.title}-${prefill.text}`}`;
  const stored: MacroFields = macro === null ? { code: '', title: '', text: '', scope: canEditTeam ? 'team' : 'personal' } : { code: macro.code, title: macro.title, text: macro.text, scope: macro.scope };
  const first = macro === null ? { ...stored, title: prefill.title, text: prefill.text } : stored;
  const [fields, setFields] = useState<MacroFields>(() => knowledge.unsaved.get<MacroFields>(key) ?? first);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const isChanged = JSON.stringify(fields) !== JSON.stringify(stored);
  useEffect(() => {
    if (isChanged) knowledge.unsaved.keep(key, fields);
    else knowledge.unsaved.drop(key);
  }, [knowledge, key, fields, isChanged]);
  return {
    fields,
    failure,
    isChanged,
    change: (part: Partial<MacroFields>) => setFields((before) => ({ ...before, ...part })),
    async save() {
      try {
        const saved = await knowledge.saveMacro({ ...(macro === null ? {} : { id: macro.id }), ...fields }, prefill.answers);
        knowledge.unsaved.drop(key);
        setFailure(null);
        toasts.show({ key: 'macro.saved', values: { title: saved.title === '' ? saved.code : saved.title } });
      } catch (error) {
        setFailure(callFailure(error));
      }
    },
    discard() {
      knowledge.unsaved.drop(key);
      setFields(stored);
      if (macro === null) knowledge.closeDetail();
    },
  };
}
