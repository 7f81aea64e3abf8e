import { runAtOnce, type Slices } from '../search/slices.ts';
import { createSeededNumbers } from './seeded-numbers.ts';

export const RESAMPLE_COUNT = 1000;
const SEED = 20_260_101;

/** Half of what a 95 % interval leaves out on each side. */
const TAIL = 0.025;

/**
 * A figure of items that each count so many times, or null when it cannot be told. Counts of one give the figure itself, counts of a
 * draw with replacement give it for that resample; what can be sorted once is sorted before.
 */
export type Statistic = (counts: Uint32Array) => number | null;

export function meanOf(values: ArrayLike<number>): Statistic {
  return (counts) => {
    let [sum, total] = [0, 0];
    for (let item = 0; item < counts.length; item++) {
      const count = counts[item] as number;
      sum += count * (values[item] as number);
      total += count;
    }
    return total === 0 ? null : sum / total;
  };
}

/** A figure, and the same figure of each resample; NaN where a resample could not tell it. */
export type Resampled = { value: number | null; samples: Float64Array };
/** The middle 95 % of the resamples. */
export type Interval = readonly [low: number, high: number];

/**
 * The bootstrap over items (Efron 1979): as many items are drawn with replacement as there are, and every figure is worked out again.
 * All figures of one call see the same draws, so that the samples of two of them may be subtracted. Seeded: the same every time.
 */
export function resample<Name extends string>(itemCount: number, statistics: Readonly<Record<Name, Statistic>>, resampleCount: number = RESAMPLE_COUNT): Record<Name, Resampled> {
  return runAtOnce(resampleSlices(itemCount, statistics, resampleCount));
}

/** As `resample`, a resample at a time. */
export function* resampleSlices<Name extends string>(itemCount: number, statistics: Readonly<Record<Name, Statistic>>, resampleCount: number = RESAMPLE_COUNT): Slices<Record<Name, Resampled>> {
  const ones = new Uint32Array(itemCount).fill(1);
  const counts = new Uint32Array(itemCount);
  const numbers = createSeededNumbers(SEED);
  const figures = Object.entries<Statistic>(statistics).map(([name, statistic]) => ({ name, statistic, value: statistic(ones), samples: new Float64Array(resampleCount) }));
  for (let round = 0; round < resampleCount; round++) {
    counts.fill(0);
    for (let draw = 0; draw < itemCount; draw++) {
      const item = numbers.below(itemCount);
      counts[item] = (counts[item] as number) + 1;
    }
    for (const { statistic, samples } of figures) samples[round] = statistic(counts) ?? Number.NaN;
    yield;
  }
  return Object.fromEntries(figures.map(({ name, value, samples }) => [name, { value, samples }])) as Record<Name, Resampled>;
}

/** By percentiles, between two samples linearly; null when no resample could tell the figure. */
export function intervalOf(samples: Float64Array): Interval | null {
  const sorted = samples.filter((sample) => !Number.isNaN(sample)).sort();
  return sorted.length === 0 ? null : [percentile(sorted, TAIL), percentile(sorted, 1 - TAIL)];
}

function percentile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] as number;
  return low + ((sorted[Math.ceil(place)] as number) - low) * (place % 1);
}

/** How far one figure is ahead of another of the same draws. */
export function leadOf(ahead: Resampled, behind: Resampled): Resampled {
  return {
    value: ahead.value === null || behind.value === null ? null : ahead.value - behind.value,
    samples: ahead.samples.map((sample, round) => sample - (behind.samples[round] as number)),
  };
}

/** Figures are printed with six decimals. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
