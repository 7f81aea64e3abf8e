import type { ParseArgsConfig } from 'node:util';
import type { PackProblem } from '../../shared/contract/pack.contract.ts';
import type { EmbeddingModel } from '../engine/embedding-model.ts';
import type { OpenedFile } from '../files/open-file.ts';
import type { RiskExample } from '../insight/risk/risk-examples.ts';
import type { CliServices } from './cli-services.ts';
import type { StoreChoice, StoreReader } from './store-reader.ts';

/** The terminal, passed in. Results go to `writeOut` and nothing else does; progress and problems go to `writeErr`. */
export type CliIo = {
  stdin: AsyncIterable<Uint8Array>;
  writeOut(text: string): void;
  writeErr(text: string): void;
  env: Readonly<Record<string, string | undefined>>;
};

/** What commands use of the rest; opened only by the commands that need it. */
export type CliDeps = {
  version: string;
  nowMs(): number;
  defaultStoreDir(): string;
  openServices(store: StoreChoice): Promise<CliServices>;
  openReader(store: StoreChoice): Promise<StoreReader>;
  restore(store: StoreChoice, backupFile: string): Promise<void>;
  /** The shipped model when none is named; one that was added is looked for in this store and in the usual one. */
  loadModel(modelId?: string, storeDir?: string): Promise<EmbeddingModel>;
  readRiskExamples(): readonly RiskExample[];
  openFile(path: string): Promise<OpenedFile>;
  /** Every problem of a pack's folder, without a store. */
  checkPack(dir: string): Promise<PackProblem[]>;
  /** Runs the loopback host until it ends; answers its exit code. */
  serve(args: readonly string[], signal: AbortSignal): Promise<number>;
};

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export type CommandContext = {
  io: CliIo;
  deps: CliDeps;
  values: OptionValues;
  positionals: readonly string[];
  isJson: boolean;
  store: StoreChoice;
  signal: AbortSignal;
};

export type Command = {
  name: string;
  /** What follows `deskmate`, for example `import KIND PATH`. */
  usage: string;
  summary: string;
  /** The rest of `--help`, already laid out in lines. */
  details: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** Answers the exit code: 0, or 1 when something could not be done. @throws UsageError for a call that makes no sense (exit code 2) */
  run(context: CommandContext): Promise<number>;
};

/** The command was called wrongly; the sentence says what is missing. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The text of one option; undefined when it was not given. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** @throws UsageError when it is no whole number from `min` to `max`. */
export function countOption(values: OptionValues, name: string, range: { fallback: number; min: number; max: number }): number {
  const text = textOption(values, name);
  if (text === undefined) return range.fallback;
  const count = Number(text);
  if (!Number.isInteger(count) || count < range.min || count > range.max) throw new UsageError(`--${name} must be a whole number from ${range.min} to ${range.max}, not ${text}.`);
  return count;
}

/** One JSON value on a line of its own. */
export function writeJson(io: CliIo, value: unknown): void {
  io.writeOut(`${JSON.stringify(value)}\n`);
}
