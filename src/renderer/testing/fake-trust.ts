import { ORPCError } from '@orpc/server';
import type { Job } from '../../shared/contract/job.contract.ts';
import { jobIdSchema } from '../../shared/contract/ids.contract.ts';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { Backups, ContactLine, HealthReport, ModelCheck, Retention, RetentionLine, RetentionRules } from '../../shared/contract/trust.contract.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

const DAY_MS = 86_400_000;

/** What the fake knows of trust; jobs end at once. */
export type FakeTrust = { contacts: ContactLine[]; health: HealthReport; storeProblems: string[]; models: ModelCheck[]; backups: Backups; retention: Retention };

const COUNTS: Record<keyof RetentionRules, Record<string, number>> = {
  conversations: { conversations: 12, messages: 240, attachments: 3 }, attachments: { attachments: 5 }, audit: { auditLines: 30 },
  suggestions: { suggestions: 400, feedback: 120 }, riskSignals: { riskSignals: 60 }, logs: { jobs: 4, contacts: 0 },
};

export function createFakeTrust(change: Partial<FakeTrust> = {}): FakeTrust {
  return {
    contacts: [],
    health: {
      store: { bytes: 18_874_368, walBytes: 4096, freeBytes: 64 * 1024 ** 3, schemaVersion: 20, lastBackupAt: SAMPLE_NOW - DAY_MS },
      index: [
        { kind: 'passage', textCount: 180, wordCount: 180, vectorCount: 180 }, { kind: 'macro', textCount: 84, wordCount: 84, vectorCount: 84 },
        { kind: 'message', textCount: 1200, wordCount: 1200, vectorCount: 1200 }, { kind: 'reply', textCount: 1100, wordCount: 1100, vectorCount: 1100 },
      ],
      pendingCount: 0, isRebuilding: false, setAside: [], engineProblem: null,
    },
    storeProblems: [],
    models: [{ modelId: 'deskmate-embed-2', isShipped: true, problem: null, sha256: '43a9a569626fb85c5b7460b72de76d5a33734b535e2c1ba1001ee25265aa11f3', byteCount: 5_082_321, checkedAt: SAMPLE_NOW }],
    backups: {
      files: [{ path: '/data/backups/deskmate-auto-1.deskmate-backup', kind: 'scheduled', createdAt: SAMPLE_NOW - DAY_MS, bytes: 18_874_368, openedBy: 'passphrase' }],
      schedule: { every: 'daily', keepCount: 7, folder: null }, last: { at: SAMPLE_NOW - DAY_MS, path: '/data/backups/deskmate-auto-1.deskmate-backup', bytes: 18_874_368, isScheduled: true, error: null },
      canUndoRestore: false, folder: '/data/backups',
    },
    retention: { rules: { conversations: null, attachments: null, audit: null, suggestions: null, riskSignals: null, logs: null }, lastRun: null },
    ...change,
  };
}

export function fakeTrustHandlers(os: FakeOs, trust: FakeTrust, version: string, emit: (event: AppEvent) => void) {
  const done = (kind: Job['kind']): Job => {
    const job: Job = { id: jobIdSchema.parse(sampleId('T', 1)), kind, title: '', state: 'done', doneRatio: 1, doneCount: 1, perSecond: 0, error: null, report: null, startedAt: SAMPLE_NOW, endedAt: SAMPLE_NOW };
    emit({ type: 'job.changed', job });
    return job;
  };
  const opened = (path: string, passphrase: string | null) => {
    const file = trust.backups.files.find((one) => one.path === path);
    if (file === undefined) throw new ORPCError('file_unreadable', { message: 'The backup cannot be read.' });
    if (passphrase !== null && passphrase !== 'correct horse') throw new ORPCError('wrong_key', { message: 'The passphrase does not fit.' });
    return { file, isOpen: file.openedBy !== 'passphrase' || passphrase !== null };
  };
  const swap = (canUndoRestore: boolean): Record<string, never> => {
    trust.backups = { ...trust.backups, canUndoRestore };
    return {};
  };
  return {
    trust: {
      contacts: os.trust.contacts.handler(() => trust.contacts),
      exportContacts: os.trust.exportContacts.handler(() => ({ fileName: 'contacts.csv', text: '\ufeff', lineCount: trust.contacts.length })),
      health: os.trust.health.handler(() => trust.health),
      checkStore: os.trust.checkStore.handler(() => ({ problems: trust.storeProblems, checkedAt: SAMPLE_NOW })),
      checkModels: os.trust.checkModels.handler(() => trust.models),
      checkParser: os.trust.checkParser.handler(() => ({ problem: null })),
      rebuildIndex: os.trust.rebuildIndex.handler(() => done('index')),
      restartEngine: os.trust.restartEngine.handler(() => ({})),
      retryText: os.trust.retryText.handler(({ input }) => {
        trust.health = { ...trust.health, setAside: trust.health.setAside.filter(({ kind, seq }) => kind !== input.kind || seq !== input.seq) };
        return {};
      }),
      backups: os.trust.backups.handler(() => trust.backups),
      saveSchedule: os.trust.saveSchedule.handler(({ input }) => (trust.backups = { ...trust.backups, schedule: input })),
      restorePreview: os.trust.restorePreview.handler(({ input }) => {
        const { file, isOpen } = opened(input.path, input.passphrase);
        return { ...file, schemaVersion: 20, counts: isOpen ? { conversations: 120, messages: 2400, articles: 60, macros: 84, customers: 300, orders: 1500 } : null };
      }),
      restore: os.trust.restore.handler(({ input }) => {
        if (!opened(input.path, input.passphrase).isOpen) throw new ORPCError('wrong_key', { message: 'It opens with its passphrase only.' });
        return swap(true);
      }),
      undoRestore: os.trust.undoRestore.handler(() => swap(false)),
      retention: os.trust.retention.handler(() => trust.retention),
      saveRetention: os.trust.saveRetention.handler(({ input }) => (trust.retention = { ...trust.retention, rules: input })),
      retentionPreview: os.trust.retentionPreview.handler(({ input }) => (Object.keys(COUNTS) as (keyof RetentionRules)[]).map((kind): RetentionLine => (input[kind] === null
        ? { kind, before: null, oldestAt: null, counts: {} }
        : { kind, before: SAMPLE_NOW - 30 * DAY_MS, oldestAt: SAMPLE_NOW - 400 * DAY_MS, counts: COUNTS[kind] }))),
      runRetention: os.trust.runRetention.handler(() => done('retention')),
      about: os.trust.about.handler(() => ({ version, licence: 'MIT License', modelCard: '# deskmate-embed-2', notices: [
        { name: 'react', version: '19.2.0', licence: 'MIT', text: 'MIT License, React' }, { name: 'usearch', version: '2.21.0', licence: 'Apache-2.0', text: 'Apache License, usearch' },
      ] })),
    },
  };
}
