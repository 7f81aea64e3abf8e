import type { CustomerCorpus, PracticeLanguage, Scenario } from '../practice/practice.types.ts';
import { hashText, seededOrder, seededRatio } from '../practice/seeded.ts';

export type DemoPace = 'slow' | 'normal' | 'busy';
export type DemoLanguage = PracticeLanguage | 'all';
/** What a run of live customers is made of; kept in the channel's settings, so that a restart goes on in the same run. */
export type DemoPlan = { run: string; pace: DemoPace; customerCount: number; language: DemoLanguage; startedAt: number };
/** One customer of a run: when they come, in ms of running time, and who they are. */
export type Arrival = { index: number; offsetMs: number; seed: number; scenarioId: string };

/** Mean time between two new customers. */
const GAP_MS: Record<DemoPace, number> = { slow: 150_000, normal: 50_000, busy: 12_000 };
/** Nobody wants to stare at an empty queue. */
const FIRST_MS = 1500;
const LONGEST_GAP_FACTOR = 4;

/** Who comes when: exponential gaps, every scenario once before any comes again, by the run alone. */
export function arrivalsOf(plan: DemoPlan, corpus: CustomerCorpus): Arrival[] {
  const runSeed = hashText(plan.run);
  const scenarios = corpus.scenarios.filter(({ language }) => plan.language === 'all' || language === plan.language);
  if (scenarios.length === 0) return [];
  let offsetMs = FIRST_MS;
  let round: Scenario[] = [];
  return Array.from({ length: plan.customerCount }, (_, index) => {
    const place = index % scenarios.length;
    if (place === 0) round = seededOrder(scenarios, runSeed + index);
    if (index > 0) offsetMs += gapMs(plan.pace, seededRatio(runSeed, `gap ${index}`));
    return { index, offsetMs: Math.round(offsetMs), seed: hashText(`${plan.run}:${index}`), scenarioId: round[place]?.id ?? '' };
  });
}

/** Exponential with the mean of the pace, from a ratio in [0, 1); cut, so that no gap looks like a standstill. */
function gapMs(pace: DemoPace, ratio: number): number {
  return Math.min(-Math.log(1 - ratio), LONGEST_GAP_FACTOR) * GAP_MS[pace];
}

const TYPING_MS: Record<PracticeLanguage, number> = { zh: 170, en: 60 };
const STYLE_FACTOR: Record<Scenario['persona']['style'], number> = { plain: 1, chatty: 0.9, hurried: 0.7, terse: 1.1 };
const SHORTEST_TYPING_MS = 1100;
const LONGEST_TYPING_MS = 14_000;
const READING_MS: Record<PracticeLanguage, number> = { zh: 45, en: 18 };

/** How long this customer types at a message. */
export function typingMs({ language, persona }: Scenario, text: string, seed: number): number {
  const pace = 0.8 + 0.4 * seededRatio(seed, `type ${text}`);
  return Math.round(Math.min(Math.max(text.length * TYPING_MS[language] * STYLE_FACTOR[persona.style] * pace, SHORTEST_TYPING_MS), LONGEST_TYPING_MS));
}

/** How long this customer reads before they react; another reply within this time is read together with the first. */
export function readingMs({ language }: Scenario, text: string): number {
  return Math.round(Math.min(1500 + text.length * READING_MS[language], 6000));
}

/** How long this customer waits for an answer; longer every time they asked, and much longer once they were told a time. */
export function patienceMs({ persona }: Scenario, waitCount: number, isWaiting: boolean): number {
  const growth = [1, 1.5, 2.5, 4][Math.min(waitCount, 3)] ?? 4;
  return persona.patienceSeconds * 1000 * growth * (isWaiting ? 8 : 1);
}
