import type { Macro } from '../../../shared/contract/macro.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { NO_PREFILL } from './knowledge-state.ts';
import type { KnowledgeStore } from './knowledge.store.ts';

/** What a rep does with a stored macro besides writing it; failures are told in place of the change. */
export function useMacroChanges(knowledge: KnowledgeStore, macro: Macro) {
  const { toasts } = useShell();
  const problem = (error: unknown): void => {
    const { code, sentence } = callFailure(error);
    toasts.problem({ key: `error.${code}` }, sentence);
  };
  const attempt = (run: () => Promise<unknown>): void => void run().catch(problem);
  const title = macro.title === '' ? macro.code : macro.title;
  const restore = (): void => attempt(async () => {
    await knowledge.restoreMacro(macro.id);
    toasts.show({ key: 'knowledge.restored', values: { title } });
  });
  return {
    toggleFavourite: () => attempt(() => knowledge.favouriteMacro(macro.id, !macro.isFavourite)),
    toggleProposal: () => attempt(() => knowledge.proposeMacro(macro.id, macro.proposedAt === null)),
    decide: (isAccepted: boolean) =>
      attempt(async () => {
        await knowledge.decideMacro(macro.id, isAccepted);
        toasts.show({ key: isAccepted ? 'macro.accepted' : 'macro.declined' });
      }),
    remove: () =>
      attempt(async () => {
        await knowledge.deleteMacro(macro.id);
        toasts.show({ key: 'knowledge.deleted', values: { title } }, { labelKey: 'action.undo', run: restore });
      }),
    copyToOwn: () => knowledge.newMacro({ ...NO_PREFILL, title: macro.title === '' ? macro.code : macro.title, text: macro.text }),
  };
}
