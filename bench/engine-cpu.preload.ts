// Loaded into the engine process before its own entry. The engine times its stages with `performance.now`; here that clock counts the
// CPU time of the process instead, and `bench.cpu` is answered with the CPU time and memory used so far.
import { performance } from 'node:perf_hooks';
import { cpuNowMs } from './cpu-clock.ts';

performance.now = cpuNowMs;
process.on('message', (message: { kind?: string }) => {
  if (message.kind === 'bench.cpu') process.send?.({ kind: 'bench.cpu', cpuMs: cpuNowMs(), rssBytes: process.memoryUsage.rss() });
});
