/** Languages of the screens, as BCP 47 tags that also go into `<html lang>`. */
export const UI_LANGUAGES = ['zh-Hans', 'zh-Hant', 'en'] as const;
export type UiLanguage = (typeof UI_LANGUAGES)[number];

const TRADITIONAL = /^zh-(hant|tw|hk|mo)\b/i;

/** The language to show: the setting, or for `system` the first of the reader's languages we have, else English. */
export function resolveLanguage(setting: UiLanguage | 'system', preferred: readonly string[]): UiLanguage {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    if (TRADITIONAL.test(tag)) return 'zh-Hant';
    if (/^zh\b/i.test(tag)) return 'zh-Hans';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}
