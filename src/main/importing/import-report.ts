import type { ImportReport, RejectedRow } from '../../shared/contract/job.contract.ts';
import type { UpsertOutcome } from '../db/content-hash.ts';

/** Rejections listed in a report; the rest are only counted. */
export const LISTED_REJECTION_COUNT = 1000;

export type ReportBuilder = {
  count(outcome: UpsertOutcome): void;
  reject(file: string, line: number | null, reason: string): void;
  build(): ImportReport;
};

export function createReport(): ReportBuilder {
  const counts: Record<UpsertOutcome, number> = { added: 0, updated: 0, unchanged: 0 };
  const rejected: RejectedRow[] = [];
  let rejectedCount = 0;
  return {
    count(outcome) {
      counts[outcome]++;
    },
    reject(file, line, reason) {
      rejectedCount++;
      if (rejected.length < LISTED_REJECTION_COUNT) rejected.push({ file, line, reason });
    },
    build: () => ({ ...counts, rejected: [...rejected], rejectedCount }),
  };
}
