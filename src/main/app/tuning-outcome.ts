import { z } from 'zod';
import { tuningOutcomeSchema, type TunedModel, type TuningOdds, type TuningOutcome, type TuningStatus } from '../../shared/contract/tuning.contract.ts';
import { sigmoid } from '../assist/logistic.ts';
import { FIT_LIKELY, FIT_STRONG } from '../assist/rank.ts';
import { DEFAULT_WEIGHTS } from '../search/fuse.ts';
import { fuseWeightsSchema, shopCalibrationSchema, type ShopCalibration } from '../search/search-tuning.ts';

/** Null keeps what is shipped. */
const chosenSchema = z.object({ weights: fuseWeightsSchema.nullable(), calibration: shopCalibrationSchema.nullable() });
export type Chosen = z.infer<typeof chosenSchema>;

const { shape } = tuningOutcomeSchema;
/** What came of a measurement, as the store keeps it. Of `change` null keeps what was in use `before`. */
export const keptOutcomeSchema = z.object({
  at: shape.at, modelKey: z.string().nullable(), verdict: shape.verdict, decision: shape.decision, choosing: shape.choosing, checking: shape.checking, answerable: shape.answerable,
  supply: shape.supply, before: chosenSchema, change: chosenSchema.nullable(), figures: shape.figures,
});
export type KeptOutcome = z.infer<typeof keptOutcomeSchema>;

/** `servingKey`: of the model whose vectors are searched. */
export function outcomeOf({ modelKey, before, change, ...rest }: KeptOutcome, servingKey: string | null): TuningOutcome {
  return {
    ...rest, before: tunedOf(before), model: modelKey === null ? null : modelOf(modelKey), isOutdated: modelKey !== servingKey,
    change: change === null ? null : { weights: change.weights, odds: change.calibration === null ? null : oddsOf(change.calibration) },
  };
}

export function tunedOf({ weights, calibration }: Chosen): TuningStatus['inUse'] {
  return { weights: weights ?? DEFAULT_WEIGHTS, odds: calibration === null ? null : oddsOf(calibration) };
}

/** A key is `<id>@<hash>`, and goes on with `+<hash>` where the model learned the shop's words. */
export function modelOf(key: string): TunedModel {
  return { id: key.replace(/@[^@]*$/, ''), hasLearned: /@[^@]*\+/.test(key) };
}

/** Where the words for a fit change. */
const TOLD = [FIT_STRONG, FIT_LIKELY];

function oddsOf({ slope, offset }: ShopCalibration): TuningOdds[] {
  return TOLD.map((shipped) => ({ shipped, own: sigmoid(slope * Math.log(shipped / (1 - shipped)) + offset) }));
}
