import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';

/** scrypt N = 2^15, r = 8, p = 1 (32 MiB): a PIN is short, so what really protects it is that tries are slowed and that the hash lies in the encrypted store. */
export const PIN_COST = 2 ** 15;
const FREE_FAILURES = 3;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 5 * 60_000;

export type PinOutcome = { outcome: 'right' | 'wrong' | 'wait'; retryAt: number | null };

function derive(pin: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((done, fail) => {
    scrypt(pin, salt, 32, { N: cost, r: 8, p: 1, maxmem: 2 * 128 * 8 * cost }, (error, derived) => (error === null ? done(derived) : fail(error)));
  });
}

/** `scrypt:N:salt:hash`, salt and hash in base64. */
export async function hashPin(pin: string, cost = PIN_COST): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${cost}:${salt.toString('base64')}:${(await derive(pin, salt, cost)).toString('base64')}`;
}

async function matches(pin: string, stored: string): Promise<boolean> {
  const [, cost, salt, hash] = stored.split(':');
  const expected = Buffer.from(hash ?? '', 'base64');
  const derived = await derive(pin, Buffer.from(salt ?? '', 'base64'), Number(cost));
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

/** How long nothing is tried after this many failures in a row: none after the first three, then 5 s, doubling up to 5 minutes. */
export function waitAfter(failureCount: number): number {
  return failureCount <= FREE_FAILURES ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failureCount - FREE_FAILURES - 1), LONGEST_WAIT_MS);
}

type PinRow = { pin_hash: string | null; pin_failure_count: number; pin_blocked_until: number | null };

/** Tries a rep's PIN. Every try is counted before it is looked at, so that many at once are slowed as well; the count outlives a restart. */
export async function tryPin(db: WritableDb, repId: RepId, pin: string, nowMs: number): Promise<PinOutcome> {
  const row = prepared<PinRow>(db, 'SELECT pin_hash, pin_failure_count, pin_blocked_until FROM reps WHERE id = ?').get(repId);
  if (row?.pin_hash == null) return { outcome: 'wrong', retryAt: null };
  const waitMs = (row.pin_blocked_until ?? 0) - nowMs;
  // a clock that was set back must not lock a rep out for longer than the longest wait
  if (waitMs > 0 && waitMs <= LONGEST_WAIT_MS) return { outcome: 'wait', retryAt: nowMs + waitMs };
  const failureCount = row.pin_failure_count + 1;
  const blockedMs = waitAfter(failureCount);
  prepared(db, 'UPDATE reps SET pin_failure_count = ?, pin_blocked_until = ? WHERE id = ?').run(failureCount, blockedMs === 0 ? null : nowMs + blockedMs, repId);
  if (!(await matches(pin, row.pin_hash))) return { outcome: 'wrong', retryAt: blockedMs === 0 ? null : nowMs + blockedMs };
  clearFailures(db, repId);
  return { outcome: 'right', retryAt: null };
}

/** Null removes the PIN. */
export function setPinHash(db: WritableDb, repId: RepId, hash: string | null): void {
  prepared(db, 'UPDATE reps SET pin_hash = ? WHERE id = ?').run(hash, repId);
  clearFailures(db, repId);
}

function clearFailures(db: WritableDb, repId: RepId): void {
  prepared(db, 'UPDATE reps SET pin_failure_count = 0, pin_blocked_until = NULL WHERE id = ?').run(repId);
}
