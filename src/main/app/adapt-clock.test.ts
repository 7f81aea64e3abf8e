import { expect, test } from 'vitest';
import type { AdaptStatus } from '../../shared/contract/adapt.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { silentLog } from '../platform/log.ts';
import { lookWhetherToLearn } from './adapt-clock.ts';

const DAY_MS = 24 * 3_600_000;
const READY: AdaptStatus = { accepted: null, candidate: null, isStale: false, isRunning: false, pairCount: 900, missingCount: 0, newPairCount: 900, isWeekly: true, lastRun: null };

type When = { afterMs?: number; isImporting?: boolean; lastRunDaysAgo?: number };

/** How often it starts to learn when it looks `afterMs` after the newest message. */
function startsOf(change: Partial<AdaptStatus>, { afterMs = DAY_MS, isImporting = false, lastRunDaysAgo }: When): number {
  const store = openTestStore();
  addConversation(store, 'lin', [['customer', '在吗']]);
  const nowMs = (store.db.prepare('SELECT max(last_at) FROM conversations').pluck().get() as number) + afterMs;
  const lastRun: AdaptStatus['lastRun'] = lastRunDaysAgo === undefined ? null : { at: nowMs - lastRunDaysAgo * DAY_MS, verdict: 'not_better', pairCount: 0, missingCount: 0, share: 0, cpuMs: 0, figures: null };
  let count = 0;
  const adapt = { status: () => ({ ...READY, lastRun, ...change }), start: () => ({ count: ++count }) as unknown as Job };
  lookWhetherToLearn({ db: store.db, clock: { nowMs: () => nowMs }, log: silentLog, adapt, jobs: { isBusy: () => isImporting } });
  return count;
}

test.each<[string, Partial<AdaptStatus>, When, number]>([
  ['it was asked for and never done', {}, {}, 1],
  ['nobody asked for it', { isWeekly: false }, {}, 0],
  ['it is under way', { isRunning: true }, {}, 0],
  ['there is too little to learn from', { missingCount: 1 }, {}, 0],
  ['little is new', { newPairCount: 99 }, {}, 0],
  ['it was done six days ago', {}, { lastRunDaysAgo: 6 }, 0],
  ['it was done eight days ago', {}, { lastRunDaysAgo: 8 }, 1],
  ['somebody wrote a moment ago', {}, { afterMs: 60_000 }, 0],
  ['an import is under way', {}, { isImporting: true }, 0],
])('when %s', (_, status, when, count) => {
  expect(startsOf(status, when)).toBe(count);
});
