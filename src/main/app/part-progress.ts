import type { JobProgress } from '../jobs/job.service.ts';

/** A part of a job that counts in its own way: it takes up `weight` counts of the whole. `finish` gives what it did not come to tell. */
export function partOf(whole: Pick<JobProgress, 'advance'>, weight: number): JobProgress & { finish(): void } {
  let total: number | null = null;
  let done = 0;
  let told = 0;
  const tell = (upTo: number): void => {
    const next = Math.min(weight, Math.floor(upTo));
    if (next <= told) return;
    whole.advance(next - told);
    told = next;
  };
  return {
    total(count) {
      total = count;
    },
    advance(count) {
      done += count;
      if (total !== null && total > 0) tell((weight * Math.min(done, total)) / total);
    },
    finish: () => tell(weight),
  };
}
