import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PROGRAM_FILES = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];
const UNIX_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-browser',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** An installed Chromium, Chrome or Edge, when there is a display to show it on. */
export function findBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform === 'linux' && env['DISPLAY'] === undefined && env['WAYLAND_DISPLAY'] === undefined) return undefined;
  const windows = PROGRAM_FILES.flatMap((name) => env[name] ?? []).flatMap((dir) => [path.join(dir, 'Google/Chrome/Application/chrome.exe'), path.join(dir, 'Microsoft/Edge/Application/msedge.exe')]);
  return [env['DESKMATE_CHROMIUM'] ?? '', ...UNIX_BROWSERS, ...windows].find((file) => file !== '' && existsSync(file));
}

/** Shows the address in a window without tabs and with a profile of its own, which goes with the window. */
export function openAppWindow(browser: string, url: string, onClosed: () => void): () => void {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'deskmate-window-'));
  const args = [`--app=${url}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const view = spawn(browser, args, { stdio: 'ignore' });
  view.on('error', onClosed);
  view.on('exit', () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    onClosed();
  });
  return () => void view.kill();
}
