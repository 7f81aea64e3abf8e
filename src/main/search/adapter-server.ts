import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openReader, type StoreKey } from '../db/open-db.ts';
import { adaptTable, MIN_OWN_PAIRS, type AdaptFigures, type AdaptVerdict, type GeneralPair } from '../engine/adapt-run.ts';
import { DEFAULT_MODEL_ID, verifyModel, type ModelIdentity } from '../engine/embedding-model.ts';
import type { StaticTable } from '../engine/static-graph.ts';
import { loadStaticModel } from '../engine/static-model.ts';
import { DeskmateError } from '../platform/errors.ts';
import { readShopPairs } from './adapt-pairs.ts';
import { nextTurn } from './slices.ts';

/** `key` is the store's key as it is; it crosses by the private pipe only. */
export type AdaptRequest = { storeFile: string; key: Uint8Array; modelsDir: string; modelId?: string; generalFile: string; steps: number; seed: number; /** Conversations that ended before teach nothing, epoch ms. */ sinceMs?: number };

/** `too_few_pairs`: nothing was trained; `missingCount` more pairs are needed. */
export type AdaptReply = {
  verdict: AdaptVerdict | 'too_few_pairs';
  base: ModelIdentity; pairCount: number; missingCount: number; figures: AdaptFigures | null; share: number;
  table: StaticTable | null; conversationIds: string[]; cpuMs: number;
};

/** What the adapter process answers. A type, not an interface: `callPort` needs it indexable. */
export type AdapterHandlers = { adapt(input: AdaptRequest): Promise<AdaptReply> };
/** What it tells its parent unasked. */
export type AdapterListenerHandlers = { progressed(input: { doneSteps: number }): void; /** Whose words it has read and learns from. */ learnsFrom(input: { conversationIds: string[] }): void };

const generalRowSchema = z.object({ kind: z.string(), group: z.string(), a: z.string(), b: z.string(), held: z.literal(true).optional() });
const TELL_EVERY_STEPS = 10;
/** Of one core; the rest of a minute is for reading the store and measuring. */
export const CPU_BUDGET_MS = 50_000;

/** General pairs, one JSON object a line (`models/training/adapt_pairs.mjs` writes them). @throws Error when the file is missing or a line is no pair. */
export function readGeneralPairs(file: string): GeneralPair[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const { kind, group, a, b, held } = generalRowSchema.parse(JSON.parse(line));
    return { kind, group, left: a, right: b, isHeld: held === true };
  });
}

/** One training over a read-only connection. The process that runs it is ended to cancel it: nothing is written. */
export async function runAdaptation(request: AdaptRequest, tell: AdapterListenerHandlers): Promise<AdaptReply> {
  const startedAt = process.cpuUsage();
  const modelId = request.modelId ?? DEFAULT_MODEL_ID;
  const base = verifyModel(request.modelsDir, modelId);
  const model = loadStaticModel(path.join(request.modelsDir, modelId), base);
  if (model === undefined) throw new DeskmateError('bad_request', 'The model in use cannot learn from the shop: only models that come with Deskmate can.');
  const pairs = readPairs(request);
  tell.learnsFrom({ conversationIds: pairs.conversationIds });
  const pairCount = pairs.own.length + pairs.held.length;
  const cpuMs = () => process.cpuUsage(startedAt).user / 1000;
  const missingCount = Math.max(0, MIN_OWN_PAIRS - pairCount);
  if (missingCount > 0) return { verdict: 'too_few_pairs', base, pairCount, missingCount, figures: null, share: 0, table: null, conversationIds: [], cpuMs: cpuMs() };
  const input = { ...pairs, general: readGeneralPairs(request.generalFile), steps: request.steps, seed: request.seed, cpuBudgetMs: CPU_BUDGET_MS };
  const outcome = await adaptTable(model, input, async (doneSteps) => {
    if (doneSteps % TELL_EVERY_STEPS === 0) tell.progressed({ doneSteps });
    await nextTurn();
  });
  return { ...outcome, base, pairCount, missingCount: 0, conversationIds: pairs.conversationIds, cpuMs: cpuMs() };
}

function readPairs({ storeFile, key, sinceMs }: AdaptRequest) {
  const db = openReader(storeFile, Buffer.from(key) as StoreKey);
  try {
    return readShopPairs(db, sinceMs);
  } finally {
    db.close();
  }
}
