import type { JobProgress } from '../jobs/job.service.ts';
import type { CliIo } from './cli.types.ts';

const TELL_EVERY_MS = 1000;

/** Progress as lines on stderr, at most one a second. */
export function createProgressLines(io: Pick<CliIo, 'writeErr'>, label: string, nowMs: () => number): JobProgress & { at(doneCount: number, totalCount: number): void } {
  let total: number | null = null;
  let done = 0;
  let toldAtMs = nowMs();
  const tell = () => {
    if (nowMs() - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = nowMs();
    io.writeErr(`${label}: ${done}${total === null ? '' : ` of about ${total}`}\n`);
  };
  return {
    total(count) {
      total = count;
    },
    advance(count) {
      done += count;
      tell();
    },
    at(doneCount, totalCount) {
      [done, total] = [doneCount, totalCount];
      tell();
    },
  };
}
