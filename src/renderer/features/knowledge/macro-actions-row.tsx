import { Star } from 'lucide-react';
import type { Macro } from '../../../shared/contract/macro.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import type { KnowledgeStore } from './knowledge.store.ts';
import { useMacroChanges } from './use-macro-changes.ts';

/** Favourite, copy, propose, delete: what applies to this macro and this rep. */
export function MacroActions({ knowledge, macro, canDecide }: { knowledge: KnowledgeStore; macro: Macro | null; canDecide: boolean }) {
  return macro === null ? null : <StoredMacroActions knowledge={knowledge} macro={macro} canDecide={canDecide} />;
}

function StoredMacroActions({ knowledge, macro, canDecide }: { knowledge: KnowledgeStore; macro: Macro; canDecide: boolean }) {
  const { t } = useTexts();
  const changes = useMacroChanges(knowledge, macro);
  const isOwn = macro.scope === 'personal' && macro.canEdit;
  return (
    <>
      <Button aria-pressed={macro.isFavourite} onClick={changes.toggleFavourite}><Star size={14} aria-hidden className={macro.isFavourite ? 'fill-current text-gold' : undefined} />{t(macro.isFavourite ? 'macro.unfavourite' : 'macro.favourite')}</Button>
      {!macro.canEdit && <Button onClick={changes.copyToOwn}>{t('macro.copyOwn')}</Button>}
      {isOwn && !canDecide && <Button onClick={changes.toggleProposal}>{t(macro.proposedAt === null ? 'macro.propose' : 'macro.withdraw')}</Button>}
      {macro.canEdit && <Button tone="danger" onClick={changes.remove}>{t('action.delete')}</Button>}
    </>
  );
}
