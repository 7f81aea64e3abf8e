import { intervalOf, leadOf, resample, rounded, type Interval, type Resampled, type Statistic } from '../../tuning/bootstrap.ts';

/** Figures of one way of searching, each with its 95 % interval under the same name; null where it cannot be told. */
export type Measured<Metric extends string> = Record<Metric, number | null> & { intervals: Record<Metric, Interval | null> };
export type ArmStatistics<Arm extends string, Metric extends string> = Readonly<Record<Arm, Readonly<Record<Metric, Statistic>>>>;
/** How far one arm is ahead of another on the same items; an interval that leaves out 0 says that it is no accident of the items. */
export type Leads<Metric extends string> = Record<string, Measured<Metric>>;

/** Every figure of every arm over the same items and the same resamples; `leads` names pairs of arms, the one expected ahead first. */
export function measureArms<Arm extends string, Metric extends string>(itemCount: number, arms: ArmStatistics<Arm, Metric>, leads: readonly (readonly [Arm, Arm])[] = []): { arms: Record<Arm, Measured<Metric>>; leads: Leads<Metric> } {
  const names = Object.keys(arms) as Arm[];
  const named = names.flatMap((arm) => Object.entries<Statistic>(arms[arm]).map(([metric, statistic]): [string, Statistic] => [`${arm} ${metric}`, statistic]));
  const figures: Record<string, Resampled | undefined> = resample(itemCount, Object.fromEntries(named));
  const ofArm = (arm: Arm) => Object.keys(arms[arm]).flatMap((metric) => {
    const figure = figures[`${arm} ${metric}`];
    return figure === undefined ? [] : [[metric as Metric, figure] as const];
  });
  const ofLead = (ahead: Arm, behind: Arm) => ofArm(ahead).flatMap(([metric, figure]) => {
    const other = figures[`${behind} ${metric}`];
    return other === undefined ? [] : [[metric, leadOf(figure, other)] as const];
  });
  return {
    arms: Object.fromEntries(names.map((arm) => [arm, measured(ofArm(arm))])) as Record<Arm, Measured<Metric>>,
    leads: Object.fromEntries(leads.map(([ahead, behind]) => [`${ahead}-${behind}`, measured(ofLead(ahead, behind))])),
  };
}

function measured<Metric extends string>(figures: readonly (readonly [Metric, Resampled])[]): Measured<Metric> {
  const values = Object.fromEntries(figures.map(([metric, { value }]) => [metric, value === null ? null : rounded(value)]));
  const intervals = Object.fromEntries(figures.map(([metric, { samples }]) => [metric, roundedInterval(samples)]));
  return { ...values, intervals } as Measured<Metric>;
}

function roundedInterval(samples: Float64Array): Interval | null {
  const interval = intervalOf(samples);
  return interval === null ? null : [rounded(interval[0]), rounded(interval[1])];
}
