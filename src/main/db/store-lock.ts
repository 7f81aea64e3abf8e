import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomically } from '../platform/atomic-file.ts';
import { DeskmateError } from '../platform/errors.ts';
import { openSqlite } from './load-sqlite.ts';

/** `processMark` tells a process from a later one that was given the same number; null where the system does not say. */
const storeLockSchema = z.object({ pid: z.int().positive(), host: z.string(), startedAt: z.int(), processMark: z.string().nullable() });
type LockHolder = z.infer<typeof storeLockSchema>;

/** `wasUnclean`: the last holder ended without giving the lock back. */
export type StoreLock = { wasUnclean: boolean; release(): void };

const GUARD_WAIT_MS = 5000;

/**
 * Takes the store for this process, for good until `release`; lock.json names who has it.
 * @throws DeskmateError store_busy (retryable) while another live process has it.
 */
export function acquireStoreLock(file: string, holder: { host: string; nowMs: number; pid?: number }): StoreLock {
  const pid = holder.pid ?? process.pid;
  const mine: LockHolder = { pid, host: holder.host, startedAt: holder.nowMs, processMark: readProcessMark(pid) };
  return withGuard(`${file}.guard`, () => {
    const before = readHolder(file);
    if (before !== 'none' && before !== 'unreadable' && isAlive(before)) throw busy(before);
    writeFileAtomically(file, `${JSON.stringify(mine)}\n`);
    return { wasUnclean: before !== 'none', release: () => release(file, mine) };
  });
}

/** Who has the store now, or undefined; for a command line call that must go through the running app. */
export function findLockHolder(file: string): { pid: number; host: string; startedAt: number } | undefined {
  const holder = readHolder(file);
  if (holder === 'none' || holder === 'unreadable' || !isAlive(holder)) return undefined;
  return { pid: holder.pid, host: holder.host, startedAt: holder.startedAt };
}

function release(file: string, mine: LockHolder): void {
  const now = readHolder(file);
  if (now === 'none' || now === 'unreadable') return;
  if (now.pid === mine.pid && now.startedAt === mine.startedAt && now.processMark === mine.processMark) rmSync(file, { force: true });
}

function busy(holder: LockHolder): DeskmateError {
  return new DeskmateError('store_busy', `Deskmate (${holder.host}, process ${holder.pid}) is using this store. Close it first, or work in its window.`, { retryable: true });
}

/** Looking and taking must be one step, or two starts at once could both take over a dead lock. SQLite's file lock ends with its process, on every system. */
function withGuard<T>(file: string, work: () => T): T {
  const guard = openSqlite(file, { timeout: GUARD_WAIT_MS });
  try {
    return guard.transaction(work).exclusive();
  } finally {
    guard.close();
  }
}

function readHolder(file: string): LockHolder | 'none' | 'unreadable' {
  if (!existsSync(file)) return 'none';
  try {
    return storeLockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return 'unreadable';
  }
}

function isAlive(holder: LockHolder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: alive, but another user's
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const mark = readProcessMark(holder.pid);
  return mark === null || holder.processMark === null || mark === holder.processMark;
}

/** Linux: this boot's id and the process's start in clock ticks after it (field 22 of /proc/PID/stat, counted after the name, which may hold anything). */
function readProcessMark(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return startTicks === undefined ? null : `${bootId} ${startTicks}`;
  } catch {
    return null;
  }
}
