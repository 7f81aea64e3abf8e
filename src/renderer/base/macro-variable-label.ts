import { wordOr } from './code-words.ts';
import type { Translate } from './formats.ts';

/** Several of them, as a list in a sentence; each once. */
export function variableLabels(t: Translate, names: readonly string[]): string {
  return [...new Set(names)].map((name) => variableLabel(t, name)).join(t('macro.variable.and'));
}

/** What a variable of a macro (`order.waybill`) stands for, in words; a name nobody knows stands for itself. */
export function variableLabel(t: Translate, name: string): string {
  return wordOr(t, `macro.variable.${name.replace('.', '_')}`, name);
}
