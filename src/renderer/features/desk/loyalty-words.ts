import type { CustomerTag } from '../../../shared/contract/customer.contract.ts';
import { hasText } from '../../../shared/i18n/texts.ts';
import type { Texts } from '../../base/texts.tsx';

/** A reason of a loyalty tag in words: 近一年 11 单，偏多. Codes without a text are left out. */
export function loyaltyReasonWords(tag: CustomerTag, { t, formats }: Pick<Texts, 't' | 'formats'>): string[] {
  return tag.reasons.flatMap(({ code, values }) => {
    const days = values['recencyDays'] ?? 0;
    if (code.startsWith('recency.') && days === 0) return [t('loyalty.recency.today')];
    const key = `loyalty.${code}`;
    return hasText(key) ? [t(key, { ...values, count: days, netMoney: formats.money(values['netFen'] ?? 0) })] : [];
  });
}
