import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import type { BenchPlace } from './bench-store.ts';
import { cpuOf } from './cpu-clock.ts';
import { shareFound, type Truth } from './exact-nearest.ts';
import { mean, spreadOf } from './figures.ts';
import { figure, notRun, type Figure } from './report.ts';
import { DIMS, quantise, readFloats } from './text-vectors.ts';

/** Exact versions, fetched into the benchmark's own folder; the product never sees them. */
const PEERS = { 'sqlite-vec': '0.1.9', '@lancedb/lancedb': '0.37.1', 'apache-arrow': '18.1.0' } as const;
const INSTALL_WITHIN_MS = 240_000;
const RETURNED = 50;

export type PeerInput = { file: string; count: number; truth: Truth; vectorScale: number };
type SearchPeer = (query: Float32Array) => Promise<number[]> | number[];
type SqliteVec = { getLoadablePath(): string };
/** As much of LanceDB as is used here. */
type Lance = { connect(uri: string): Promise<{ createTable(name: string, rows: unknown, options: { mode: 'overwrite' }): Promise<LanceTable> }> };
type LanceTable = { add(rows: unknown): Promise<unknown>; vectorSearch(query: number[]): { distanceType(type: 'dot'): { select(columns: string[]): { limit(count: number): { toArray(): Promise<{ row: number }[]> } } } } };

/** The same vectors and questions in sqlite-vec and LanceDB, flat (exact) search in both: what the product would cost on them. */
export async function benchPeers(place: BenchPlace, section: string, input: PeerInput): Promise<Figure[]> {
  const dir = path.join(place.benchDir, 'peers');
  const problem = fetchPeers(place, dir);
  const names = ['sqlite-vec float', 'sqlite-vec int8', 'LanceDB flat'];
  if (problem !== undefined) return names.map((name) => notRun(section, name, problem));
  // LanceDB warns on stderr at every query otherwise
  Object.assign(process.env, { RUST_LOG: 'error', LANCEDB_LOG: 'error' });
  const load = createRequire(path.join(dir, 'package.json'));
  const figures: Figure[] = [];
  const run = async (name: string, prepare: () => Promise<SearchPeer> | SearchPeer) => {
    place.say(`vectors: ${name}`);
    try {
      figures.push(...(await measure(section, name, input.truth, await prepare())));
    } catch (error) {
      figures.push(notRun(section, name, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)));
    }
  };
  await run('sqlite-vec float', () => prepareSqliteVec(load('sqlite-vec') as SqliteVec, input, 'float'));
  await run('sqlite-vec int8', () => prepareSqliteVec(load('sqlite-vec') as SqliteVec, input, 'int8'));
  await run('LanceDB flat', () => prepareLance(load('@lancedb/lancedb') as Lance, dir, input));
  return figures;
}

/** Undefined when they are there, else the reason why not. */
function fetchPeers({ say }: BenchPlace, dir: string): string | undefined {
  const isThere = () => Object.keys(PEERS).every((name) => existsSync(path.join(dir, 'node_modules', name)));
  if (isThere()) return undefined;
  say('vectors: fetching sqlite-vec and LanceDB, once');
  mkdirSync(dir, { recursive: true });
  const wanted = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`);
  const got = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', dir, ...wanted], { timeout: INSTALL_WITHIN_MS, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  return got.status === 0 && isThere() ? undefined : 'the packages could not be fetched';
}

async function measure(section: string, name: string, truth: Truth, search: SearchPeer): Promise<Figure[]> {
  const times: number[] = [];
  const recalls: number[] = [];
  for (const [at, nearest] of truth.nearest.entries()) {
    const query = truth.queries.slice(at * DIMS, (at + 1) * DIMS);
    const { value, cpuMs } = await cpuOf(() => search(query));
    times.push(cpuMs);
    recalls.push(shareFound(nearest, value));
  }
  const spread = spreadOf(times);
  return [figure(section, `${name} p50`, spread.p50, 'CPU ms'), figure(section, `${name} p95`, spread.p95, 'CPU ms'), figure(section, `${name}: exact top 10 in 50`, mean(recalls), 'of all')];
}

function prepareSqliteVec(sqliteVec: SqliteVec, { file, count, vectorScale }: PeerInput, type: 'float' | 'int8'): SearchPeer {
  const db = new Sqlite(':memory:');
  db.loadExtension(sqliteVec.getLoadablePath());
  db.exec(`CREATE VIRTUAL TABLE vec USING vec0 (vector ${type}[${DIMS}] distance_metric=cosine)`);
  const value = type === 'int8' ? 'vec_int8(?)' : '?';
  const bytesOf = (row: Float32Array) => {
    const numbers = type === 'int8' ? quantise(row, vectorScale) : row;
    return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  };
  const insert = db.prepare(`INSERT INTO vec (rowid, vector) VALUES (?, ${value})`);
  const floats = readFloats(file, 0, count);
  db.transaction(() => {
    for (let at = 0; at < count; at++) insert.run(BigInt(at), bytesOf(floats.slice(at * DIMS, (at + 1) * DIMS)));
  })();
  const find = db.prepare<[Buffer], { rowid: number }>(`SELECT rowid FROM vec WHERE vector MATCH ${value} AND k = ${RETURNED}`);
  return (query) => find.all(bytesOf(query)).map(({ rowid }) => rowid);
}

async function prepareLance(lance: Lance, dir: string, { file, count }: PeerInput): Promise<SearchPeer> {
  const uri = path.join(dir, 'lance');
  rmSync(uri, { recursive: true, force: true });
  const db = await lance.connect(uri);
  const step = 10_000;
  const rowsFrom = (start: number) => {
    const floats = readFloats(file, start, Math.min(step, count - start));
    return Array.from({ length: floats.length / DIMS }, (_, at) => ({ row: start + at, vector: Array.from(floats.subarray(at * DIMS, (at + 1) * DIMS)) }));
  };
  const table = await db.createTable('vectors', rowsFrom(0), { mode: 'overwrite' });
  for (let start = step; start < count; start += step) await table.add(rowsFrom(start));
  return async (query) => (await table.vectorSearch(Array.from(query)).distanceType('dot').select(['row']).limit(RETURNED).toArray()).map(({ row }) => row);
}
