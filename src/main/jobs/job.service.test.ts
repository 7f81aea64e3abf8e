import { describe, expect, test } from 'vitest';
import type { ImportReport, Job } from '../../shared/contract/job.contract.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { DeskmateError } from '../platform/errors.ts';
import { createJobService, type JobProgress, type JobWork } from './job.service.ts';

const report: ImportReport = { added: 2, updated: 0, unchanged: 1, rejected: [], rejectedCount: 0 };

function openJobs(store = openTestStore()) {
  const clock = { now: 1_000_000, nowMs: () => clock.now };
  const told: Job[] = [];
  const jobs = createJobService({ db: store.db, onChange: (job) => told.push(job), clock, newId: store.ctx.newId });
  return { store, clock, told, jobs };
}

/** Work that the test moves along by hand. */
function createWork() {
  const started = Promise.withResolvers<{ progress: JobProgress; signal: AbortSignal }>();
  const end = Promise.withResolvers<ImportReport | null>();
  const work: JobWork = (progress, signal) => {
    started.resolve({ progress, signal });
    return end.promise;
  };
  return { work, started: started.promise, finish: end.resolve, fail: end.reject };
}

describe('job service', () => {
  test('tells start, progress at most five times a second, and the end', async () => {
    const { jobs, clock, told } = openJobs();
    const { work, started, finish } = createWork();
    const { id, ...fresh } = jobs.run('import', 'orders.csv', work);
    expect(fresh).toEqual({ kind: 'import', title: 'orders.csv', state: 'running', doneRatio: null, doneCount: 0, perSecond: 0, error: null, report: null, startedAt: 1_000_000, endedAt: null });
    const { progress } = await started;
    progress.total(1000);
    for (let index = 0; index < 10; index += 1) {
      clock.now += 100;
      progress.advance(50);
    }
    expect(told.map(({ doneCount, doneRatio, perSecond }) => [doneCount, doneRatio, perSecond])).toEqual([[0, null, 0], [100, 0.1, 500], [200, 0.2, 500], [300, 0.3, 500], [400, 0.4, 500], [500, 0.5, 500]]);
    clock.now += 1000;
    finish(report);
    const ended = await jobs.settled(id);
    expect(ended).toEqual({ ...fresh, id, state: 'done', doneRatio: 1, doneCount: 500, perSecond: 250, report, endedAt: 1_002_000 });
    expect(jobs.list()).toEqual([ended]);
    expect(told.at(-1)).toEqual(ended);
  });

  test('one job of a kind at a time, other kinds beside it', async () => {
    const { jobs } = openJobs();
    const [first, second, other] = [createWork(), createWork(), createWork()];
    const order: string[] = [];
    for (const [name, kind, { started, work }] of [['first', 'import', first], ['second', 'import', second], ['other', 'embed', other]] as const) {
      jobs.run(kind, name, work);
      void started.then(() => order.push(name));
    }
    await other.started;
    expect(order.sort()).toEqual(['first', 'other']);
    expect([jobs.isBusy('import'), jobs.isBusy('embed'), jobs.isBusy('backup')]).toEqual([true, true, false]);
    first.fail(new Error('broken'));
    await second.started;
    expect(jobs.list().find(({ title }) => title === 'first')).toMatchObject({ state: 'failed', error: 'broken' });
    second.finish(null);
    other.finish(null);
    await jobs.stop();
  });

  test('cancelling stops the work; a queued job never starts', async () => {
    const { jobs } = openJobs();
    const [running, queued] = [createWork(), createWork()];
    const { id } = jobs.run('import', 'a', running.work);
    const { id: queuedId } = jobs.run('import', 'b', queued.work);
    const { signal } = await running.started;
    expect([jobs.cancel(queuedId).state, jobs.cancel(id).state, signal.aborted]).toEqual(['running', 'running', true]);
    running.fail(new DeskmateError('cancelled', 'stopped'));
    expect(await jobs.settled(id)).toMatchObject({ state: 'cancelled', error: null });
    expect(await jobs.settled(queuedId)).toMatchObject({ state: 'cancelled', doneCount: 0 });
    expect(jobs.cancel(id)).toMatchObject({ state: 'cancelled' });
    expect(() => jobs.cancel('nope' as typeof id)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('what the last process left running is interrupted', async () => {
    const before = openJobs();
    const { id } = before.jobs.run('import', 'a', createWork().work);
    const after = openJobs(before.store);
    expect(after.jobs.markInterrupted()).toBe(1);
    expect(await after.jobs.settled(id)).toMatchObject({ state: 'interrupted', endedAt: 1_000_000 });
    expect(after.jobs.markInterrupted()).toBe(0);
  });
});
