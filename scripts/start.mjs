import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './built.mjs';
import { electronBinary } from './electron-binary.mjs';

const INSTALL_WITHIN_MS = 120_000;
const root = path.join(import.meta.dirname, '..');

/** The Electron binary, or the reason why the loopback host is used. */
function chooseHost() {
  if (process.argv.includes('--loopback')) return { reason: 'asked for with --loopback' };
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return { reason: 'this machine has no display' };
  const binary = electronBinary(root) ?? fetchElectron();
  return binary === undefined ? { reason: 'the Electron binary could not be downloaded' } : { binary };
}

function fetchElectron() {
  const install = path.join(root, 'node_modules/electron/install.js');
  if (!existsSync(install)) return undefined;
  const got = spawnSync(process.execPath, [install], { cwd: root, timeout: INSTALL_WITHIN_MS, stdio: 'ignore' });
  return got.status === 0 ? electronBinary(root) : undefined;
}

if (!ensureBuilt(root)) process.exit(1);
const { binary, reason } = chooseHost();
const rest = process.argv.slice(2).filter((arg) => arg !== '--loopback');
const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
if (reason !== undefined) console.log(`Deskmate: using the loopback host (${reason}).`);
const child = binary === undefined
  ? spawn(process.execPath, [path.join(root, 'out/main/loopback-host.js'), ...rest], { cwd: root, stdio: 'inherit' })
  : spawn(binary, [...noSandbox, root, ...rest], { cwd: root, stdio: 'inherit' });

/** This process's ancestors as far as npm: npm runs us through a shell that outlives a killed npm. */
function ancestors() {
  if (process.platform !== 'linux' || process.env.npm_lifecycle_event === undefined) return [];
  const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
  return [Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])];
}

function isAlive(id) {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

// a start that was killed by its id takes its host with it
const parent = process.ppid;
const npm = ancestors();
setInterval(() => {
  if (process.ppid !== parent || !npm.every(isAlive)) child.kill('SIGTERM');
}, 500).unref();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
