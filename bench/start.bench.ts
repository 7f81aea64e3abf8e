import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket as NodeWebSocket } from 'ws';
import { createEngineClient } from '../src/main/search/engine.client.ts';
import type { Contract } from '../src/shared/contract/contract.ts';
import { createBenchFork } from './bench-engine.ts';
import { copyStore, openBenchStore, openStoreDb, type BenchPlace, type BenchSize } from './bench-store.ts';
import { percentile } from './figures.ts';
import { figure, notRun, type Figure } from './report.ts';

const ROUNDS = 5;
const NOISY = 'wall time: noisy on a shared machine';

/** From the fork to an engine that answers (model and passages), and to the last message vector. */
export async function benchEngineStart(place: BenchPlace, size: BenchSize): Promise<Figure[]> {
  const store = await openBenchStore(place, size);
  const dir = copyStore(store, path.join(place.benchDir, 'run-start'));
  const { db, key, file } = await openStoreDb(dir);
  const rounds: { readyCpu: number; readyWall: number; loadedCpu: number; rssMib: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    place.say(`start: engine on ${size}, ${round + 1} of ${ROUNDS}`);
    const bench = createBenchFork();
    const startedAt = performance.now();
    const engine = createEngineClient({ fork: bench.fork, start: () => ({ storeFile: file, key, modelsDir: place.modelsDir }) });
    await engine.models();
    const readyWall = performance.now() - startedAt;
    const readyCpu = (await bench.engineUse()).cpuMs;
    while (engine.status().loadedRatio < 1) await new Promise((done) => setTimeout(done, 50));
    const { cpuMs: loadedCpu, rssBytes } = await bench.engineUse();
    rounds.push({ readyCpu, readyWall, loadedCpu, rssMib: rssBytes / 2 ** 20 });
    await engine.stop();
  }
  db.close();
  const median = (name: keyof (typeof rounds)[number]) => percentile(rounds.map((round) => round[name]), 0.5);
  const section = `start ${size}`;
  return [
    figure(section, 'engine ready (model, passages)', median('readyCpu') / 1000, 'CPU s', { atMost: 1 }, `median of ${ROUNDS}`),
    figure(section, 'engine ready (model, passages)', median('readyWall') / 1000, 's', undefined, NOISY),
    figure(section, 'every vector in memory', median('loadedCpu') / 1000, 'CPU s', { atMost: 4 }, 'messages stream in behind, questions are answered meanwhile'),
    figure(section, 'engine memory then', median('rssMib'), 'MiB'),
  ];
}

/** The built app from a cold process: page served, then the contract answering "ready" over the page's socket. */
export async function benchAppStart(place: BenchPlace, size: BenchSize, builtHost: string): Promise<Figure[]> {
  const store = await openBenchStore(place, size);
  const dir = copyStore(store, path.join(place.benchDir, 'run-start'));
  const rounds: { pageWall: number; readyWall: number; cpuS: number | null }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    place.say(`start: the app on ${size}, ${round + 1} of ${ROUNDS}`);
    rounds.push(await startOnce(builtHost, dir));
  }
  const section = `start ${size}`;
  const median = (values: readonly number[]) => percentile(values, 0.5);
  const cpu = rounds.flatMap(({ cpuS }) => cpuS ?? []);
  return [
    figure(section, 'app: page served', median(rounds.map(({ pageWall }) => pageWall)) / 1000, 's', undefined, NOISY),
    figure(section, 'app: status ready', median(rounds.map(({ readyWall }) => readyWall)) / 1000, 's', undefined, NOISY),
    cpu.length === ROUNDS ? figure(section, 'app: status ready, all processes', median(cpu), 'CPU s', undefined, `median of ${ROUNDS}`) : notRun(section, 'app: CPU of all processes', 'needs /proc'),
  ];
}

async function startOnce(builtHost: string, dir: string): Promise<{ pageWall: number; readyWall: number; cpuS: number | null }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [builtHost, '--data', dir, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const openUrl = await printedUrl(child);
    const { origin } = new URL(openUrl);
    const opened = await fetch(openUrl, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(origin, { headers: { cookie } });
    await page.text();
    if (page.status !== 200) throw new Error(`the page was not served: ${page.status}`);
    const pageWall = performance.now() - startedAt;
    await untilReady(origin, cookie);
    return { pageWall, readyWall: performance.now() - startedAt, cpuS: treeCpuSeconds(child.pid ?? 0) };
  } finally {
    // a host that never came up has ended already
    if (child.exitCode === null) {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    }
  }
}

function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let printed = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\/open\?token=\S+/.exec(printed)?.[0];
      if (url !== undefined) done(url);
    });
    child.once('exit', (code) => fail(new Error(`the host ended with ${code}`)));
  });
}

async function untilReady(origin: string, cookie: string): Promise<void> {
  const socket = new NodeWebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
  await new Promise((done, fail) => socket.once('open', done).once('error', fail));
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket as unknown as WebSocket }));
  while ((await client.app.status({})).state !== 'ready') await new Promise((done) => setTimeout(done, 20));
  socket.close();
}

const TICKS_PER_SECOND = 100;

/** User and system time of a process and all below it, from /proc (ticks of 10 ms); null where there is none. */
function treeCpuSeconds(root: number): number | null {
  try {
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => statOf(name) ?? []);
    const counted = new Set([root]);
    for (let size = 0; size < counted.size; ) {
      size = counted.size;
      for (const one of processes) if (counted.has(one.parent)) counted.add(one.pid);
    }
    return processes.filter(({ pid }) => counted.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

function statOf(name: string): { pid: number; parent: number; ticks: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    // the name in parentheses may hold spaces: fields are counted after it
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}
