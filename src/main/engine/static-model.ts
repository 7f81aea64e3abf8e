import { readFileSync } from 'node:fs';
import path from 'node:path';
import { normaliseForMatch } from '../text/normalise.ts';
import { StaticFormError } from './static-form.ts';
import { readStaticGraph, type StaticTable } from './static-graph.ts';
import { createStaticTokenizer, type TokenIds } from './static-tokenizer.ts';
import { toInt8 } from './unit-rows.ts';

/** A static embedding run without any runtime: its tokenizer and its table. Everything is synchronous and of the calling thread. */
export type StaticModel = {
  /** Ids of a text as people wrote it. */
  tokens: TokenIds;
  /** Ids of a text that `normaliseForMatch` has been through. */
  normalTokens: TokenIds;
  table: StaticTable;
  /** A row of `dims` numbers of unit length; zeros when none of the tokens has a vector. */
  vector(text: string): Float32Array;
  /** The vector times the scale of the manifest, as it is stored. */
  row(text: string): Int8Array;
};

/**
 * The model of a folder whose files have been checked against its manifest already; undefined when it is not a static embedding of the known form, or
 * when its table does not have `dims` columns. @throws Error when a file cannot be read.
 */
export function loadStaticModel(dir: string, { dims, vectorScale }: { dims: number; vectorScale: number }): StaticModel | undefined {
  const readJson = (name: string): unknown => JSON.parse(readFileSync(path.join(dir, name), 'utf8'));
  try {
    const table = readStaticGraph(readFileSync(path.join(dir, 'onnx/model_quantized.onnx')));
    return table.dims === dims ? createStaticModel(createStaticTokenizer(readJson('tokenizer.json'), readJson('tokenizer_config.json')), table, vectorScale) : undefined;
  } catch (error) {
    if (error instanceof StaticFormError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The same tokenizer may serve several tables: an adapted model differs from its base in the table only. */
export function createStaticModel(normalTokens: TokenIds, table: StaticTable, vectorScale: number): StaticModel {
  const tokens: TokenIds = (text) => normalTokens(normaliseForMatch(text));
  const vector = (text: string) => meanOfRows(table, tokens(text));
  return { tokens, normalTokens, table, vector, row: (text) => toInt8(vector(text), vectorScale) };
}

/** The sum of the tokens' rows scaled to unit length, in single precision and in the order of the tokens: bit by bit what the ONNX graph and the mean of its output give. */
export function meanOfRows({ rows, scales, dims, tokenCount }: StaticTable, ids: Int32Array): Float32Array {
  const sum = new Float32Array(dims);
  for (const id of ids) {
    if (id >= tokenCount) continue;
    const [start, scale] = [id * dims, scales[id] as number];
    for (let at = 0; at < dims; at++) sum[at] = Math.fround((sum[at] as number) + Math.fround((rows[start + at] as number) * scale));
  }
  let squares = 0;
  for (let at = 0; at < dims; at++) squares += (sum[at] as number) * (sum[at] as number);
  const length = Math.sqrt(squares);
  for (let at = 0; at < dims && length > 0; at++) sum[at] = (sum[at] as number) / length;
  return sum;
}
