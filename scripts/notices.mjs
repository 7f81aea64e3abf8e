// Writes THIRD-PARTY-NOTICES.md: every package that is bundled into out/ or shipped in the app's node_modules, with its licence text.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.join(import.meta.dirname, '..');
const IMPORTS = /(?:from|import)\s*\(?\s*['"]([^'"./][^'"]*)['"]/g;
const NOT_BUILT = /\.(test|fixture|test-process)\.tsx?$|[\\/]testing[\\/]/;
/** Node builds for npm scripts, and what only stands in the tree for other uses of a shipped package; none of it is shipped. */
const NOT_SHIPPED = /^(node-(linux|win|darwin)-|onnxruntime-web$|node-addon-api$|@types\/|electron$)/;

function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !NOT_BUILT.test(file));
}

function packageOf(specifier) {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Packages that the sources import; what is bundled is found this way without a build. */
function importedPackages() {
  const found = new Set();
  for (const file of sourceFiles(path.join(root, 'src'))) {
    const names = [...readFileSync(file, 'utf8').matchAll(IMPORTS)].map(([, specifier]) => packageOf(specifier));
    // what imports the test runner is a test's helper and is never bundled
    if (!names.includes('vitest')) for (const name of names) found.add(name);
  }
  return found;
}

/** Where `name` resolves to when required from the package at `from`, as npm lays the tree out. */
function resolveIn(lock, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const key = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (lock.packages[key] !== undefined) return key;
    if (at === '') return undefined;
  }
}

function shippedPackages(lock) {
  const own = lock.packages[''];
  const queue = [...importedPackages(), ...Object.keys(own.dependencies)].map((name) => resolveIn(lock, '', name)).filter((key) => key !== undefined);
  const shipped = new Set();
  while (queue.length > 0) {
    const key = queue.pop();
    const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (shipped.has(key) || NOT_SHIPPED.test(name)) continue;
    shipped.add(key);
    const { dependencies = {}, optionalDependencies = {} } = lock.packages[key];
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = resolveIn(lock, key, next);
      if (found !== undefined) queue.push(found);
    }
  }
  return [...shipped].toSorted(inOrder);
}

/** By code unit, so that every machine writes the same file. */
function inOrder(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function licenceText(folder) {
  if (!existsSync(folder)) return '';
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)([.-].*)?$/i.test(name)).toSorted(inOrder);
  return names.map((name) => readFileSync(path.join(folder, name), 'utf8').trim()).join('\n\n');
}

/** Packages for other systems are not installed here: their text is that of the licence named in the lock file. */
export function notices() {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const texts = new Map();
  for (const key of shippedPackages(lock)) {
    const entry = lock.packages[key];
    const name = entry.name ?? key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const isForeign = entry.os !== undefined || entry.cpu !== undefined || entry.libc !== undefined;
    const text = isForeign ? '' : licenceText(path.join(root, key));
    const licence = entry.license ?? 'see its own text';
    const group = text === '' ? `Licence: ${licence}. The package carries no text of its own.` : text;
    texts.set(group, [...(texts.get(group) ?? []), `${name} ${entry.version} (${licence})`]);
  }
  const parts = [...texts].map(([text, names]) => `## ${[...new Set(names)].toSorted(inOrder).join(', ')}\n\n\`\`\`text\n${text.replaceAll('```', "'''").replaceAll('\r', '')}\n\`\`\`\n`).toSorted(inOrder);
  const head = '# Third-party notices\n\nDeskmate contains or ships the following packages. Written by `npm run notices`. The desktop app also holds Electron and Chromium, whose notices lie beside the program (`LICENSE`, `LICENSES.chromium.html`).\n';
  return [head, ...parts].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(path.join(root, 'THIRD-PARTY-NOTICES.md'), notices());
