import { appTexts } from './app.texts.ts';
import { deskTexts } from './desk.texts.ts';
import { judgementTexts } from './judgement.texts.ts';
import { UI_LANGUAGES, type UiLanguage } from './language.ts';
import { screenTexts } from './screens.texts.ts';

/** Every text of the screens. A key is written out where it is used, so that a test can find unused and unknown ones. */
export const texts = { ...appTexts, ...deskTexts, ...judgementTexts, ...screenTexts };
export type TextKey = keyof typeof texts;

/** Whether a key built from a code of the backend (`risk.reason.x`) has a text. */
export function hasText(key: string): key is TextKey {
  return Object.hasOwn(texts, key);
}

/** One language's texts by key, as i18next takes them. */
export function catalogue(language: UiLanguage): Record<string, string> {
  const column = UI_LANGUAGES.indexOf(language);
  return Object.fromEntries(Object.entries(texts).map(([key, row]) => [key, row[column] ?? '']));
}
