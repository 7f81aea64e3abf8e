import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { makeTestDir } from './open-test-store.ts';
import { acquireStoreLock, findLockHolder } from './store-lock.ts';

const LOCK_MODULE = path.join(import.meta.dirname, 'store-lock.ts');

/** Another process that tries to take the lock, says what came of it, and lives until killed. */
async function startHolder(file: string): Promise<{ child: ChildProcess; answer: string }> {
  const script = `
    const { acquireStoreLock } = await import(${JSON.stringify(LOCK_MODULE)});
    try { const lock = acquireStoreLock(${JSON.stringify(file)}, { host: 'loopback', nowMs: 5 }); console.log(lock.wasUnclean ? 'unclean' : 'clean'); }
    catch (error) { console.log(error.code); }
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [bytes] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, answer: bytes.toString().trim() };
}

function lockPath(): string {
  return path.join(makeTestDir(), 'lock.json');
}

test('one process at a time; a second one is told who has it', () => {
  const file = lockPath();
  const lock = acquireStoreLock(file, { host: 'electron', nowMs: 1 });
  expect(lock.wasUnclean).toBe(false);
  expect(findLockHolder(file)).toEqual({ pid: process.pid, host: 'electron', startedAt: 1 });
  expect(() => acquireStoreLock(file, { host: 'cli', nowMs: 2 })).toThrow(
    expect.objectContaining({ code: 'store_busy', retryable: true, message: `Deskmate (electron, process ${process.pid}) is using this store. Close it first, or work in its window.` }),
  );
  lock.release();
  expect(existsSync(file)).toBe(false);
  expect(findLockHolder(file)).toBeUndefined();
  expect(acquireStoreLock(file, { host: 'cli', nowMs: 3 }).wasUnclean).toBe(false);
});

test('a killed process leaves a lock that the next one takes over and knows about', async () => {
  const file = lockPath();
  const { child, answer } = await startHolder(file);
  expect(answer).toBe('clean');
  expect(() => acquireStoreLock(file, { host: 'cli', nowMs: 2 })).toThrow(expect.objectContaining({ message: expect.stringContaining(`Deskmate (loopback, process ${child.pid})`) as string }));
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(findLockHolder(file)).toBeUndefined();
  const lock = acquireStoreLock(file, { host: 'cli', nowMs: 3 });
  expect(lock.wasUnclean).toBe(true);
  lock.release();
});

test('of several that find a dead lock at once, one gets it', async () => {
  const file = lockPath();
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 - 1, host: 'electron', startedAt: 1, processMark: 'gone' }));
  const answers = (await Promise.all([1, 2, 3].map(() => startHolder(file)))).map(({ answer }) => answer);
  expect(answers.sort()).toEqual(['store_busy', 'store_busy', 'unclean']);
});

test.runIf(process.platform === 'linux')('a process that was given the number of a dead holder does not count as it', () => {
  const file = lockPath();
  writeFileSync(file, JSON.stringify({ pid: process.pid, host: 'electron', startedAt: 1, processMark: 'another boot 77' }));
  expect(acquireStoreLock(file, { host: 'cli', nowMs: 2 }).wasUnclean).toBe(true);
});

test('an unreadable lock counts as left behind; a lock that was taken over is not released by its old holder', () => {
  const file = lockPath();
  writeFileSync(file, '{"pid":');
  const lock = acquireStoreLock(file, { host: 'cli', nowMs: 2 });
  expect(lock.wasUnclean).toBe(true);
  writeFileSync(file, JSON.stringify({ pid: process.pid, host: 'other', startedAt: 9, processMark: null }));
  lock.release();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ host: 'other' });
});
