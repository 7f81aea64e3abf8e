import type { MessageId } from '../../../shared/contract/ids.contract.ts';
import type { Macro, PhrasePreview } from '../../../shared/contract/macro.contract.ts';
import { uploadFile } from '../../base/file-transfer.ts';
import type { Client } from '../../connection/connection.ts';
import { NO_PREFILL, type KnowledgeApi } from './knowledge-state.ts';

export type MacroDraft = { id?: string; code: string; title: string; text: string; scope: Macro['scope'] };

/** Changing macros. Each rejects with what the call threw. */
export function macroActions(client: Client, store: KnowledgeApi, load: () => Promise<void>) {
  const replace = (macro: Macro): Macro => {
    store.setState(({ macros }) => ({ macros: macros.map((one) => (one.id === macro.id ? macro : one)) }));
    return macro;
  };
  const show = async (macro: Macro): Promise<Macro> => {
    await load();
    store.setState({ tab: 'macros', selection: { kind: 'macro', id: macro.id, prefill: NO_PREFILL } });
    return macro;
  };
  return {
    /** `answers`: questions it was written for; they leave the list. */
    async saveMacro(draft: MacroDraft, answers: readonly MessageId[] = []): Promise<Macro> {
      const macro = await client.knowledge.saveMacro(draft);
      if (answers.length > 0) await client.knowledge.dismissQuestions({ messageIds: [...answers], isDismissed: true });
      return show(macro);
    },
    async deleteMacro(id: string) {
      await client.knowledge.deleteMacro({ id });
      store.setState(({ selection }) => ({ selection: selection.kind === 'macro' && selection.id === id ? { kind: 'none' } : selection }));
      await load();
    },
    restoreMacro: async (id: string): Promise<Macro> => show(await client.knowledge.restoreMacro({ id })),
    favouriteMacro: async (id: string, isFavourite: boolean): Promise<Macro> => replace(await client.knowledge.favouriteMacro({ id, isFavourite })),
    bindMacro: async (id: string, shortcut: string | null): Promise<Macro> => replace(await client.knowledge.bindMacro({ id, shortcut })),
    proposeMacro: async (id: string, isProposed: boolean): Promise<Macro> => replace(await client.knowledge.proposeMacro({ id, isProposed })),
    async decideMacro(id: string, isAccepted: boolean) {
      await client.knowledge.decideMacro({ id, isAccepted });
      store.setState(({ selection }) => ({ selection: isAccepted ? selection : { kind: 'none' } }));
      await load();
    },
    async addMedia(id: string, file: File): Promise<Macro> {
      const { id: attachmentId } = await uploadFile(client, null, file);
      return replace(await client.knowledge.setMacroMedia({ id, attachmentId }));
    },
    removeMedia: async (id: string): Promise<Macro> => replace(await client.knowledge.setMacroMedia({ id, attachmentId: null })),
    exportMacros: (scope: Macro['scope']) => client.knowledge.exportMacros({ scope }),
    previewPhrases: (path: string): Promise<PhrasePreview> => client.knowledge.previewPhrases({ path }),
    async takePhrases(path: string) {
      const counts = await client.knowledge.importPhrases({ path });
      await load();
      store.setState({ tab: 'macros', isImportingPhrases: false });
      return counts;
    },
  };
}
