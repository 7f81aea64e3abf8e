import { UI_LANGUAGES, type UiLanguage } from '../../shared/i18n/language.ts';
import { translateSentence } from '../../shared/i18n/backend-sentence.ts';

/** The language that the page is shown in now: stores have no reader to ask, the document has. English where there is none. */
export function pageLanguage(): UiLanguage {
  const shown = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
  return UI_LANGUAGES.find((language) => language === shown) ?? 'en';
}

/** A stored sentence of the backend (why a job failed, why a row was rejected) in this language, as it is where that is missing. */
export function backendWords(sentence: string, language: UiLanguage): string {
  return translateSentence(sentence, language) ?? sentence;
}
