// Writes .oxlintrc.json from the room table: an override's no-restricted-imports replaces any other, so every room gets one full list.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Rows of rooms, top to bottom. A room may import rows above its own and rooms to its left in its row (docs/ARCHITECTURE.md). */
export const ROOMS = [
  ['platform', 'text', 'db', 'jobs', 'files', 'engine', 'search', 'models'],
  ['access', 'catalogue', 'customers', 'conversations', 'knowledge', 'packs'],
  ['insight', 'assist', 'tuning'],
  ['practice'],
  ['sync', 'importing'],
  ['app'],
  ['cli', 'hosts'],
];
export const FEATURES = ['desk', 'knowledge', 'products', 'import', 'search', 'settings', 'trust'];
const HOSTS = ['electron', 'loopback'];

/** Packages that only the named folders may import. */
const PACKAGE_OWNERS = [
  { name: 'better-sqlite3', owner: 'src/main/db', message: 'only db opens SQLite' },
  { name: '@huggingface/transformers', owner: 'src/main/engine', message: 'only the engine process loads models' },
  { name: 'usearch', owner: 'src/main/engine', message: 'only the engine process searches vectors' },
  { name: 'electron', owner: 'src/main/hosts/electron', message: 'only the Electron host knows Electron' },
  { name: 'ws', owner: 'src/main/hosts/loopback', message: 'only the loopback host opens sockets' },
];
const PAGE_PACKAGES = ['react', 'react-dom', 'zustand'];
const TEST_FILES = ['**/*.test.ts', '**/*.fixture.ts', '**/*.test.tsx', 'tests/**', 'e2e/**', 'bench/**'];

/**
 * One ban: what the linter matches, what it says, and an import that breaks it in a file right inside the folder.
 * Regular expressions, because the linter's globs match a package name in the middle of a path as well.
 */
function banPackage(name, message) {
  return { regex: `^${name.replaceAll('.', '\\.')}(/|$)`, message, sample: name };
}

function banFolder(pathParts, sample, message) {
  return { regex: `^(\\.\\./)+(${pathParts.slice(0, -1).map((part) => `${part}/`).join('')})?${pathParts.at(-1)}/`, message, sample };
}

/** `depth`: how many folders below `src` the banned folder is seen from. */
function banRenderer(depth) {
  const up = '../'.repeat(depth);
  const message = 'main and shared never import the page';
  return [banFolder(['renderer'], `${up}renderer/x.ts`, message), ...PAGE_PACKAGES.map((name) => banPackage(name, message))];
}

function banOwnedPackages(place) {
  return PACKAGE_OWNERS.filter(({ owner }) => owner !== place).map(({ name, message }) => banPackage(name, message));
}

function forbiddenRooms(room) {
  const row = ROOMS.findIndex((rooms) => rooms.includes(room));
  const allowed = new Set([...ROOMS.slice(0, row).flat(), ...ROOMS[row].slice(0, ROOMS[row].indexOf(room) + 1)]);
  return ROOMS.flat().filter((other) => !allowed.has(other));
}

function roomBans(room) {
  const rooms = forbiddenRooms(room).map((other) => banFolder(['main', other], `../${other}/x.ts`, `${room} may not import ${other}: rows above and rooms to the left only`));
  return { place: `src/main/${room}`, bans: [...rooms, ...banRenderer(2), ...banOwnedPackages(`src/main/${room}`)] };
}

/** The two hosts hold one owner each and do not know each other; their list replaces that of the room. */
function hostBans(host) {
  const other = HOSTS.find((name) => name !== host);
  const place = `src/main/hosts/${host}`;
  const rooms = forbiddenRooms('hosts').map((room) => banFolder(['main', room], `../../${room}/x.ts`, `hosts may not import ${room}`));
  return { place, bans: [...rooms, banFolder(['hosts', other], `../${other}/x.ts`, 'the hosts do not know each other'), ...banRenderer(3), ...banOwnedPackages(place)] };
}

function sharedBans() {
  const message = 'shared is pure: no Node, no DOM, no room';
  const place = 'src/shared';
  return { place, bans: [{ regex: '^node:', message, sample: 'node:fs' }, banFolder(['main'], '../main/x.ts', message), ...banRenderer(1), ...banOwnedPackages(place)] };
}

/** Every folder of the page; the page has no Node and knows main only by the contract. */
function pageBans(depth) {
  const message = 'the page talks to main only through the contract in src/shared';
  return [{ regex: '^node:', message, sample: 'node:fs' }, banFolder(['main'], `${'../'.repeat(depth)}main/x.ts`, message), ...banOwnedPackages('src/renderer')];
}

function featureBans(feature) {
  const others = FEATURES.filter((other) => other !== feature).map((other) => banFolder(['features', other], `../${other}/x.ts`, `feature ${feature} may not import feature ${other}`));
  return { place: `src/renderer/features/${feature}`, bans: [...pageBans(3), ...others] };
}

/** Every folder with bans of its own; a later one replaces an earlier one that holds it. */
export function placesWithBans() {
  return [
    ...ROOMS.flat().map(roomBans),
    ...HOSTS.map(hostBans),
    sharedBans(),
    { place: 'src/renderer', bans: pageBans(1) },
    ...['base', 'ui', 'connection'].map((name) => ({
      place: `src/renderer/${name}`,
      bans: [...pageBans(2), ...['features', 'app'].map((other) => banFolder([other], `../${other}/x.ts`, `${name} is what the features stand on`))],
    })),
    ...FEATURES.map(featureBans),
  ];
}

function banOverride({ place, bans }) {
  const patterns = bans.map(({ regex, message }) => ({ regex, message }));
  return { files: [`${place}/**`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
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
      // texts are spread into code points on purpose
      'typescript/no-misused-spread': 'off',
      // the React compiler, which this rule is about, is not used
      'react/incompatible-library': 'off',
    },
    overrides: [
      ...placesWithBans().map(banOverride),
      testOverride,
      { files: ['*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    ],
    ignorePatterns: ['out', 'dist', 'coverage', 'test-results', '/models'],
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = process.argv[2] ?? path.join(import.meta.dirname, '..', '.oxlintrc.json');
  writeFileSync(file, JSON.stringify(oxlintConfig(), null, 2) + '\n');
}
