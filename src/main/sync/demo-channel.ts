import { z } from 'zod';
import type { Channel } from '../../shared/contract/app.contract.ts';
import type { startDemoSchema } from '../../shared/contract/demo-customers.contract.ts';
import type { StoredChannel } from '../conversations/channel.repository.ts';
import type { DemoPlan } from './demo-schedule.ts';
import { endedCountOf } from './demo.connector.ts';

export type StartDemo = z.infer<typeof startDemoSchema>;

const planSchema = z.object({
  run: z.string(), pace: z.enum(['slow', 'normal', 'busy']), customerCount: z.int(), language: z.enum(['all', 'zh', 'en']), startedAt: z.number(),
});

/** `run` is a new id: it seeds who comes when, and keeps two runs apart. */
export function startDemoSettings({ pace, customerCount, language }: StartDemo, run: string, startedAt: number): DemoPlan {
  return { run, pace, customerCount, language, startedAt };
}

export function demoPlanOf(settings: StoredChannel['settings']): DemoPlan {
  return planSchema.parse(settings);
}

/** What the page shows of a run. */
export function demoProgress({ settings, cursor }: StoredChannel): NonNullable<Channel['demo']> {
  const { pace, customerCount } = demoPlanOf(settings);
  return { pace, customerCount, endedCount: endedCountOf(cursor) };
}
