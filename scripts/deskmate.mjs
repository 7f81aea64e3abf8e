#!/usr/bin/env node
// Runs the command line with the project's own Node 24; nothing but the command itself writes to stdout.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { NEEDED_NODE, projectNode } from './project-node.mjs';

const root = path.join(import.meta.dirname, '..');

function runAgain(node, args) {
  const done = spawnSync(node, args, { stdio: 'inherit' });
  process.exit(done.status ?? 1);
}

if (!existsSync(path.join(root, 'node_modules', 'vite'))) {
  const done = spawnSync(process.execPath, [path.join(root, 'scripts/ensure.mjs')], { stdio: ['ignore', 2, 2] });
  if (done.status !== 0) process.exit(done.status ?? 1);
}
const isOldNode = Number(process.versions.node.split('.')[0]) < NEEDED_NODE;
const node = isOldNode ? projectNode(root) : undefined;
if (node !== undefined) runAgain(node, [import.meta.filename, ...process.argv.slice(2)]);

const { ensureBuilt } = await import('./built.mjs');
if (!ensureBuilt(root)) process.exit(1);
const isServing = process.argv[2] === 'serve';
if (isServing) process.argv.splice(2, 1);
await import(pathToFileURL(path.join(root, 'out/main', isServing ? 'loopback-host.js' : 'cli.js')).href);
