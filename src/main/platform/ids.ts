import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.ts';

/** Makes ULIDs: 26 characters, sortable by creation time, monotonic within one maker. */
export type IdMaker = () => string;

export function createIdMaker(clock: Clock): IdMaker {
  const next = monotonicFactory();
  return () => next(clock.nowMs());
}
