// Runs the long suite (quality figures, big files, packaging) and writes what came of it to docs/test-long.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from './built.mjs';

const root = path.join(import.meta.dirname, '..');
const report = path.join(root, 'test-results', 'long.json');
/** Tests append their figures here, one JSON object a line: {"name","value","unit"?,"target"?}. */
const figuresFile = path.join(root, 'test-results', 'long-figures.jsonl');

function readFigures() {
  if (!existsSync(figuresFile)) return [];
  return readFileSync(figuresFile, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

function page(tests, figures, startedAt, seconds, isOk) {
  const rows = tests.map(({ file, title, status, ms }) => `| ${file} | ${title.replaceAll('|', '\\|')} | ${status} | ${(ms / 1000).toFixed(1)} |`);
  const values = figures.map(({ name, value, unit, target }) => `| ${name} | ${value}${unit === undefined ? '' : ` ${unit}`} | ${target ?? ''} |`);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  return [
    '# Long tests',
    '',
    'Written by `npm run test:long`.',
    '',
    `- Date: ${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- Machine: ${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(os.totalmem() / 1024 ** 3)} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`,
    `- Outcome: ${isOk ? 'passed' : 'FAILED'}, ${passed} of ${tests.length} tests, ${seconds.toFixed(0)} s`,
    '',
    ...(values.length === 0 ? [] : ['| Figure | Value | Target |', '|---|---|---|', ...values, '']),
    '| File | Test | Outcome | Seconds |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}

/** The end-to-end specs in every language, theme and size; a word after `npm run test:long --` chooses vitest files only and leaves them out. */
function walkEverywhere() {
  if (process.argv.length > 2) return [];
  const file = path.join(root, 'test-results/e2e.json');
  rmSync(file, { force: true });
  spawnSync(process.execPath, [path.join(root, 'node_modules/@playwright/test/cli.js'), 'test'], { cwd: root, stdio: 'inherit', env: { ...process.env, DESKMATE_WIDE: '1' } });
  if (!existsSync(file)) return [{ file: 'e2e', title: 'playwright did not run', status: 'failed', ms: 0 }];
  const status = { expected: 'passed', flaky: 'passed', skipped: 'skipped', unexpected: 'failed' };
  return JSON.parse(readFileSync(file, 'utf8')).suites.flatMap(specsOf).map((spec) => ({
    file: `e2e/${spec.file}`, title: spec.title, status: status[spec.tests[0]?.status] ?? 'failed', ms: spec.tests[0]?.results.reduce((sum, { duration }) => sum + duration, 0) ?? 0,
  }));
}

rmSync(report, { force: true });
rmSync(figuresFile, { force: true });
mkdirSync(path.dirname(report), { recursive: true });
if (!ensureBuilt(root)) process.exit(1);
const startedAt = new Date();
const done = spawnSync(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'node', '--project', 'browser', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, DESKMATE_LONG: '1', DESKMATE_FIGURES: figuresFile },
});
const tests = !existsSync(report) ? [] : JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap((file) =>
  file.assertionResults.map((test) => ({ file: path.relative(root, file.name), title: test.fullName, status: test.status, ms: test.duration ?? 0 })));
tests.push(...walkEverywhere());
const failed = tests.filter(({ status }) => status === 'failed').length;
const isOk = done.status === 0 && failed === 0;
writeFileSync(path.join(root, 'docs/test-long.md'), page(tests, readFigures(), startedAt, (Date.now() - startedAt.getTime()) / 1000, isOk));
console.log('written to docs/test-long.md');
console.log(`${tests.filter(({ status }) => status === 'passed').length} passed, ${failed === 0 && !isOk ? 1 : failed} failed`);
process.exitCode = isOk ? 0 : 1;
