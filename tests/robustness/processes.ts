// Finding and killing the product's own child processes by id (Linux: read from /proc).
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

type ProcessStat = { state: string; parentPid: number };

function readStat(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // after the name, which may hold anything: state, then the parent's id
    const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, parentPid: Number(parent) };
  } catch {
    return undefined;
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

export function isRunning(pid: number): boolean {
  const stat = readStat(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
}

/** The running child of a process whose command line names the entry (`backend`, `engine`). */
export function findChild(parentPid: number, entry: string): number | undefined {
  const pids = readdirSync('/proc').map(Number).filter((pid) => Number.isInteger(pid));
  return pids.find((pid) => readStat(pid)?.parentPid === parentPid && isRunning(pid) && commandLine(pid).includes(entry));
}

/** Resolves once the process has gone. @throws when it is still there after `withinMs`. */
export async function gone(pid: number, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (isRunning(pid)) {
    if (performance.now() > until) throw new Error(`process ${pid} is still running after ${withinMs} ms`);
    await sleep(5);
  }
}

/** As a power cut would: no signal handler runs. */
export function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself a moment before
  }
}
