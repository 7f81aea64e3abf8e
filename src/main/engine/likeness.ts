import { z } from 'zod';

/** Cosines of one model: below `from` two texts are alike by chance, above `to` they are as good as equal. */
const rangeSchema = z.object({ from: z.number().min(-1).max(1), to: z.number().min(-1).max(1) }).refine(({ from, to }) => to - from >= 0.01);
export const likenessSchema = z.object({ same: rangeSchema, across: rangeSchema });

export type LikenessRange = { from: number; to: number };
/** For texts of one language, and of two. */
export type Likeness = { same: LikenessRange; across: LikenessRange };

/** The cosines of the default model as `measureModel` finds them; everything that judges a cosine was fitted on that model (docs/adr/0017). */
export const REFERENCE_LIKENESS: Likeness = { same: { from: 0.2, to: 0.64 }, across: { from: 0.15, to: 0.5 } };

/**
 * The cosine that means on the reference scale what this one means in its model: chance becomes chance, equality equality, straight lines between and
 * beyond, −1–1. A model without a range of its own is on the reference scale.
 */
export function onReferenceScale(cosine: number, likeness: Likeness | undefined, kind: keyof Likeness): number {
  if (likeness === undefined) return cosine;
  const [own, reference] = [likeness[kind], REFERENCE_LIKENESS[kind]];
  const scaled = reference.from + ((cosine - own.from) * (reference.to - reference.from)) / (own.to - own.from);
  return Math.max(-1, Math.min(1, scaled));
}
