import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { sessionSchema } from './access.contract.ts';
import { outboxEntrySchema, messageSchema } from './conversation.contract.ts';
import { errorCodeSchema } from './error.contract.ts';
import { NO_NOTICE_CHANGES, noticeSettingsSchema, updateFeedSchema } from './desktop.contract.ts';
import { demoRunSchema, startDemoSchema } from './demo-customers.contract.ts';
import { channelIdSchema, conversationIdSchema, atSchema } from './ids.contract.ts';
import { jobSchema } from './job.contract.ts';
import { keyMapSchema, recentCommandsSchema } from './keys.contract.ts';
import { riskSignalSchema } from './risk.contract.ts';
import { suggestionSetSchema } from './suggestion.contract.ts';

export const keyProtectionSchema = z.enum(['file', 'passphrase', 'keychain']);
export type KeyProtection = z.infer<typeof keyProtectionSchema>;

export const engineStatusSchema = z.object({
  state: z.enum(['starting', 'ready', 'restarting', 'down']),
  modelId: z.string().nullable(),
  /** The model that is to take its place, and how much of the store it has embedded (0–1); `problem` says why a wanted one does not open. */
  next: z.object({ modelId: z.string().nullable(), doneRatio: z.number().min(0).max(1), problem: z.string().nullable() }).nullable(),
  /** Rows searchable by meaning and still waiting for a vector, per kind. */
  vectors: z.object({ passage: z.int(), macro: z.int(), message: z.int() }),
  pendingCount: z.int(),
  /** Why vectors cannot be stored just now, in one sentence; what has one is searched as before. */
  storingProblem: z.string().nullable(),
  /** 0–1 while message vectors stream in behind. */
  loadedRatio: z.number().min(0).max(1),
  restartCount: z.int(),
  backend: z.enum(['usearch', 'javascript']).nullable(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

export const appStatusSchema = z.object({
  state: z.enum(['starting', 'locked', 'ready', 'failed']),
  /** Why it failed, in one sentence; null otherwise. */
  problem: z.string().nullable(),
  problemCode: errorCodeSchema.optional(),
  host: z.enum(['electron', 'loopback', 'cli']),
  version: z.string(),
  storeDir: z.string(),
  keyProtection: keyProtectionSchema.nullable(),
  isKeychainAvailable: z.boolean(),
  engine: engineStatusSchema,
  counts: z.object({ conversations: z.int(), messages: z.int(), articles: z.int(), passages: z.int(), macros: z.int(), customers: z.int(), orders: z.int() }),
  /** What happened since the last clean stop, worded by the page: recovered drafts, replies to check, imports cut short. */
  recovery: z.object({ wasUnclean: z.boolean(), unknownReplyCount: z.int(), interruptedJobCount: z.int() }),
});
export type AppStatus = z.infer<typeof appStatusSchema>;

/** The desk locks after this long without a touch; 0 never. */
const idleLockMinutesSchema = z.literal([0, 5, 15, 30]);
/** What may be changed, field by field; a field left out stays as it is. */
const settingsChangeSchema = z.object({
  language: z.enum(['zh-Hans', 'zh-Hant', 'en', 'system']).optional(),
  theme: z.enum(['light', 'dark', 'contrast', 'system']).optional(),
  quietMode: z.enum(['full', 'rare', 'off']).optional(),
  repName: z.string().max(40).optional(),
  shopName: z.string().max(80).optional(),
  /** Below this score nothing is suggested; null takes the shipped threshold. */
  suggestionThreshold: z.number().min(0).max(1).nullable().optional(),
  idleLockMinutes: idleLockMinutesSchema.optional(),
  /** The whole map: what it does not name has its own keys again. */
  keys: keyMapSchema.optional(),
  recentCommands: recentCommandsSchema.optional(),
  notices: noticeSettingsSchema.optional(),
  /** Null: no feed, nobody is asked. */
  updateFeed: updateFeedSchema.nullable().optional(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;
export const settingsSchema = z.object({
  language: z.enum(['zh-Hans', 'zh-Hant', 'en', 'system']).default('system'),
  theme: z.enum(['light', 'dark', 'contrast', 'system']).default('system'),
  quietMode: z.enum(['full', 'rare', 'off']).default('full'),
  repName: z.string().max(40).default(''),
  shopName: z.string().max(80).default(''),
  suggestionThreshold: z.number().min(0).max(1).nullable().default(null),
  idleLockMinutes: idleLockMinutesSchema.default(0),
  // one unreadable map must not take the theme and the language with it
  keys: keyMapSchema.default({}).catch({}),
  recentCommands: recentCommandsSchema.default([]).catch([]),
  notices: noticeSettingsSchema.default(NO_NOTICE_CHANGES).catch(NO_NOTICE_CHANGES),
  updateFeed: updateFeedSchema.nullable().default(null).catch(null),
});
export type Settings = z.infer<typeof settingsSchema>;
/** Fields that each rep has for themselves; the others are the shop's, and whoever may change its settings sets them for all. `repName` is the name in the rep's profile. */
export const REP_SETTINGS = ['language', 'theme', 'quietMode', 'repName', 'keys', 'recentCommands', 'notices'] as const satisfies readonly (keyof Settings)[];

/** Everything the page is told unasked; facts, past tense. */
export const appEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('app.changed'), status: appStatusSchema }),
  z.object({ type: z.literal('conversation.changed'), conversationId: conversationIdSchema }),
  z.object({ type: z.literal('message.received'), message: messageSchema }),
  z.object({ type: z.literal('suggestion.shown'), set: suggestionSetSchema }),
  z.object({ type: z.literal('risk.scored'), signal: riskSignalSchema }),
  z.object({ type: z.literal('outbox.changed'), entry: outboxEntrySchema }),
  z.object({ type: z.literal('job.changed'), job: jobSchema }),
  z.object({ type: z.literal('settings.changed'), settings: settingsSchema }),
  z.object({ type: z.literal('session.changed'), session: sessionSchema }),
  z.object({ type: z.literal('data.changed') }),
]);
export type AppEvent = z.infer<typeof appEventSchema>;

export const replaySchema = z.object({ channelId: channelIdSchema, state: z.enum(['playing', 'paused', 'ended']), speed: z.number(), playedCount: z.int(), totalCount: z.int() });

const passphraseSchema = z.string().min(8).max(200);

export const appContract = {
  status: oc.input(z.object({})).output(appStatusSchema),
  unlock: oc.input(z.object({ passphrase: z.string().min(1).max(200) })).output(appStatusSchema),
  unlockWithRecoveryCode: oc.input(z.object({ code: z.string().min(8).max(100) })).output(appStatusSchema),
  /** Protects the store by a passphrase; answers the recovery code, shown once. */
  setPassphrase: oc.input(z.object({ current: z.string().nullable(), next: passphraseSchema })).output(z.object({ recoveryCode: z.string() })),
  /** `passphrase` is asked for when the store is protected by one. */
  useKeychain: oc.input(z.object({ passphrase: z.string().max(200).nullable().default(null) })).output(appStatusSchema),
  lock: oc.input(z.object({})).output(appStatusSchema),
  backup: oc.input(z.object({ path: z.string().min(1).optional() })).output(z.object({ path: z.string(), bytes: z.int(), openedBy: z.enum(['passphrase', 'this_computer', 'anyone', 'key_file']) })),
  events: oc.input(z.object({})).output(eventIterator(appEventSchema)),
};

export const settingsContract = {
  get: oc.input(z.object({})).output(settingsSchema),
  set: oc.input(settingsChangeSchema).output(settingsSchema),
};

export const channelSchema = z.object({ id: channelIdSchema, kind: z.enum(['replay', 'file', 'demo']), title: z.string(), state: z.enum(['stopped', 'running', 'failed']), error: z.string().nullable(), lastSyncAt: atSchema.nullable(), replay: replaySchema.nullable(), demo: demoRunSchema.optional() });
export type Channel = z.infer<typeof channelSchema>;

export const channelContract = {
  list: oc.input(z.object({})).output(z.array(channelSchema)),
  /** Plays conversations of a file, or stored ones when no file is given, as if live. `speed` 1 keeps the original gaps, 10 is ten times faster, 0 plays everything at once. */
  startReplay: oc.input(z.object({ path: z.string().optional(), speed: z.number().min(0).max(1000).default(10), limit: z.int().min(1).max(1000).default(20) })).output(channelSchema),
  /** Lets live customers of the demo shop write in; they read what is sent and react. */
  startDemo: oc.input(startDemoSchema).output(channelSchema),
  /** Watches one JSONL file for new lines (one message per line) and appends replies to `<file>.out.jsonl`. */
  addFile: oc.input(z.object({ path: z.string().min(1) })).output(channelSchema),
  stop: oc.input(z.object({ channelId: channelIdSchema })).output(channelSchema),
};
