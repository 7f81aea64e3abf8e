import { recordContact } from '../access/contact.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { AskOutside } from '../platform/contact-log.ts';
import { readSettings } from './app-state.ts';
import type { AppOptions } from './app.types.ts';
import { createUpdateService } from './update.service.ts';

/** Where Chromium fetches its dictionaries. */
const DICTIONARY_HOST = 'redirector.gvt1.com';

/** News of Deskmate by the shop's feed, and the note of the one contact that the window makes itself. */
export function openUpdates({ db, options: { clock, version }, askOutside }: { db: WritableDb; options: Pick<AppOptions, 'clock' | 'version'>; askOutside: AskOutside }) {
  return {
    ...createUpdateService({ db, clock, version, askOutside, feed: () => readSettings(db, null).updateFeed }),
    /** Chromium does not tell how much it was: the bytes stay 0. */
    noteDictionary: (hasFailed: boolean): void => recordContact(db, { host: DICTIONARY_HOST, feature: 'spelling', bytesOut: 0, bytesIn: 0, at: clock.nowMs(), hasFailed }),
  };
}
