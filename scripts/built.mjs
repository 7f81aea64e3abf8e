// Builds out/ when it is missing or older than its sources; used by start, deskmate and the end-to-end tests.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import path from 'node:path';

const SOURCES = ['src', 'vite.config.ts', 'package-lock.json'];
const PRODUCTS = ['out/renderer/index.html', 'out/main/loopback-host.js', 'out/main/backend.js', 'out/main/cli.js', 'out/preload/preload.cjs'];
const LOCK_STALE_MS = 120_000;

function newestMs(file) {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // the folder's own time tells of files that were deleted
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newestMs(path.join(file, name))));
}

export function isBuilt(root) {
  const products = PRODUCTS.map((name) => path.join(root, name));
  if (!products.every((file) => existsSync(file))) return false;
  const builtMs = Math.min(...products.map((file) => statSync(file).mtimeMs));
  return SOURCES.every((name) => newestMs(path.join(root, name)) <= builtMs);
}

/** Two commands started at once must not empty out/ under each other. */
function takeLock(lock) {
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > LOCK_STALE_MS) rmdirSync(lock);
    Atomics.wait(wait, 0, 0, 200);
  }
}

/** What the build says goes to stderr, because stdout may be somebody's JSON. Answers false when the build failed. */
export function ensureBuilt(root) {
  if (isBuilt(root)) return true;
  const cache = path.join(root, 'node_modules', '.cache');
  const lock = path.join(cache, 'deskmate-build.lock');
  mkdirSync(cache, { recursive: true });
  takeLock(lock);
  try {
    if (isBuilt(root)) return true;
    console.error('deskmate: building, once');
    // asked for by a test runner, the environment says 'test', and the page would get React's slow development build
    const env = { ...process.env, NODE_ENV: 'production' };
    const built = spawnSync(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], { cwd: root, env, stdio: ['ignore', 2, 2] });
    return built.status === 0;
  } finally {
    rmdirSync(lock);
  }
}
