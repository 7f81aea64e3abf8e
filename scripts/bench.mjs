// Runs the benchmark from its TypeScript sources with the project's own Node 24 (docs/bench.md). Exit code 1: a figure missed its target; 2: it did not run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { NEEDED_NODE, projectNode } from './project-node.mjs';

const root = path.join(import.meta.dirname, '..');

if (!existsSync(path.join(root, 'node_modules', 'vite'))) {
  const done = spawnSync(process.execPath, [path.join(root, 'scripts/ensure.mjs')], { stdio: ['ignore', 2, 2] });
  if (done.status !== 0) process.exit(2);
}
if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
  const node = projectNode(root);
  if (node === undefined) {
    console.error(`bench: needs Node ${NEEDED_NODE}, this is ${process.versions.node}`);
    process.exit(2);
  }
  const done = spawnSync(node, [import.meta.filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(done.status ?? 2);
}

const { runBench } = await import('../bench/run-bench.ts');
const { ensureBuilt } = await import('./built.mjs');
const isStarting = !process.argv.includes('--only') || process.argv.some((arg) => arg.split(',').includes('start'));
const builtHost = isStarting && ensureBuilt(root) ? path.join(root, 'out/main/loopback-host.js') : undefined;
try {
  process.exit(await runBench(root, process.argv.slice(2), builtHost));
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}
