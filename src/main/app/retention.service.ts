import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { Job } from '../../shared/contract/job.contract.ts';
import { retentionKindSchema, retentionRulesSchema, retentionSchema, type Retention, type RetentionKind, type RetentionLine, type RetentionRules } from '../../shared/contract/trust.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { deleteContactsBefore } from '../access/contact.repository.ts';
import { scrubErased } from '../conversations/erase.service.ts';
import { countOldRows, deleteOldRiskSignals, deleteOldSuggestions, deleteQuotingSuggestions, listOldConversationIds, removeConversations, removeOldFiles } from '../conversations/retention.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { JobProgress, JobService } from '../jobs/job.service.ts';
import { writeFileAtomically } from '../platform/atomic-file.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { readSetting, writeSetting } from './setting-value.ts';

const RULES_KEY = 'retention';
const LAST_KEY = 'retention_last';
const FOR_EVER: RetentionRules = { conversations: null, attachments: null, audit: null, suggestions: null, riskSignals: null, logs: null };
const KINDS = retentionKindSchema.options;
const DAY_MS = 86_400_000;
const LOOK_MS = 3_600_000;
const CONVERSATIONS_A_TURN = 20;
const lastRunSchema = retentionSchema.shape.lastRun.unwrap();

export type RetentionDeps = {
  db: WritableDb; paths: StorePaths; jobs: JobService; context: () => WriteContext; repId: () => string;
  onRemoved: (kind: 'message' | 'reply', seqs: number[]) => void; onChanged: () => void; onError: (error: unknown) => void;
};

/** The same day so many calendar months earlier, UTC; the last day of a shorter month. */
export function monthsBefore(nowMs: number, months: number): number {
  const now = new Date(nowMs);
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return first.getTime() + (Math.min(now.getUTCDate(), lastDay) - 1) * DAY_MS + (nowMs % DAY_MS);
}

/** Since when (epoch ms) a conversation ended if it stays at least as long again as the rule has kept it so far; 0 without a rule. */
export function keptLongSince(db: ReadableDb, nowMs: number): number {
  const months = (readSetting(db, RULES_KEY, retentionRulesSchema) ?? FOR_EVER).conversations;
  return months === null ? 0 : Math.round((nowMs + monthsBefore(nowMs, months)) / 2);
}

