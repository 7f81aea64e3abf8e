import { oc } from '@orpc/contract';
import { z } from 'zod';
import { atSchema } from './ids.contract.ts';
import { jobSchema } from './job.contract.ts';

/** One host and feature: everything that was ever exchanged with it. `isLocal`: a program on this machine. */
export const contactLineSchema = z.object({
  host: z.string(), feature: z.string(), isLocal: z.boolean(), contactCount: z.int(), failureCount: z.int(), bytesOut: z.int(), bytesIn: z.int(), firstAt: atSchema, lastAt: atSchema,
});
export type ContactLine = z.infer<typeof contactLineSchema>;

export const indexKindSchema = z.enum(['passage', 'macro', 'message', 'reply']);
export const healthLevelSchema = z.enum(['ok', 'attention', 'problem']);
export type HealthLevel = z.infer<typeof healthLevelSchema>;

/** Rows of one searched kind: texts that are there, those found by words, those found by meaning. */
export const indexCountsSchema = z.object({ kind: indexKindSchema, textCount: z.int(), wordCount: z.int(), vectorCount: z.int() });
export type IndexCounts = z.infer<typeof indexCountsSchema>;

/** A text whose embedding stopped the engine; `excerpt` is its first 80 characters. */
export const setAsideTextSchema = z.object({ kind: indexKindSchema, seq: z.int(), excerpt: z.string(), strikeCount: z.int(), at: atSchema });
export type SetAsideText = z.infer<typeof setAsideTextSchema>;

export const backupOpenerSchema = z.enum(['passphrase', 'this_computer', 'anyone', 'key_file']);
export const backupOutcomeSchema = z.object({ at: atSchema, path: z.string(), bytes: z.int(), isScheduled: z.boolean(), error: z.string().nullable() });
export type BackupOutcome = z.infer<typeof backupOutcomeSchema>;

/** What is known without a long check; the engine's own state is in `app.status`. `freeBytes` is null where the system does not tell. */
export const healthReportSchema = z.object({
  store: z.object({ bytes: z.int(), walBytes: z.int(), freeBytes: z.int().nullable(), schemaVersion: z.int(), lastBackupAt: atSchema.nullable() }),
  index: z.array(indexCountsSchema),
  pendingCount: z.int(),
  /** True while an index is half written: by a rebuild under way, or one that was cut short and goes on at the next start. */
  isRebuilding: z.boolean(),
  setAside: z.array(setAsideTextSchema),
  engineProblem: z.string().nullable(),
});
export type HealthReport = z.infer<typeof healthReportSchema>;

/** Sentences of SQLite; none when all is well. */
export const storeCheckSchema = z.object({ problems: z.array(z.string()), checkedAt: atSchema });
export type StoreCheck = z.infer<typeof storeCheckSchema>;
/** The files of one language model; `sha256` is null when one is not what it should be. */
export const modelCheckSchema = z.object({ modelId: z.string(), isShipped: z.boolean(), problem: z.string().nullable(), sha256: z.string().nullable(), byteCount: z.int(), checkedAt: atSchema });
export type ModelCheck = z.infer<typeof modelCheckSchema>;
export const parserCheckSchema = z.object({ problem: z.string().nullable() });

export const backupScheduleSchema = z.object({ every: z.enum(['off', 'daily', 'weekly']), keepCount: z.int().min(1).max(60), folder: z.string().max(1000).nullable() });
export type BackupSchedule = z.infer<typeof backupScheduleSchema>;
/** `kind`: made before the store changed its shape, by the schedule, or by hand. */
export const backupFileSchema = z.object({ path: z.string(), kind: z.enum(['migration', 'scheduled', 'manual']), createdAt: atSchema, bytes: z.int(), openedBy: backupOpenerSchema });
export type BackupFile = z.infer<typeof backupFileSchema>;
export const backupsSchema = z.object({ files: z.array(backupFileSchema), schedule: backupScheduleSchema, last: backupOutcomeSchema.nullable(), canUndoRestore: z.boolean(), folder: z.string() });
export type Backups = z.infer<typeof backupsSchema>;

