import { createInstance, type i18n as I18n } from 'i18next';
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { I18nextProvider, initReactI18next, useTranslation } from 'react-i18next';
import { UI_LANGUAGES, type UiLanguage } from '../../shared/i18n/language.ts';
import { catalogue } from '../../shared/i18n/texts.ts';
import { createFormats, type Formats, type Translate } from './formats.ts';

export type Texts = { language: UiLanguage; t: Translate; formats: Formats };

const TextsContext = createContext<Texts | null>(null);

/** One i18next per page; texts are shown as text nodes, so nothing is escaped for HTML. */
export function createI18n(language: UiLanguage): I18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(UI_LANGUAGES.map((tag) => [tag, { translation: catalogue(tag) }])),
  });
  return instance;
}

/** Gives the texts of `language` to everything inside and sets the document's language. */
export function TextsProvider({ i18n, language, timeZone, children }: { i18n: I18n; language: UiLanguage; timeZone?: string; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <I18nextProvider i18n={i18n}>
      <TextsBridge language={language} {...(timeZone === undefined ? {} : { timeZone })}>{children}</TextsBridge>
    </I18nextProvider>
  );
}

function TextsBridge({ language, timeZone, children }: { language: UiLanguage; timeZone?: string; children: ReactNode }) {
  const { i18n } = useTranslation();
  const value = useMemo<Texts>(() => {
    const translate = i18n.getFixedT(language);
    const t: Translate = (key, values) => translate(key, values ?? {});
    return { language, t, formats: createFormats(language, t, timeZone) };
  }, [i18n, language, timeZone]);
  return <TextsContext value={value}>{children}</TextsContext>;
}

/** The words and formats of the reader's language. */
export function useTexts(): Texts {
  const value = useContext(TextsContext);
  if (value === null) throw new Error('useTexts needs a TextsProvider above it');
  return value;
}
