/** A ban that never fires is no ban: one violation per rule is planted in a copy of the layout, and the linter is run on it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { oxlintConfig, placesWithBans, ROOMS } from '../../scripts/lint-config.mjs';

const root = path.join(import.meta.dirname, '../..');
type Finding = { code: string; help?: string; filename: string };

/** House rules that are not about imports, each with the smallest thing that breaks it. */
const HOUSE: Record<string, string> = {
  'typescript/no-floating-promises': 'export function plant(): void {\n  Promise.resolve(1);\n}\n',
  'typescript/no-misused-promises': 'export function plant(): void {\n  setTimeout(async () => {\n    await Promise.resolve();\n  }, 1);\n}\n',
  'typescript/no-explicit-any': 'export function plant(value: any): string {\n  return String(value);\n}\n',
  'typescript/switch-exhaustiveness-check': "export function plant(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n",
  'typescript/consistent-type-imports': "import { Clock } from './type.ts';\nexport function plant(clock: Clock): number {\n  return clock.nowMs;\n}\n",
  'import/no-cycle': "import { two } from './two.ts';\nexport function one(): number {\n  return two();\n}\n",
  'import/no-default-export': 'export default function plant(): number {\n  return 1;\n}\n',
  'max-lines': Array.from({ length: 401 }, (_, line) => `export const plant${line} = ${line};\n`).join(''),
  'max-lines-per-function': `export function plant(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(60)}  return sum;\n}\n`,
  complexity: `export function plant(n: number): number {\n${Array.from({ length: 12 }, (_, i) => `  if (n === ${i}) return ${i + 1};\n`).join('')}  return 0;\n}\n`,
};

let dir: string;
let findings: Finding[];
const planted = new Map<string, string>();
const allowed: [file: string, specifier: string][] = [
  ['src/main/assist/a.ts', '../insight/x.ts'],
  ['src/main/tuning/a.ts', '../assist/x.ts'],
  ['src/main/practice/a.ts', '../assist/x.ts'],
  ['src/main/sync/a.ts', '../practice/x.ts'],
  ['src/main/app/a.ts', '../importing/x.ts'],
  ['src/main/app/b.ts', '@orpc/server/ws'],
  ['src/main/app/c.ts', '../assist/x.ts'],
  ['src/main/hosts/electron/a.ts', 'electron'],
  ['src/main/hosts/electron/b.ts', '../../app/x.ts'],
  ['src/main/hosts/loopback/a.ts', 'ws'],
  ['src/main/hosts/loopback/b.ts', '../electron-words.ts'],
  ['src/main/db/a.ts', 'better-sqlite3'],
  ['src/main/engine/a.ts', 'usearch'],
  ['src/main/insight/loyalty/a.ts', '../../customers/x.ts'],
  ['src/renderer/features/desk/a.ts', '../../base/x.ts'],
  ['src/renderer/app/a.ts', '../features/desk/x.ts'],
];

function plant(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
  writeFileSync(path.join(dir, file), text);
}

function runLinter(): Finding[] {
  const done = spawnSync(process.execPath, [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', 'src'], { cwd: dir, timeout: 50_000, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return (JSON.parse(done.stdout) as { diagnostics: Finding[] }).diagnostics;
}

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-lint-'));
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'tsconfig.base.json', 'tsconfig.node.json', 'tsconfig.web.json']) cpSync(path.join(root, name), path.join(dir, name));
  symlinkSync(path.join(root, 'node_modules'), path.join(dir, 'node_modules'));
  for (const { place, bans } of placesWithBans()) {
    bans.forEach(({ sample, message }, index) => {
      const file = `${place}/plant-${index}.ts`;
      plant(file, `export * from '${sample}';\n`);
      planted.set(file, message);
    });
  }
  for (const [file, specifier] of allowed) plant(file, `export * from '${specifier}';\n`);
  for (const [rule, text] of Object.entries(HOUSE)) plant(`src/main/platform/house/${rule.replace('/', '-')}/one.ts`, text);
  plant('src/main/platform/house/import-no-cycle/two.ts', "import { one } from './one.ts';\nexport function two(): number {\n  return one();\n}\n");
  plant('src/main/platform/house/typescript-consistent-type-imports/type.ts', 'export type Clock = { nowMs: number };\n');
  findings = runLinter();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('the committed configuration is the generated one', () => {
  expect(JSON.parse(readFileSync(path.join(root, '.oxlintrc.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(oxlintConfig())));
});

it('every import ban fires once, with its own message, and nothing else does', () => {
  const fired = findings.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename, help }) => [filename, help]);
  expect(Object.fromEntries(fired)).toEqual(Object.fromEntries(planted));
  expect(fired).toHaveLength(planted.size);
  expect(planted.size).toBe(oxlintConfig().overrides.flatMap(({ rules }) => (Array.isArray(rules['no-restricted-imports']) ? (rules['no-restricted-imports'] as [string, { patterns: unknown[] }])[1].patterns : [])).length);
});

it('every room has its list', () => {
  const places = placesWithBans().map(({ place }) => place);
  expect(ROOMS.flat().filter((room) => !places.includes(`src/main/${room}`))).toEqual([]);
});

it('every house rule fires', () => {
  const errors = Object.entries(oxlintConfig().rules).filter(([, level]) => level !== 'off').map(([rule]) => rule);
  expect(Object.keys(HOUSE).toSorted()).toEqual(errors.toSorted());
  const silent = errors.filter((rule) => !findings.some(({ filename, code }) => filename.includes(`house/${rule.replace('/', '-')}/`) && code.includes(`(${rule.split('/').at(-1)})`)));
  expect(silent).toEqual([]);
});
