import { meanOf, reciprocalRanks, sureGain, type Slice } from './adapt-measure.ts';
import { createAdaptTrainer, floatTable, quantiseTable, type Random, type TokenPair } from './adapt-trainer.ts';
import type { StaticModel } from './static-model.ts';
import type { StaticTable } from './static-graph.ts';

/** Two texts that belong together; of general pairs, those of one group are about the same matter. */
export type TextPair = { left: string; right: string };
export type GeneralPair = TextPair & { kind: string; group: string; isHeld: boolean };

/** `own` and `near` are trained on: answered turns, and turns that merely follow one another. `held` are later answered turns that decide. */
export type AdaptInput = { own: readonly TextPair[]; near: readonly TextPair[]; held: readonly TextPair[]; general: readonly GeneralPair[]; steps: number; seed: number; /** Fewer steps are made where so many would take longer. */ cpuBudgetMs?: number };

export const ADAPT_SLICES = ['own', 'en', 'zh-en'] as const;
export type AdaptSlice = (typeof ADAPT_SLICES)[number];
/** Mean reciprocal ranks, 0–1. */
export type AdaptFigures = Record<AdaptSlice, { before: number; after: number; queryCount: number }>;

/** `better`: the table may be used. Otherwise it is thrown away, and this says why. */
export type AdaptVerdict = 'better' | 'not_better' | 'lost_general' | 'too_few_held';
export type AdaptOutcome = { verdict: AdaptVerdict; figures: AdaptFigures; /** Share of the way from the base to what was trained, 0–1. */ share: number; table: StaticTable | null };

/** Fewer than this teach nothing that a held-out slice shows (measured: `models/training/adapt.mjs`). */
export const MIN_OWN_PAIRS = 500;
export const MIN_HELD_PAIRS = 200;
export const ADAPT_STEPS = 700;

const BATCH = 256;
const GENERAL_SHARE = 0.3;
/** Of the steps on the shop's own texts. */
const NEAR_SHARE = 0.6;
const LEARNING_RATE = 4e-3;
const WARM_UP_STEPS = 20;
/** After so many steps it is known what one costs here. */
const PROBE_STEPS = 40;
const TRAINER = { temperature: 0.07, wordDropout: 0.25, anchor: 0.003 };
/** Longer texts teach by their beginning. */
const MAX_TOKENS = 96;
const MIN_GAIN = 0.01;
const MAX_LOSS = 0.02;
/** Averages of the base and what was trained keep more of the rest for little of the gain (Wortsman et al. 2022, arXiv:2109.01903). */
const SHARES = [1, 0.8, 0.6, 0.4];
const NEARLY = 0.9;

/** Numbers in [0, 1) that depend on the seed alone (mulberry32, of the public domain). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Trains a copy of the model's table on the shop's own pairs, mixed with general ones, and lets held-out slices decide. The same input gives the same table.
 * `afterStep` runs after every step (some 50 ms of CPU), so that the thread can do other things; what it throws ends the training.
 */
export async function adaptTable(model: StaticModel, input: AdaptInput, afterStep: (doneSteps: number) => Promise<void>): Promise<AdaptOutcome> {
  const random = seededRandom(input.seed);
  const slices = slicesOf(model, input);
  const before = ranksOf(model.table, slices);
  if (slices.own.queries.length < MIN_HELD_PAIRS) return { verdict: 'too_few_held', figures: figuresOf(before, before), share: 0, table: null };
  const base = floatTable(model.table);
  const trained = await train(model, base, input, random, afterStep);
  const tried = SHARES.map((share) => {
    const table = quantiseTable(blend(base, trained, share), model.table.dims);
    const after = ranksOf(table, slices);
    return { share, table, after, figures: figuresOf(before, after), isKind: hasKeptGeneral(before, after) };
  });
  const best = leastOfBest(tried);
  const verdict = verdictOf(before, best.after, best.isKind, random);
  return { verdict, figures: best.figures, share: best.share, table: verdict === 'better' ? best.table : null };
}

type Tried = { share: number; table: StaticTable; after: Ranks; figures: AdaptFigures; isKind: boolean };

/** Of those that keep the rest, the one nearest to the base that still gives nearly all that the shop can gain. */
function leastOfBest(tried: readonly Tried[]): Tried {
  const kind = tried.filter(({ isKind }) => isKind);
  const open = kind.length > 0 ? kind : tried;
  const best = open.reduce((most, one) => (one.figures.own.after > most.figures.own.after ? one : most));
  const { before, after } = best.figures.own;
  const enough = Math.max(before + NEARLY * (after - before), before + MIN_GAIN);
  return open.filter(({ figures }) => figures.own.after >= enough).reduce((least, one) => (one.share < least.share ? one : least), best);
}

