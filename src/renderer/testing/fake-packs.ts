import { ORPCError } from '@orpc/server';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { DemoStatus } from '../../shared/contract/demo.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import { jobIdSchema } from '../../shared/contract/ids.contract.ts';
import type { Pack, PackProblem } from '../../shared/contract/pack.contract.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW } from './sample-shop.ts';

/** What the fake knows of packs: installing and removing end at once, their jobs are told like real ones. */
export type FakePacks = { packs: Pack[]; demo: DemoStatus; problems: (path: string) => PackProblem[] };

export function createFakePacks(change: Partial<FakePacks> = {}): FakePacks {
  const counts = { articles: 0, macros: 64, intents: 16, rules: 20, media: 0 };
  return {
    packs: [{ name: 'core-service', version: '1.0.0', title: { zh: '通用服务', en: 'Core service' }, languages: ['zh', 'en'], licence: 'MIT', requires: [], state: 'installed', counts, installedAt: SAMPLE_NOW, updatedAt: SAMPLE_NOW }],
    demo: { state: 'none', installedAt: null, jobId: null, canInstall: true },
    problems: () => [],
    ...change,
  };
}

const NO_COUNTS = { articles: 0, macros: 0, intents: 0, rules: 0, media: 0 };

export function fakePackHandlers(os: FakeOs, shelf: FakePacks, emit: (event: AppEvent) => void) {
  let jobCount = 0;
  const done = (title: string, change: () => void): Job => {
    change();
    const id = jobIdSchema.parse(sampleId('P', ++jobCount));
    const job: Job = { id, kind: 'import', title, state: 'done', doneRatio: 1, doneCount: 1, perSecond: 0, error: null, report: null, startedAt: SAMPLE_NOW, endedAt: SAMPLE_NOW };
    emit({ type: 'job.changed', job });
    return job;
  };
  const setState = (name: string, state: Pack['state']): void => {
    shelf.packs = shelf.packs.map((pack) => (pack.name === name ? { ...pack, state, counts: state === 'available' ? NO_COUNTS : pack.counts } : pack));
  };
  return {
    pack: {
      list: os.pack.list.handler(() => shelf.packs),
      check: os.pack.check.handler(({ input }) => ({ problems: 'path' in input ? shelf.problems(input.path) : [] })),
      install: os.pack.install.handler(({ input }) => done('name' in input ? input.name : input.path, () => 'name' in input && setState(input.name, 'installed'))),
      remove: os.pack.remove.handler(({ input }) => done(input.name, () => setState(input.name, 'available'))),
    },
    demo: {
      status: os.demo.status.handler(() => shelf.demo),
      install: os.demo.install.handler(() => {
        if (!shelf.demo.canInstall) throw new ORPCError('conflict', { message: 'This store holds customers of the shop.' });
        return done('demo-shop', () => void (shelf.demo = { ...shelf.demo, state: 'installed', installedAt: SAMPLE_NOW }));
      }),
      remove: os.demo.remove.handler(() => done('demo-shop', () => void (shelf.demo = { ...shelf.demo, state: 'none', installedAt: null }))),
    },
  };
}
