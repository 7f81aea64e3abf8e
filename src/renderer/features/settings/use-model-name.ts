import type { TunedModel } from '../../../shared/contract/tuning.contract.ts';
import { useTexts } from '../../base/texts.tsx';

/** What a search model is called: null before there is one. */
export function useModelName(): (model: TunedModel | null) => string {
  const { t } = useTexts();
  return (model) => {
    if (model === null) return t('tuning.model.none');
    return model.hasLearned ? t('tuning.model.learned', { model: model.id }) : model.id;
  };
}
