import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { wrapChild } from '../src/main/platform/node-fork.ts';
import type { Fork } from '../src/main/platform/port.ts';
import type { SearchResult } from '../src/main/search/search.types.ts';

export type EngineUse = { cpuMs: number; rssBytes: number };
/** The `fork` that createApp takes, with a window into the engine process behind it. */
export type BenchFork = {
  fork: Fork;
  /** CPU and memory of the engine up to now, asked over its own pipe. */
  engineUse(): Promise<EngineUse>;
  /** The last answer of the engine to a search; its timings are CPU ms. */
  lastSearch(): SearchResult | undefined;
};

const root = path.join(import.meta.dirname, '..');
const SOURCES = { engine: 'src/main/search/engine.process.ts', parser: 'src/main/files/parser.process.ts', adapter: 'src/main/search/adapter.process.ts', measure: 'src/main/models/measure.process.ts' } as const;
const PRELOAD = import.meta.resolve('./engine-cpu.preload.ts');

export function createBenchFork(): BenchFork {
  let engine: ChildProcess | undefined;
  let lastSearch: SearchResult | undefined;
  return {
    fork(entry, options = {}) {
      const preload = entry === 'engine' ? ['--import', PRELOAD] : [];
      const child = fork(path.join(root, SOURCES[entry]), [...(options.args ?? [])], {
        serialization: 'advanced', execArgv: [...preload, ...(options.execArgv ?? [])], env: { ...process.env, ...options.env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      if (entry === 'engine') {
        engine = child;
        child.on('message', (frames: { kind?: string; output?: Partial<SearchResult> }[] | object) => {
          if (!Array.isArray(frames)) return;
          for (const { kind, output } of frames) if (kind === 'result' && output?.candidates !== undefined) lastSearch = output as SearchResult;
        });
      }
      return wrapChild(child);
    },
    engineUse: () =>
      new Promise((done, fail) => {
        if (engine === undefined) return fail(new Error('the engine was not forked'));
        const child = engine;
        const listen = (frame: { kind?: string } & EngineUse) => {
          if (frame.kind !== 'bench.cpu') return;
          child.off('message', listen);
          done({ cpuMs: frame.cpuMs, rssBytes: frame.rssBytes });
        };
        child.on('message', listen);
        child.send({ kind: 'bench.cpu' });
      }),
    lastSearch: () => lastSearch,
  };
}
