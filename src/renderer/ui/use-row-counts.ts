import { wordOr } from '../base/code-words.ts';
import { useTexts } from '../base/texts.tsx';

/** Counts by kind of row in words, the empty kinds left out: 订单 3、消息 12. */
export function useRowCounts(): (counts: Readonly<Record<string, number>>) => string {
  const { t, formats } = useTexts();
  return (counts) => {
    const words = Object.entries(counts).filter(([, count]) => count > 0)
      .map(([kind, count]) => t('erase.count', { kind: wordOr(t, `rows.${kind}`, kind), count: formats.number(count) }));
    return words.join(t('macro.variable.and'));
  };
}
