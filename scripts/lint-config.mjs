// Writes .oxlintrc.json from the room table: an override's no-restricted-imports replaces any other, so every room gets one full list.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Rows of rooms, top to bottom. A room may import rows above its own and rooms to its left in its row (docs/ARCHITECTURE.md). */
export const ROOMS = [
  ['platform', 'text', 'db', 'jobs', 'files', 'engine', 'search'],
  ['access', 'catalogue', 'customers', 'conversations', 'knowledge'],
  ['insight', 'assist'],
  ['sync', 'importing'],
  ['app'],
  ['cli', 'hosts'],
];
export const FEATURES = ['desk', 'knowledge', 'import', 'settings'];

/** Packages and the only files that may import them. */
const PACKAGE_OWNERS = [
  { name: 'better-sqlite3', owners: ['src/main/db/**'], message: 'only db opens SQLite' },
  { name: '@huggingface/transformers', owners: ['src/main/engine/**'], message: 'only the engine process loads models' },
  { name: 'usearch', owners: ['src/main/engine/**'], message: 'only the engine process searches vectors' },
  { name: 'electron', owners: ['src/main/hosts/electron/**'], message: 'only the Electron host knows Electron' },
  { name: 'ws', owners: ['src/main/hosts/loopback/**'], message: 'only the loopback host opens sockets' },
];
const TEST_FILES = ['**/*.test.ts', '**/*.test.tsx', 'tests/**', 'e2e/**', 'bench/**'];

function ownedPackages(place) {
  return PACKAGE_OWNERS.filter(({ owners }) => !owners.includes(place)).map(({ name, message }) => ({ group: [name, `${name}/*`], message }));
}

function forbiddenRooms(row, column) {
  const allowed = new Set([...ROOMS.slice(0, row).flat(), ...ROOMS[row].slice(0, column + 1)]);
  return ROOMS.flat().filter((room) => !allowed.has(room));
}

function roomOverride(room, row, column) {
  const patterns = forbiddenRooms(row, column).map((other) => ({ group: [`**/../${other}/**`, `../${other}/**`, `**/main/${other}/**`], message: `${room} may not import ${other}: rows above and rooms to the left only` }));
  const place = `src/main/${room}/**`;
  const renderer = { group: ['**/renderer/**', 'react', 'react-dom', 'zustand'], message: 'main never imports the renderer' };
  return { files: [place], rules: { 'no-restricted-imports': ['error', { patterns: [...patterns, renderer, ...hostSplit(room)] }] } };
}

/** hosts/ and engine/ hold two owners each: the package lists are per subfolder, written after the room's own override. */
function hostSplit(room) {
  const exempt = { db: ['better-sqlite3'], engine: ['@huggingface/transformers', 'usearch'], hosts: ['electron', 'ws'] }[room] ?? [];
  return PACKAGE_OWNERS.filter(({ name }) => !exempt.includes(name)).map(({ name, message }) => ({ group: [name, `${name}/*`], message }));
}

function hostOverrides() {
  const row = ROOMS.findIndex((rooms) => rooms.includes('hosts'));
  const rooms = forbiddenRooms(row, ROOMS[row].indexOf('hosts'));
  return ['electron', 'loopback'].map((host) => {
    const other = host === 'electron' ? 'loopback' : 'electron';
    const banned = PACKAGE_OWNERS.filter(({ owners }) => !owners.includes(`src/main/hosts/${host}/**`));
    const patterns = [
      ...rooms.map((room) => ({ group: [`**/main/${room}/**`, `**/../${room}/**`], message: `hosts may not import ${room}` })),
      { group: [`**/hosts/${other}/**`, `**/../${other}/**`], message: 'the hosts do not know each other' },
      { group: ['**/renderer/**', 'react', 'react-dom', 'zustand'], message: 'main never imports the renderer' },
      ...banned.map(({ name, message }) => ({ group: [name, `${name}/*`], message })),
    ];
    return { files: [`src/main/hosts/${host}/**`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
  });
}

function sharedOverride() {
  const patterns = [
    { group: ['node:*', '**/main/**', '**/renderer/**', 'react', 'react-dom', 'zustand'], message: 'shared is pure: no Node, no DOM, no room' },
    ...ownedPackages('src/shared/**'),
  ];
  return { files: ['src/shared/**'], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

const rendererPatterns = () => [
  { group: ['node:*', '**/main/**'], message: 'the renderer talks to main only through the contract in src/shared' },
  ...ownedPackages('src/renderer/**'),
];

function rendererOverrides() {
  const base = { files: ['src/renderer/**'], rules: { 'no-restricted-imports': ['error', { patterns: rendererPatterns() }] } };
  const features = FEATURES.map((feature) => {
    const others = FEATURES.filter((other) => other !== feature).map((other) => ({ group: [`**/features/${other}/**`, `**/../${other}/**`], message: `feature ${feature} may not import feature ${other}` }));
    return { files: [`src/renderer/features/${feature}/**`], rules: { 'no-restricted-imports': ['error', { patterns: [...rendererPatterns(), ...others] }] } };
  });
  return [base, ...features];
}

/** Tests may use sockets, SQLite and the model directly: they are the real implementations the tests assert on. */
const testOverride = { files: TEST_FILES, rules: { 'no-restricted-imports': 'off', 'max-lines-per-function': 'off', 'typescript/no-unsafe-type-assertion': 'off' } };

export function oxlintConfig() {
  return {
    $schema: './node_modules/oxlint/configuration_schema.json',
    plugins: ['typescript', 'react', 'jsx-a11y', 'import', 'unicorn', 'vitest', 'promise'],
    categories: { correctness: 'error' },
    options: { typeAware: true },
    rules: {
      'typescript/no-floating-promises': 'error',
      'typescript/no-misused-promises': 'error',
      'typescript/no-explicit-any': 'error',
      'typescript/switch-exhaustiveness-check': 'error',
      'typescript/consistent-type-imports': 'error',
      'import/no-cycle': 'error',
      'import/no-default-export': 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60 }],
      complexity: ['error', { max: 12 }],
      'react/react-in-jsx-scope': 'off',
      'typescript/unbound-method': 'off',
      'vitest/require-mock-type-parameters': 'off',
      'jsx-a11y/prefer-tag-over-role': 'off',
      'typescript/no-base-to-string': 'off',
    },
    overrides: [
      ...ROOMS.flatMap((rooms, row) => rooms.map((room, column) => roomOverride(room, row, column))),
      ...hostOverrides(),
      sharedOverride(),
      ...rendererOverrides(),
      testOverride,
      { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    ],
    ignorePatterns: ['out', 'dist', 'coverage', 'test-results', 'models'],
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = process.argv[2] ?? path.join(import.meta.dirname, '..', '.oxlintrc.json');
  writeFileSync(file, JSON.stringify(oxlintConfig(), null, 2) + '\n');
}
