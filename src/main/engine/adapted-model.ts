import { createHash } from 'node:crypto';
import type { EmbeddingModel, ModelIdentity } from './embedding-model.ts';
import type { StaticTable } from './static-graph.ts';
import { createStaticModel, type StaticModel } from './static-model.ts';

/** Names a table by its content: what `<base>+` is followed by in the identity of the model made with it. 64 hexadecimal digits. */
export function tableHash({ tokenCount, dims, rows, scales }: StaticTable): string {
  return createHash('sha256').update(`${tokenCount}x${dims}`).update(rows).update(scales).digest('hex');
}

/** The identity of `base` with another table. Its key, `<key of base>+<12 digits>`, is unlike that of any other model, so their vectors are never compared. */
export function adaptedIdentity(base: ModelIdentity, table: StaticTable): ModelIdentity {
  const hash = tableHash(table);
  return { ...base, key: `${base.key}+${hash.slice(0, 12)}`, sha256: createHash('sha256').update(base.sha256).update(hash).digest('hex') };
}

/** The static model `own`, whose identity is `base`, with a table that was trained further. @throws RangeError when the table is not of the base's shape. */
export function adaptedModel(base: ModelIdentity, own: StaticModel, table: StaticTable): EmbeddingModel {
  if (table.dims !== own.table.dims || table.tokenCount !== own.table.tokenCount) throw new RangeError(`a table of ${table.tokenCount} × ${table.dims} where ${own.table.tokenCount} × ${own.table.dims} is needed`);
  const { row } = createStaticModel(own.normalTokens, table, base.vectorScale);
  return { identity: adaptedIdentity(base, table), embed: async (texts) => texts.map(row), async dispose() {} };
}
