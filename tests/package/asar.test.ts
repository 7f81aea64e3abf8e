/** Packages the product offline around a stand-in for Electron's own files and looks at what went in. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPackage, extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../scripts/built.mjs';

const root = path.join(import.meta.dirname, '../..');
const target = `${process.platform}-${process.arch}`;
/** The stand-in has the shape of the Linux zip. */
const canPackage = process.platform === 'linux';

let dir: string;
let app: string;
let packed: string[];
let unpacked: string[];

async function makeElectronStandIn(folder: string): Promise<void> {
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  for (const name of ['electron', 'version', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'chrome_crashpad_handler']) writeFileSync(path.join(folder, name), 'v45.4.1', { mode: 0o755 });
  const empty = path.join(folder, 'default-app');
  mkdirSync(empty);
  writeFileSync(path.join(empty, 'package.json'), '{"name":"default","version":"0.0.0","main":"main.js"}');
  await createPackage(empty, path.join(folder, 'resources', 'default_app.asar'));
  rmSync(empty, { recursive: true });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

describe.skipIf(!canPackage)('the package', () => {
  beforeAll(async () => {
    if (!ensureBuilt(root)) throw new Error('the build failed');
    dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-package-'));
    const standIn = path.join(dir, 'electron');
    await makeElectronStandIn(standIn);
    const args = ['--dir', '--linux', `--${process.arch}`, `-c.electronDist=${standIn}`, `-c.directories.output=${path.join(dir, 'dist')}`];
    const done = spawnSync(process.execPath, [path.join(root, 'node_modules/electron-builder/cli.js'), ...args], { cwd: root, encoding: 'utf8', timeout: 110_000 });
    if (done.status !== 0) throw new Error(done.stdout + done.stderr);
    const made = readdirSync(path.join(dir, 'dist')).find((name) => name.endsWith('unpacked')) ?? '';
    app = path.join(dir, 'dist', made, 'resources');
    packed = listPackage(path.join(app, 'app.asar'), { isPack: false }).map((name) => name.replaceAll('\\', '/').slice(1));
    unpacked = filesIn(path.join(app, 'app.asar.unpacked'));
  }, 120_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('holds every entry, the page and the notices', () => {
    const needed = ['package.json', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'out/preload/preload.cjs', 'out/renderer/index.html', ...['electron-main', 'backend', 'engine', 'parser', 'adapter', 'measure', 'cli'].map((name) => `out/main/${name}.js`)];
    expect(needed.filter((name) => !packed.includes(name))).toEqual([]);
    expect(JSON.parse(extractFile(path.join(app, 'app.asar'), 'package.json').toString())).toMatchObject({ main: 'out/main/electron-main.js', type: 'module' });
  });

  it('holds the native packages and keeps their builds outside the archive', () => {
    const needed = ['node_modules/better-sqlite3/lib/index.js', 'node_modules/usearch/javascript/dist/esm/usearch.js', 'node_modules/node-gyp-build/index.js', 'node_modules/@huggingface/transformers/dist/transformers.node.mjs', 'node_modules/onnxruntime-node/dist/index.js', 'node_modules/onnxruntime-common/package.json', 'node_modules/sharp/package.json'];
    expect(needed.filter((name) => !packed.includes(name))).toEqual([]);
    const bin = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}`;
    const native = [`node_modules/better-sqlite3/prebuilds/${target}.node`, `node_modules/usearch/prebuilds/${target}/usearch.node`, `${bin}/onnxruntime_binding.node`];
    expect(native.filter((name) => !unpacked.includes(name))).toEqual([]);
    expect(unpacked.filter((name) => name.startsWith(bin) && name.includes('libonnxruntime.so'))).not.toEqual([]);
  });

  it('holds no build of another system', () => {
    const prebuilds = packed.filter((name) => name.endsWith('.node') && !name.startsWith('node_modules/@img/'));
    const foreign = prebuilds.filter((name) => !name.includes(target) && !name.includes(`${process.platform}/${process.arch}`));
    expect(foreign).toEqual([]);
    expect(packed.filter((name) => /\.(dll|dylib|exe)$/.test(name))).toEqual([]);
  });

  it('holds no source, no test, no map and no Node', () => {
    const unwanted = /^(src|tests|e2e|bench|scripts|docs|models|resources|\.ci)(\/|$)|^node_modules\/(node-(linux|win|darwin)-|node-addon-api|electron|vite|vitest|onnxruntime-web|@types\/)|\.(map|tsx?|cpp|hpp|gyp)$|\.test\.[cm]?js$/;
    expect(packed.filter((name) => unwanted.test(name))).toEqual([]);
  });

  it('carries the models and the shipped files beside the archive', () => {
    for (const id of ['deskmate-embed-2', 'deskmate-embed-1']) expect(existsSync(path.join(app, 'models', id, 'config.json'))).toBe(true);
    expect(existsSync(path.join(app, 'models/training'))).toBe(false);
    expect(readdirSync(path.join(app, 'resources')).length).toBeGreaterThan(0);
  });
});
