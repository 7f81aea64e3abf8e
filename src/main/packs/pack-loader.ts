import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportReport, RejectedRow } from '../../shared/contract/job.contract.ts';
import type { WritableDb } from '../db/database.ts';
import type { JobProgress } from '../jobs/job.service.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { articleUnit, macroUnit, removeRow, rowHash, type PackUnit } from './pack-rows.ts';
import {
  beginPack, deleteItem, deletePack, findForeignIntent, finishPack, listItems, replaceIntents, replaceRules, saveItem, unfinishPack, type ItemKind, type PackItem,
} from './pack.repository.ts';
import type { ReadPack } from './pack.types.ts';

export type LoadEnv = {
  db: WritableDb;
  ctx: WriteContext;
  signal: AbortSignal | undefined;
  progress: Pick<JobProgress, 'advance'>;
  /** Rows that left the index. */
  onRemoved(kind: 'passage' | 'macro', seqs: number[]): void;
  /** Written together with the last change, in one transaction: the audit line. */
  onComplete(): void;
};

/** Rows written in one transaction; between two of them other work gets its turn. */
const BATCH_COUNT = 20;

/** How many rows a pack brings: what its progress counts. */
export function countUnits({ articles, macros }: Pick<ReadPack, 'articles' | 'macros'>): number {
  return articles.length + macros.length;
}

/**
 * Brings a checked pack into the store, over an earlier version of it or anew. Rows that a rep changed or deleted stay so and are reported as
 * rejected when the pack has something new for them; rows that the pack no longer has go, unless a rep changed them.
 * Cut short, whole batches stay and the pack is incomplete: installing it again goes on.
 * @throws DeskmateError conflict when another pack has one of its intents, cancelled
 */
export async function loadPack(pack: ReadPack, shiftDays: number, env: LoadEnv): Promise<ImportReport> {
  const { db, ctx } = env;
  const { name } = pack.manifest;
  const foreign = findForeignIntent(db, name, pack.intents.map(({ id }) => id));
  if (foreign !== undefined) throw new DeskmateError('conflict', `The intent ${foreign.id} belongs to the pack ${foreign.packName} already.`);
  beginPack(db, pack.manifest, shiftDays, ctx.nowMs);
  const media = new Map(pack.media.map((each) => [each.path, each]));
  const units = [...pack.articles.map((article) => articleUnit(name, article, shiftDays)), ...pack.macros.map((macro) => macroUnit(macro, media.get(macro.media ?? '')))];
  const items = new Map(listItems(db, name).map((item) => [keyOf(item), item]));
  const report: ImportReport = { added: 0, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 };
  await inBatches(units, env, (unit) => {
    const outcome = loadUnit(db, ctx, name, unit, items.get(keyOf(unit)));
    if (typeof outcome === 'string') report[outcome]++;
    else report.rejected.push(outcome);
  });
  report.rejectedCount = report.rejected.length;
  const kept = new Set(units.map(keyOf));
  await removeItems([...items.values()].filter((item) => !kept.has(keyOf(item))), name, env, { keepsChanged: true });
  db.transaction(() => {
    replaceIntents(db, name, pack.intents);
    replaceRules(db, name, pack.rules);
    finishPack(db, name, pack.sha256);
    env.onComplete();
  })();
  return report;
}

function keyOf({ kind, key }: { kind: ItemKind; key: string }): string {
  return `${kind} ${key}`;
}

function loadUnit(db: WritableDb, ctx: WriteContext, packName: string, unit: PackUnit, item: PackItem | undefined): 'added' | 'updated' | 'unchanged' | RejectedRow {
  if (item === undefined) return addUnit(db, ctx, packName, unit);
  if (item.packHash === unit.hash) return 'unchanged';
  const now = rowHash(db, item.kind, item.entityId);
  if (now !== item.rowHash) {
    // asked about once: the next install of the same pack says nothing more
    saveItem(db, packName, { ...item, packHash: unit.hash }, unit.meta);
    return keptRow(unit, now === null ? 'was deleted here, so the new text of the pack stays away' : 'was changed here, so the new text of the pack was not taken');
  }
  writeUnit(db, ctx, packName, unit, item.entityId);
  return 'updated';
}

function addUnit(db: WritableDb, ctx: WriteContext, packName: string, unit: PackUnit): 'added' | RejectedRow {
  if (unit.findStranger(db) !== undefined) return keptRow(unit, 'is here already and not from this pack, so it was left as it is');
  writeUnit(db, ctx, packName, unit, undefined);
  return 'added';
}

function writeUnit(db: WritableDb, ctx: WriteContext, packName: string, unit: PackUnit, id: string | undefined): void {
  const entityId = unit.write(db, ctx, id);
  saveItem(db, packName, { kind: unit.kind, key: unit.key, entityId, packHash: unit.hash, rowHash: rowHash(db, unit.kind, entityId) ?? '' }, unit.meta);
}

function keptRow(unit: PackUnit, what: string): RejectedRow {
  return { file: unit.key, line: null, reason: `The ${unit.name} ${what}.` };
}

/**
 * Takes a pack out again. With `keepsChanged`, rows that a rep changed stay as the shop's own; answers how many. Cut short, the pack is
 * incomplete: removing it again goes on.
 * @throws DeskmateError cancelled
 */
export async function unloadPack(name: string, env: LoadEnv, options: { keepsChanged: boolean }): Promise<number> {
  unfinishPack(env.db, name);
  const keptCount = await removeItems(listItems(env.db, name), name, env, options);
  env.db.transaction(() => {
    deletePack(env.db, name);
    env.onComplete();
  })();
  return keptCount;
}

async function removeItems(items: readonly PackItem[], packName: string, env: LoadEnv, { keepsChanged }: { keepsChanged: boolean }): Promise<number> {
  const { db, ctx } = env;
  let keptCount = 0;
  const removed: Record<'passage' | 'macro', number[]> = { passage: [], macro: [] };
  await inBatches(items, env, (item) => {
    const now = rowHash(db, item.kind, item.entityId);
    if (keepsChanged && now !== null && now !== item.rowHash) keptCount++;
    else removed[item.kind === 'article' ? 'passage' : 'macro'].push(...removeRow(db, item.kind, item.entityId, ctx.nowMs));
    deleteItem(db, packName, item);
  });
  for (const kind of ['passage', 'macro'] as const) if (removed[kind].length > 0) env.onRemoved(kind, removed[kind]);
  return keptCount;
}

async function inBatches<Value>(values: readonly Value[], { db, signal, progress }: LoadEnv, work: (value: Value) => void): Promise<void> {
  const writeBatch = db.transaction((batch: readonly Value[]) => batch.forEach(work));
  for (let at = 0; at < values.length; at += BATCH_COUNT) {
    if (signal?.aborted === true) throw new DeskmateError('cancelled', 'It was cancelled; what was stored before stays.');
    const batch = values.slice(at, at + BATCH_COUNT);
    writeBatch(batch);
    progress.advance(batch.length);
    await nextTurn();
  }
}
