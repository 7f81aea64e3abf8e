import { z } from 'zod';
import { conversationIdSchema } from './contract/ids.contract.ts';

/** What the window around the page can do. Each host says which of it, and why not the rest. */
const desktopFeatureSchema = z.enum(['tray', 'badge', 'notifications', 'windowState', 'zoom', 'spelling', 'print', 'links', 'openAtLogin', 'folders']);

/** Why something is missing, or how it differs, as codes the page words. */
const desktopReasonSchema = z.enum([
  'browser_window', 'title_instead', 'permission_needed', 'permission_refused', 'no_notifications', 'browser_zoom', 'browser_spelling',
  'downloads_dictionary', 'hash_link', 'not_installed', 'path_only', 'some_desktops', 'unknown_window',
]);
type DesktopReason = z.infer<typeof desktopReasonSchema>;
/** `partly`: there is something like it, and the reason says what. */
const availabilitySchema = z.object({ state: z.enum(['full', 'partly', 'missing']), reason: desktopReasonSchema.nullable() });
export type Availability = z.infer<typeof availabilitySchema>;

export const ZOOM_STEPS = [90, 100, 110, 125, 150, 175, 200] as const;
/** Of this machine's window, whoever is at the desk. */
export const desktopPrefsSchema = z.object({
  closeToTray: z.boolean().default(false),
  openAtLogin: z.boolean().default(false),
  isSpellingOn: z.boolean().default(false),
  /** One of `ZOOM_STEPS`. */
  zoomPercent: z.literal([...ZOOM_STEPS]).default(100),
});
export type DesktopPrefs = z.infer<typeof desktopPrefsSchema>;
const prefsChangeSchema = z.object({ closeToTray: z.boolean().optional(), openAtLogin: z.boolean().optional(), isSpellingOn: z.boolean().optional(), zoomPercent: z.literal([...ZOOM_STEPS]).optional() });
export type DesktopPrefsChange = z.infer<typeof prefsChangeSchema>;

export const desktopFactsSchema = z.object({
  host: z.enum(['electron', 'loopback', 'none']),
  platform: z.string().max(40),
  /** Names of parts and their versions, for the diagnostic facts. */
  versions: z.record(z.string(), z.string().max(60)),
  prefs: desktopPrefsSchema,
  features: z.record(desktopFeatureSchema, availabilitySchema),
  /** Where the log is; null when the window does not know. */
  logFile: z.string().nullable(),
});
export type DesktopFacts = z.infer<typeof desktopFactsSchema>;

const word = z.string().max(80);
const quietModeSchema = z.enum(['full', 'rare', 'off']);
/** What tray, badge and title show: counts, and words in the reader's language; never anything of a customer. */
const deskStateSchema = z.object({
  urgentCount: z.int().min(0).max(9999),
  unreadCount: z.int().min(0).max(9999),
  quietMode: quietModeSchema,
  /** False while nobody is at the desk: quiet mode and lock then rest. */
  isOpen: z.boolean(),
  words: z.object({ title: word, open: word, quiet: word, full: word, rare: word, off: word, lock: word, quit: word }),
});
export type DeskState = z.infer<typeof deskStateSchema>;

/** Two notices with one `tag` are one: the newer stays. */
export const noticeSchema = z.object({ tag: z.string().max(80), title: z.string().max(120), body: z.string().max(300), conversationId: conversationIdSchema.nullable() });
export type DesktopNotice = z.infer<typeof noticeSchema>;

const nothing = z.object({});
/** Every call a page may make of its window; both ends parse. */
export const desktopCallSchemas = {
  facts: { input: nothing, output: desktopFactsSchema },
  setPrefs: { input: prefsChangeSchema, output: desktopFactsSchema },
  showState: { input: deskStateSchema, output: nothing },
  notify: { input: noticeSchema, output: z.object({ isShown: z.boolean() }) },
  /** Shows the folder of the log in the system's file window; false where there is none to show it. */
  openLogFolder: { input: nothing, output: z.object({ isOpened: z.boolean() }) },
  /** The conversation that a link opened this window for; answered once. */
  takeLink: { input: nothing, output: z.object({ conversationId: conversationIdSchema.nullable() }) },
} as const;
export type DesktopCallName = keyof typeof desktopCallSchemas;
export type DesktopCalls = { [Name in DesktopCallName]: (input: z.infer<(typeof desktopCallSchemas)[Name]['input']>) => Promise<z.infer<(typeof desktopCallSchemas)[Name]['output']>> };

/** What the window tells the page unasked. */
export const desktopEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('conversation.opened'), conversationId: conversationIdSchema }),
  z.object({ kind: z.literal('chosen.quiet'), quietMode: quietModeSchema }),
  z.object({ kind: z.literal('chosen.lock') }),
  z.object({ kind: z.literal('facts.changed'), facts: desktopFactsSchema }),
  /** Chromium asked for its English dictionary: the one contact that the window makes itself. */
  z.object({ kind: z.literal('dictionary.fetched'), hasFailed: z.boolean() }),
]);
export type DesktopEvent = z.infer<typeof desktopEventSchema>;

/** The step `by` places from here; the ends stay. */
export function zoomStep(percent: number, by: 1 | -1): DesktopPrefs['zoomPercent'] {
  const place = ZOOM_STEPS.findIndex((step) => step === percent);
  return ZOOM_STEPS[Math.min(ZOOM_STEPS.length - 1, Math.max(0, (place < 0 ? 1 : place) + by))] ?? 100;
}

export const FULL: Availability = { state: 'full', reason: null };
export const partly = (reason: DesktopReason): Availability => ({ state: 'partly', reason });
export const missing = (reason: DesktopReason): Availability => ({ state: 'missing', reason });
