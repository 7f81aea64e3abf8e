import { translateSentence } from '../../shared/i18n/backend-sentence.ts';
import { pageLanguage } from './page-language.ts';
import { errorCodeSchema, type ErrorCode } from '../../shared/contract/error.contract.ts';

/** A failed call as the screens see it. `connection`: no answer came at all. `sentence` is the backend's own in the language of the page; null when it adds nothing or is not there in that language, so that the words of the code stand instead. */
export type CallFailure = { code: ErrorCode | 'connection'; sentence: string | null };

/** Reads anything a call threw. Schema refusals and unknown codes are told apart from a backend that did not answer. */
export function callFailure(error: unknown): CallFailure {
  if (typeof error !== 'object' || error === null) return { code: 'internal', sentence: null };
  const rawCode = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const message = error instanceof Error && error.message !== '' ? error.message : null;
  if (rawCode === null) return { code: 'connection', sentence: null };
  const known = errorCodeSchema.safeParse(rawCode.toLowerCase());
  if (known.success) return { code: known.data, sentence: known.data === 'internal' || message === null ? null : translateSentence(message, pageLanguage()) };
  return { code: 'internal', sentence: null };
}
