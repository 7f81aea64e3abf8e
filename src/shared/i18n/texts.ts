import { accessTexts } from './access.texts.ts';
import { adaptTexts } from './adapt.texts.ts';
import { appTexts } from './app.texts.ts';
import { auditTexts } from './audit.texts.ts';
import { attachmentTexts } from './attachment.texts.ts';
import { deskTexts } from './desk.texts.ts';
import { desktopTexts } from './desktop.texts.ts';
import { importFieldTexts } from './import-field.texts.ts';
import { judgementTexts } from './judgement.texts.ts';
import { keyTexts } from './keys.texts.ts';
import { knowledgeTexts } from './knowledge.texts.ts';
import { UI_LANGUAGES, type UiLanguage } from './language.ts';
import type { TextRow } from './text-row.ts';
import { pictureTexts } from './pictures.texts.ts';
import { productTexts } from './products.texts.ts';
import { liveCustomerTexts } from './live-customers.texts.ts';
import { modelTexts } from './models.texts.ts';
import { packTexts } from './packs.texts.ts';
import { screenTexts } from './screens.texts.ts';
import { searchTexts } from './search.texts.ts';
import { trustTexts } from './trust.texts.ts';
import { tuningTexts } from './tuning.texts.ts';
import { workTexts } from './work.texts.ts';
import { welcomeTexts } from './welcome.texts.ts';

/** Every text of the screens. A key is written out where it is used, so that a test can find unused and unknown ones. */
export const texts = { ...accessTexts, ...adaptTexts, ...appTexts, ...auditTexts, ...attachmentTexts, ...deskTexts, ...desktopTexts, ...importFieldTexts, ...judgementTexts, ...keyTexts, ...knowledgeTexts, ...liveCustomerTexts, ...modelTexts, ...packTexts, ...pictureTexts, ...productTexts, ...screenTexts, ...searchTexts, ...trustTexts, ...tuningTexts, ...workTexts, ...welcomeTexts };
export type TextKey = keyof typeof texts;

/** Whether a key built from a code of the backend (`risk.reason.x`) has a text. */
export function hasText(key: string): key is TextKey {
  return Object.hasOwn(texts, key);
}

/** One language's texts by key, as i18next takes them: `key_one` for one of something, `key` for any other number. */
export function catalogue(language: UiLanguage): Record<string, string> {
  const column = UI_LANGUAGES.indexOf(language);
  return Object.fromEntries(Object.entries<TextRow>(texts).flatMap(([key, row]) => {
    const text = [key, row[column] ?? ''] as const;
    return language === 'en' && row[3] !== undefined ? [text, [`${key}_one`, row[3]] as const] : [text];
  }));
}
