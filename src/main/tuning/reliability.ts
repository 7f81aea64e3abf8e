import { fitLogistic, sigmoid, type LabelledFeatures } from '../assist/logistic.ts';
import { fitOf } from '../assist/rank.ts';
import { SHIPPED_CALIBRATION, type ShopCalibration } from '../search/search-tuning.ts';
import { rounded } from './bootstrap.ts';
import type { ShownRow } from './replay.ts';
import { createSeededNumbers, drawSome } from './seeded-numbers.ts';

/** So many shown rows, and so many right ones among them, for a calibration. */
export const MIN_SHOWN = 100;
export const MIN_RIGHT = 20;
/** Two numbers are told by these as well as by all, and fitting them takes a slice of time. */
const MOST_SHOWN = 2000;
const DRAW_SEED = 1;
/** Draws slope and offset towards what is shipped, so that a hundred outcomes do not overturn it. */
const RIDGE = 5;
const BINS = 10;

/** What a suggestion is shown as; `hidden`: it looked too unlikely to be offered. */
export const SHOWN_AS = ['strong', 'likely', 'loose', 'hidden'] as const;
/** Of the suggestions that would have been shown as this: how many, the mean probability they were given, and the share that was right; null without any. */
export type ShownAs = { as: (typeof SHOWN_AS)[number]; count: number; said: number | null; right: number | null };
/** `brier`: mean squared error of the probabilities. `calibrationError`: how far ten equally wide bins of them are from what came true, on average. Null without a row. */
export type Reliability = { brier: number | null; calibrationError: number | null; shownAs: ShownAs[] };

/** Slope and offset by which the log-odds agree with what came true (Platt 1999); null when there is too little to tell, or more likeness made less right. */
export function fitCalibration(shown: readonly ShownRow[]): ShopCalibration | null {
  if (shown.length < MIN_SHOWN || shown.filter(({ isRight }) => isRight).length < MIN_RIGHT) return null;
  const drawn = drawSome(createSeededNumbers(DRAW_SEED), shown.length, MOST_SHOWN).flatMap((place) => shown[place] ?? []);
  const examples: LabelledFeatures[] = drawn.map(({ logit, isRight }) => ({ features: [1, logit], isRight }));
  const { offset, slope } = SHIPPED_CALIBRATION;
  const [bentOffset = offset, bentSlope = slope] = fitLogistic(examples, { ridge: RIDGE, prior: [offset, slope], floor: [1] });
  return bentSlope > 0 ? { slope: rounded(bentSlope), offset: rounded(bentOffset) } : null;
}

/** How far the probabilities can be believed. Below `threshold` (0–1) nothing is offered. */
export function reliabilityOf(shown: readonly ShownRow[], { slope, offset }: ShopCalibration, threshold: number): Reliability {
  const said = shown.map(({ logit, isRight }) => ({ p: sigmoid(slope * logit + offset), right: Number(isRight) }));
  const bins = [...Map.groupBy(said, ({ p }) => Math.min(BINS - 1, Math.floor(BINS * p))).values()];
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.reduce((total, { p, right }) => total + p - right, 0)), 0);
  const groups = Map.groupBy(said, ({ p }) => (p < threshold ? 'hidden' : fitOf(p)));
  return {
    brier: meanOrNull(said.map(({ p, right }) => (p - right) ** 2)),
    calibrationError: said.length === 0 ? null : rounded(off / said.length),
    shownAs: SHOWN_AS.map((as) => {
      const rows = groups.get(as) ?? [];
      return { as, count: rows.length, said: meanOrNull(rows.map(({ p }) => p)), right: meanOrNull(rows.map(({ right }) => right)) };
    }),
  };
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : rounded(values.reduce((sum, value) => sum + value, 0) / values.length);
}
