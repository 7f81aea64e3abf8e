import { measureArms, type Leads, type Measured } from './arms.ts';
import { partOfPool, type EvalWork, type Pool } from './eval-work.ts';
import { fitLinearProbe, probabilities, type LinearProbe } from './linear-probe.ts';
import { intentPlaces, recogniseNearest, type IntentPlaces, type LabelledText, type Recognised, type WordArm } from './nearest-intents.ts';
import { rankOf } from './ranking.ts';
import { meanOf, rounded } from '../../tuning/bootstrap.ts';
import { createSeededNumbers, drawSome } from '../../tuning/seeded-numbers.ts';

type ShotArm = WordArm | 'probe';
const ARMS: readonly ShotArm[] = ['probe', 'vector', 'bm25', 'tfidf'];
/** `spread` is the standard deviation of each arm's `top1` over the draws of examples. */
export type ShotFigures = { examples: number; draws: number; spread: Record<ShotArm, number> } & Record<ShotArm, Measured<'top1'>> & { leads: Leads<'top1'> };

const SHOT_COUNTS = [5, 10];
const SEEDS = [1, 2, 3, 4, 5];

/** A linear probe over the vectors of all examples, and what it makes of each text. */
export async function fitIntentProbe(pool: Pool, { names, placeOf }: IntentPlaces, work: EvalWork): Promise<LinearProbe> {
  return fitLinearProbe({ rows: pool.vectors, classes: placeOf, classCount: names.length }, () => work.breathe());
}

export function recogniseByProbe(probe: LinearProbe, pool: Pool, { places }: IntentPlaces, { text, intent }: { text: string; intent: string | null }): Recognised {
  const right = intent === null ? undefined : places.get(intent);
  const chances = probabilities(probe, pool.vectorOf(text));
  return { rank: rankOf(chances, (place) => place === right), certainty: Math.max(...chances) };
}

/** `top1` with a few drawn examples for each intent, the mean over five draws; no entry for a count that no intent has more examples than. */
export async function shotFigures(texts: readonly LabelledText[], examples: readonly LabelledText[], pool: Pool, work: EvalWork): Promise<Record<string, ShotFigures>> {
  const groups = [...Map.groupBy(examples.keys(), (place) => examples[place]?.intent).values()];
  const figures: Record<string, ShotFigures> = {};
  for (const shotCount of SHOT_COUNTS) {
    if (groups.every((places) => places.length <= shotCount)) continue;
    figures[String(shotCount)] = await measureShots(texts, (seed) => drawShots(groups, shotCount, seed), { examples, pool, work });
  }
  return figures;
}

/** Places of the drawn examples. */
function drawShots(groups: readonly (readonly number[])[], shotCount: number, seed: number): number[] {
  const numbers = createSeededNumbers(seed);
  return groups.flatMap((places) => drawSome(numbers, places.length, shotCount).map((at) => places[at] ?? 0));
}

type Hits = Record<ShotArm, Float64Array>;
type Shots = { examples: readonly LabelledText[]; pool: Pool; work: EvalWork };

async function measureShots(texts: readonly LabelledText[], draw: (seed: number) => number[], shots: Shots): Promise<ShotFigures> {
  const runs: Hits[] = [];
  let exampleCount = 0;
  for (const seed of SEEDS) {
    const places = draw(seed);
    exampleCount = places.length;
    runs.push(await hitsOf(texts, places, shots));
  }
  const statisticOf = (arm: ShotArm) => ({ top1: meanOf(meanHits(runs, arm)) });
  const statistics = { probe: statisticOf('probe'), vector: statisticOf('vector'), bm25: statisticOf('bm25'), tfidf: statisticOf('tfidf') };
  const { arms, leads } = measureArms<ShotArm, 'top1'>(texts.length, statistics, [['probe', 'vector'], ['probe', 'tfidf']]);
  const spread = Object.fromEntries(ARMS.map((arm) => [arm, rounded(deviation(runs.map((run) => meanHit(run[arm]))))])) as Record<ShotArm, number>;
  return { examples: exampleCount, draws: SEEDS.length, spread, ...arms, leads };
}

async function hitsOf(texts: readonly LabelledText[], places: readonly number[], { examples, pool, work }: Shots): Promise<Hits> {
  const drawn = places.flatMap((place) => examples[place] ?? []);
  const part = partOfPool(pool, places, drawn.map(({ text }) => text));
  const intents = intentPlaces(drawn);
  const probe = await fitIntentProbe(part, intents, work);
  const hits: Hits = { probe: new Float64Array(texts.length), vector: new Float64Array(texts.length), bm25: new Float64Array(texts.length), tfidf: new Float64Array(texts.length) };
  for (const [item, text] of texts.entries()) {
    await work.breathe();
    const recognised = { ...recogniseNearest(part, intents, text), probe: recogniseByProbe(probe, part, intents, text) };
    for (const arm of ARMS) hits[arm][item] = recognised[arm].rank <= 1 ? 1 : 0;
  }
  return hits;
}

function meanHits(runs: readonly Hits[], arm: ShotArm): Float64Array {
  const first = runs[0]?.[arm] ?? new Float64Array();
  return first.map((_, item) => runs.reduce((sum, run) => sum + (run[arm][item] ?? 0), 0) / runs.length);
}

function meanHit(hits: Float64Array): number {
  return hits.reduce((sum, hit) => sum + hit, 0) / hits.length;
}

/** Of a sample. */
function deviation(values: readonly number[]): number {
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}
