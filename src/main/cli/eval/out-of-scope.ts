import { measureArms, type ArmStatistics, type Measured } from './arms.ts';
import { areaUnderCurveOf, bestF1Threshold, f1Of } from './statistics.ts';

/** `auroc` of telling texts without an intent from the others, and F1 of finding them by a threshold that other texts chose. */
type ScopeMetric = 'auroc' | 'f1';
export type ScopeFigures<Arm extends string> = { texts: number; outOfScope: number } & Partial<Record<Arm, Measured<ScopeMetric>>>;

/**
 * How well each arm knows a text that fits no intent: the less certain of its best intent, the likelier. The texts of either kind are
 * dealt out in turn to two halves; the threshold best for F1 on one half decides for the other, and both decisions are counted together.
 * Intervals take the thresholds as given.
 */
export function scopeFigures<Arm extends string>(certainties: readonly (readonly [Arm, readonly number[]])[], isOut: readonly boolean[]): ScopeFigures<Arm> {
  const half = halvesOf(isOut);
  const statistics = certainties.map(([arm, certainty]) => {
    const doubt = certainty.map((value) => -value);
    return [arm, { auroc: areaUnderCurveOf(doubt, isOut), f1: f1Of(decisions(doubt, isOut, half), isOut) }] as const;
  });
  const { arms } = measureArms<Arm, ScopeMetric>(isOut.length, Object.fromEntries(statistics) as ArmStatistics<Arm, ScopeMetric>);
  return { texts: isOut.length, outOfScope: isOut.filter(Boolean).length, ...arms };
}

function halvesOf(isOut: readonly boolean[]): number[] {
  const dealt = { in: 0, out: 0 };
  return isOut.map((out) => (out ? dealt.out++ : dealt.in++) % 2);
}

function decisions(doubt: readonly number[], isOut: readonly boolean[], half: readonly number[]): boolean[] {
  const of = (wanted: number) => doubt.flatMap((_, item) => (half[item] === wanted ? [item] : []));
  const fitted = [0, 1].map((wanted) => {
    const items = of(wanted);
    return bestF1Threshold(items.map((item) => doubt[item] ?? 0), items.map((item) => isOut[item] === true));
  });
  return doubt.map((value, item) => value >= (fitted[half[item] === 0 ? 1 : 0] ?? Number.POSITIVE_INFINITY));
}
