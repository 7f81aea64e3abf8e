import { hasText } from '../../shared/i18n/texts.ts';
import type { Translate } from './formats.ts';

/** A code in the reader's language; `otherwise` where no text has this key (an imported or newer code). */
export function wordOr(t: Translate, key: string, otherwise: string): string {
  return hasText(key) ? t(key) : otherwise;
}

/** A channel by its name in the reader's language; one of an unknown kind by its code. */
export function channelWords(t: Translate, kind: string): string {
  return wordOr(t, `channel.${kind}`, kind);
}
