// Loaded into the engine process before its own entry. The engine times its stages with `performance.now`; here that clock counts the
// CPU time of the process instead, and `bench.cpu` is answered with the CPU time and memory used so far.
import { performance } from 'node:perf_hooks';
import { cpuNowMs } from './cpu-clock.ts';

performance.now = cpuNowMs;
// what answering this question costs is not the engine's
let ownMs = 0;
process.on('message', (message: { kind?: string }) => {
  if (message.kind !== 'bench.cpu') return;
  const startedMs = cpuNowMs();
  process.send?.({ kind: 'bench.cpu', cpuMs: startedMs - ownMs, rssBytes: process.memoryUsage.rss() });
  ownMs += cpuNowMs() - startedMs;
});