async function train(model: StaticModel, base: Float32Array, input: AdaptInput, random: Random, afterStep: (doneSteps: number) => Promise<void>): Promise<Float32Array> {
  const sources = {
    own: input.own.map(({ left, right }) => tokenPair(model, left, right)),
    near: input.near.map(({ left, right }) => tokenPair(model, left, right)),
    general: input.general.filter(({ isHeld }) => !isHeld).map(({ left, right, group }) => tokenPair(model, left, right, group)),
  };
  const trainer = createAdaptTrainer(base, model.table.dims, TRAINER);
  const startedAt = process.cpuUsage();
  let steps = input.steps;
  for (let step = 0; step < steps; step++) {
    if (step === PROBE_STEPS && input.cpuBudgetMs !== undefined) steps = Math.min(steps, affordableSteps(process.cpuUsage(startedAt), input.cpuBudgetMs));
    const source = random() < GENERAL_SHARE && sources.general.length > 0 ? sources.general : random() < NEAR_SHARE && sources.near.length > 0 ? sources.near : sources.own;
    const batch = Array.from({ length: Math.min(BATCH, source.length) }, () => source[Math.floor(random() * source.length)] as TokenPair);
    const rate = LEARNING_RATE * Math.min(1, (step + 1) / WARM_UP_STEPS) * Math.max(0.02, 1 - step / steps);
    trainer.step(batch, rate, random);
    await afterStep(step + 1);
  }
  return trainer.table;
}

function affordableSteps({ user, system }: NodeJS.CpuUsage, budgetMs: number): number {
  return Math.max(PROBE_STEPS, Math.floor((budgetMs * PROBE_STEPS * 1000) / (user + system)));
}

/** Texts of one matter never stand against each other: the group is the key of both; without one, the texts are. */
function tokenPair(model: StaticModel, left: string, right: string, group?: string): TokenPair {
  const cut = (text: string) => model.tokens(text).slice(0, MAX_TOKENS);
  return { left: cut(left), right: cut(right), leftKey: group ?? left, rightKey: group ?? right };
}

function slicesOf(model: StaticModel, { held, general }: AdaptInput): Record<AdaptSlice, Slice> {
  const sliceOf = (pairs: readonly (TextPair & { group: string })[]): Slice => ({
    queries: pairs.map(({ left, group }) => ({ text: left, ids: model.tokens(left), group })),
    pool: pairs.map(({ right, group }) => ({ text: right, ids: model.tokens(right), group })),
  });
  const shown = general.filter(({ isHeld }) => isHeld);
  const english = shown.filter(({ kind }) => kind === 'en-en');
  // a translation is right alone: another text about the same matter is not it
  const translated = shown.filter(({ kind }) => kind !== 'en-en').map((pair) => ({ ...pair, group: pair.right }));
  // the same answer given twice is one answer
  return { own: sliceOf(held.map((pair) => ({ ...pair, group: pair.right }))), en: sliceOf(english), 'zh-en': sliceOf(translated) };
}

type Ranks = Record<AdaptSlice, Float64Array>;

function ranksOf(table: StaticTable, slices: Record<AdaptSlice, Slice>): Ranks {
  return { own: reciprocalRanks(table, slices.own), en: reciprocalRanks(table, slices.en), 'zh-en': reciprocalRanks(table, slices['zh-en']) };
}

function figuresOf(before: Ranks, after: Ranks): AdaptFigures {
  const of = (slice: AdaptSlice) => ({ before: meanOf(before[slice]), after: meanOf(after[slice]), queryCount: before[slice].length });
  return { own: of('own'), en: of('en'), 'zh-en': of('zh-en') };
}

function hasKeptGeneral(before: Ranks, after: Ranks): boolean {
  return (['en', 'zh-en'] as const).every((slice) => meanOf(after[slice]) >= meanOf(before[slice]) - MAX_LOSS);
}

function verdictOf(before: Ranks, after: Ranks, isKind: boolean, random: Random): AdaptVerdict {
  if (!isKind) return 'lost_general';
  const isBetter = meanOf(after.own) - meanOf(before.own) >= MIN_GAIN && sureGain(before.own, after.own, random) > 0;
  return isBetter ? 'better' : 'not_better';
}

function blend(base: Float32Array, trained: Float32Array, share: number): Float32Array {
  const mixed = new Float32Array(base.length);
  for (let at = 0; at < mixed.length; at++) mixed[at] = (1 - share) * (base[at] as number) + share * (trained[at] as number);
  return mixed;
}
