// Runs on whatever Node the machine has (20 or later): no dependency may be imported here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromiumPath } from './chromium.mjs';

const root = path.join(import.meta.dirname, '..');
const stamp = path.join(root, 'node_modules', '.deskmate-lock');

function installPackages() {
  const lock = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('deskmate: installing packages (npm ci), once');
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status !== 0) process.exit(done.status ?? 1);
  writeFileSync(stamp, lock);
}

function installChromium() {
  if (chromiumPath() !== undefined) return;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('deskmate: installing chromium for the browser tests (apt-get), once');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env });
    const done = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { stdio: 'inherit', env });
    if (done.status === 0) return;
    process.exit(done.status ?? 1);
  }
  console.error('deskmate: the browser tests need Chromium, Chrome or Edge; install one (or set DESKMATE_CHROMIUM to its path) and run again');
  process.exit(1);
}

installPackages();
if (process.argv.includes('--tests')) installChromium();