const rowCountsSchema = z.object({ conversations: z.int(), messages: z.int(), articles: z.int(), macros: z.int(), customers: z.int(), orders: z.int() });
/** `counts` is null while what opens the backup was not given. */
export const restorePreviewSchema = z.object({ path: z.string(), createdAt: atSchema, bytes: z.int(), schemaVersion: z.int(), openedBy: backupOpenerSchema, counts: rowCountsSchema.nullable() });
export type RestorePreview = z.infer<typeof restorePreviewSchema>;

export const retentionKindSchema = z.enum(['conversations', 'attachments', 'audit', 'suggestions', 'riskSignals', 'logs']);
export type RetentionKind = z.infer<typeof retentionKindSchema>;
/** Months to keep; null for ever. */
const monthsSchema = z.literal([1, 3, 6, 12, 24, 36, 60]).nullable();
export const retentionRulesSchema = z.object({ conversations: monthsSchema, attachments: monthsSchema, audit: monthsSchema, suggestions: monthsSchema, riskSignals: monthsSchema, logs: monthsSchema });
export type RetentionRules = z.infer<typeof retentionRulesSchema>;
/** What one rule would remove: rows by the name of their kind, the oldest of them, and up to when. */
export const retentionLineSchema = z.object({ kind: retentionKindSchema, before: atSchema.nullable(), oldestAt: atSchema.nullable(), counts: z.record(z.string(), z.int()) });
export type RetentionLine = z.infer<typeof retentionLineSchema>;
export const retentionSchema = z.object({ rules: retentionRulesSchema, lastRun: z.object({ at: atSchema, counts: z.record(z.string(), z.int()) }).nullable() });
export type Retention = z.infer<typeof retentionSchema>;

export const noticeSchema = z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() });
export type Notice = z.infer<typeof noticeSchema>;
/** `modelCard` is Markdown. Texts that are not beside the program are empty. */
export const aboutSchema = z.object({ version: z.string(), licence: z.string(), modelCard: z.string(), notices: z.array(noticeSchema) });
export type About = z.infer<typeof aboutSchema>;

/** A passphrase, or the recovery code in its place. */
const passphraseSchema = z.string().max(200).nullable().default(null);

export const trustContract = {
  /** Every host that was spoken to; empty until a channel that needs one is set up. */
  contacts: oc.input(z.object({})).output(z.array(contactLineSchema)),
  exportContacts: oc.input(z.object({})).output(z.object({ fileName: z.string(), text: z.string(), lineCount: z.int() })),
  health: oc.input(z.object({})).output(healthReportSchema),
  /** Reads every page of the store and every index: seconds on a large one. */
  checkStore: oc.input(z.object({})).output(storeCheckSchema),
  /** Of the model that serves and the one that is wanted; one line where they are the same. */
  checkModels: oc.input(z.object({})).output(z.array(modelCheckSchema)),
  checkParser: oc.input(z.object({})).output(parserCheckSchema),
  rebuildIndex: oc.input(z.object({})).output(jobSchema),
  restartEngine: oc.input(z.object({})).output(z.object({})),
  retryText: oc.input(z.object({ kind: indexKindSchema, seq: z.int() })).output(z.object({})),
  backups: oc.input(z.object({})).output(backupsSchema),
  saveSchedule: oc.input(backupScheduleSchema).output(backupsSchema),
  restorePreview: oc.input(z.object({ path: z.string().min(1), passphrase: passphraseSchema })).output(restorePreviewSchema),
  /** The present store is kept aside; `undoRestore` brings it back until the next start. */
  restore: oc.input(z.object({ path: z.string().min(1), passphrase: passphraseSchema })).output(z.object({})),
  undoRestore: oc.input(z.object({ passphrase: passphraseSchema })).output(z.object({})),
  retention: oc.input(z.object({})).output(retentionSchema),
  saveRetention: oc.input(retentionRulesSchema).output(retentionSchema),
  retentionPreview: oc.input(retentionRulesSchema).output(z.array(retentionLineSchema)),
  runRetention: oc.input(z.object({})).output(jobSchema),
  about: oc.input(z.object({})).output(aboutSchema),
};
