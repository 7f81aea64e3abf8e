// Runs every check and every test, goes on after a failure, and ends with one line that sums them up.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { electronBinary } from './electron-binary.mjs';

const root = path.join(import.meta.dirname, '..');
const results = path.join(root, 'test-results');
const vitestReport = path.join(results, 'vitest.json');
const playwrightReport = path.join(results, 'e2e.json');
const totals = { passed: 0, failed: 0 };
const notRun = [];

function run(name, args) {
  const startedAt = performance.now();
  console.log(`\n== ${name}`);
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  console.log(`== ${name}: ${done.status === 0 ? 'ok' : 'FAILED'} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  return done.status === 0;
}

function bin(packageName, file) {
  return path.join(root, 'node_modules', packageName, file);
}

/** Beside others: what it says comes in one piece, when it is done. */
async function check(name, args) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => said.push(piece));
  const [status] = await once(child, 'close');
  console.log(`\n== ${name}`);
  process.stdout.write(Buffer.concat(said));
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (status === 0) totals.passed += 1;
  else totals.failed += 1;
  return status === 0;
}

async function lintAndBuild() {
  await check('lint', [bin('oxlint', 'bin/oxlint'), '--quiet']);
  await check('unused code', [bin('knip', 'bin/knip.js'), '--no-progress']);
  return check('build', [bin('vite', 'bin/vite.js'), 'build', '--app', '--logLevel', 'warn']);
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** A runner that failed without a failed test (a file that does not load, a crash) still counts as one failure. */
function add(name, isOk, counts) {
  totals.passed += counts.passed;
  totals.failed += counts.failed === 0 && !isOk ? 1 : counts.failed;
  if (counts.skipped > 0) notRun.push(`${name}: ${counts.skipped} skipped`);
}

function vitest() {
  const isOk = run('vitest', [bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]);
  const report = readReport(vitestReport);
  const broken = report?.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) ?? [];
  add('vitest', isOk, { passed: report?.numPassedTests ?? 0, failed: (report?.numFailedTests ?? 0) + broken.length, skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0) });
}

function skippedTitles(suites) {
  return suites.flatMap((suite) => [
    ...skippedTitles(suite.suites ?? []),
    ...(suite.specs ?? []).flatMap((spec) => spec.tests.filter((test) => test.status === 'skipped').map((test) => test.annotations.find(({ type }) => type === 'skip')?.description ?? spec.title)),
  ]);
}

function playwright() {
  const isOk = run('playwright', [bin('@playwright/test', 'cli.js'), 'test']);
  const report = readReport(playwrightReport);
  add('playwright', isOk, { passed: (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0), failed: report?.stats.unexpected ?? 0, skipped: 0 });
  notRun.push(...skippedTitles(report?.suites ?? []));
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const [, isBuilt] = await Promise.all([check('types', [bin('typescript', 'bin/tsc'), '-b']), lintAndBuild()]);
vitest();
if (isBuilt) playwright();
else notRun.push('playwright: the build failed');
if (electronBinary(root) === undefined && !notRun.some((line) => line.includes('Electron'))) notRun.push('the Electron window: no Electron binary on this machine (npx install-electron)');
console.log('');
for (const line of notRun) console.log(line.startsWith('NOT RUN') ? line : `NOT RUN: ${line}`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