/** Keeps each kind for as many months as its rule says; without a rule for ever. Backups made before keep what went. */
export function createRetentionService(deps: RetentionDeps) {
  const { db, context, repId, jobs, onError } = deps;
  const rules = (): RetentionRules => readSetting(db, RULES_KEY, retentionRulesSchema) ?? FOR_EVER;
  const state = (): Retention => ({ rules: rules(), lastRun: readSetting(db, LAST_KEY, lastRunSchema) ?? null });
  const run = (): Job => jobs.run('retention', '', async (progress, signal) => {
    await keepRules(deps, rules(), progress, signal);
    return null;
  });
  const look = (): void => {
    try {
      const { rules: now, lastRun } = state();
      if (KINDS.some((kind) => now[kind] !== null) && (lastRun === null || context().nowMs - lastRun.at >= DAY_MS)) run();
    } catch (error) {
      onError(error);
    }
  };
  return {
    state,
    save(next: RetentionRules): Retention {
      db.transaction(() => {
        writeSetting(db, RULES_KEY, next);
        insertAudit(db, context(), { repId: repId(), action: 'retention.changed', entity: 'settings', entityId: 'retention', after: next });
      })();
      return state();
    },
    preview: (asked: RetentionRules): RetentionLine[] => KINDS.map((kind) => lineOf(deps, kind, asked[kind])),
    run,
    look,
    /** Looks once an hour whether a day has passed; the first time an hour after the start, so that a rule set by mistake can be taken back. The returned function ends it. */
    start(): () => void {
      const timer = setInterval(look, LOOK_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

function lineOf({ db, context }: RetentionDeps, kind: RetentionKind, months: number | null): RetentionLine {
  if (months === null) return { kind, before: null, oldestAt: null, counts: {} };
  const before = monthsBefore(context().nowMs, months);
  return { kind, before, ...countOldRows(db, kind, before) };
}

async function keepRules(deps: RetentionDeps, rules: RetentionRules, progress: JobProgress, signal: AbortSignal): Promise<void> {
  const { db, context, repId, onChanged } = deps;
  const { nowMs } = context();
  const counts: Record<string, number> = {};
  const cutoff = (kind: RetentionKind): number | null => (rules[kind] === null ? null : monthsBefore(nowMs, rules[kind]));
  const conversationsBefore = cutoff('conversations');
  try {
    if (conversationsBefore !== null) await removeOldConversations(deps, conversationsBefore, { progress, signal, counts });
    for (const kind of ['attachments', 'suggestions', 'riskSignals', 'audit', 'logs'] as const) {
      const before = cutoff(kind);
      if (before === null || signal.aborted) continue;
      const count = db.transaction(() => REMOVE[kind](deps, before))();
      if (count > 0) counts[kind] = count;
      progress.advance(count);
    }
  } finally {
    const sum = Object.values(counts).reduce((total, count) => total + count, 0);
    db.transaction(() => {
      if (!signal.aborted) writeSetting(db, LAST_KEY, { at: nowMs, counts });
      if (sum > 0) insertAudit(db, context(), { repId: repId(), action: 'retention.kept', entity: 'store', entityId: 'retention', after: counts });
    })();
    if (sum > 0) {
      // a reader may hold the log: what is freed is overwritten already, and the next run clears the rest
      scrubQuietly(deps);
      onChanged();
    }
  }
}

type Turn = { progress: JobProgress; signal: AbortSignal; counts: Record<string, number> };

async function removeOldConversations({ db, onRemoved }: RetentionDeps, before: number, { progress, signal, counts }: Turn): Promise<void> {
  const ids = listOldConversationIds(db, before);
  progress.total(ids.length);
  deleteQuotingSuggestions(db, ids);
  for (let start = 0; start < ids.length && !signal.aborted; start += CONVERSATIONS_A_TURN) {
    const { conversationCount, seqs } = removeConversations(db, ids.slice(start, start + CONVERSATIONS_A_TURN));
    counts['conversations'] = (counts['conversations'] ?? 0) + conversationCount;
    for (const kind of ['message', 'reply'] as const) onRemoved(kind, seqs[kind]);
    progress.advance(conversationCount);
    await new Promise((done) => setImmediate(done));
  }
}

const REMOVE: Record<Exclude<RetentionKind, 'conversations'>, (deps: RetentionDeps, before: number) => number> = {
  attachments: ({ db }, before) => removeOldFiles(db, before),
  suggestions: ({ db }, before) => deleteOldSuggestions(db, before),
  riskSignals: ({ db }, before) => deleteOldRiskSignals(db, before),
  audit: ({ db }, before) => prepared(db, 'DELETE FROM audit_entries WHERE at < ?').run(before).changes,
  logs: ({ db, paths }, before) => {
    trimLog(paths.log, before);
    return prepared(db, 'DELETE FROM jobs WHERE ended_at < ?').run(before).changes + deleteContactsBefore(db, before);
  },
};

function scrubQuietly({ db, onError }: RetentionDeps): void {
  try {
    scrubErased(db);
  } catch (error) {
    onError(error);
  }
}

/** Lines begin with their time, oldest first; what cannot be read is old. */
function trimLog(file: string, before: number): void {
  for (const name of [file, `${file}.old`]) {
    if (!existsSync(name)) continue;
    const lines = readFileSync(name, 'utf8').split('\n').filter((line) => line !== '');
    const kept = lines.filter((line) => timeOf(line) >= before);
    if (kept.length === lines.length) continue;
    if (kept.length === 0) rmSync(name);
    else writeFileAtomically(name, `${kept.join('\n')}\n`);
  }
}

function timeOf(line: string): number {
  const at = /^\{"at":"([^"]+)"/.exec(line)?.[1];
  return at === undefined ? 0 : Date.parse(at);
}
