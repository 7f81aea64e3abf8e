import type { DeskRep, Disposition } from '../../../shared/contract/work.contract.ts';
import { wordOr } from '../../base/code-words.ts';
import type { Texts } from '../../base/texts.tsx';
import type { WorkSetup } from './work.store.ts';

/** A reason to close in the reader's language: the shop's own title, else the built-in one, else the code itself (an imported conversation may have any). */
export function dispositionWords(code: string, dispositions: readonly Disposition[], { t, language }: Pick<Texts, 't' | 'language'>): string {
  const known = dispositions.find((one) => one.code === code);
  const title = language === 'en' ? known?.titleEn : known?.titleZh;
  if (title !== undefined && title !== null) return title;
  return wordOr(t, `disposition.${code}`, code);
}

/** A rep as a colleague knows them; `me` for the one who reads. */
export function repWords(rep: Pick<DeskRep, 'id' | 'name'>, setup: WorkSetup | null, { t }: Pick<Texts, 't'>): string {
  if (rep.id === setup?.meId) return t('assign.me');
  return rep.name === '' ? t('assign.unnamed') : rep.name;
}
