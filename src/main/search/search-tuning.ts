import { z } from 'zod';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { LANGUAGE_PAIRS, type FuseWeights } from './fuse.ts';
import { servingModelKey } from './model-roles.repository.ts';

/** How the shop's own outcomes bend the shipped probability: σ(slope · logit + offset) (Platt 1999). */
export type ShopCalibration = { slope: number; offset: number };
export const SHIPPED_CALIBRATION: ShopCalibration = { slope: 1, offset: 0 };

/** What replaying the shop's own history chose; null keeps what is shipped. `modelKey`: the model it was measured with, and holds for. */
export type SearchTuning = { modelKey: string; madeAt: number; weights: FuseWeights | null; calibration: ShopCalibration | null };

const SETTING = 'search_tuning';
export const fuseWeightsSchema = z.record(z.enum(LANGUAGE_PAIRS), z.number().min(0).max(1));
export const shopCalibrationSchema = z.object({ slope: z.number().positive(), offset: z.number() });
const tuningSchema = z.object({ modelKey: z.string(), madeAt: z.number(), weights: fuseWeightsSchema.nullable(), calibration: shopCalibrationSchema.nullable() }) satisfies z.ZodType<SearchTuning>;

/** What is kept, whether or not it holds for the model in use. */
export function findTuning(db: ReadableDb): SearchTuning | undefined {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(SETTING);
  return row === undefined ? undefined : tuningSchema.safeParse(JSON.parse(row.value)).data;
}

/** What holds for the model whose vectors are searched; nothing after another model took over. */
export function tuningInUse(db: ReadableDb): SearchTuning | undefined {
  const tuning = findTuning(db);
  return tuning !== undefined && tuning.modelKey === servingModelKey(db) ? tuning : undefined;
}

export function saveTuning(db: WritableDb, tuning: SearchTuning): void {
  prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(SETTING, JSON.stringify(tuning));
}

/** Back to what is shipped; whether there was anything else. */
export function deleteTuning(db: WritableDb): boolean {
  return prepared(db, 'DELETE FROM settings WHERE key = ?').run(SETTING).changes > 0;
}
