import { existsSync } from 'node:fs';
import path from 'node:path';

const programFiles = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']].filter((dir) => dir !== undefined);
const candidates = [
  process.env['DESKMATE_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-browser',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...programFiles.flatMap((dir) => [path.join(dir, 'Google/Chrome/Application/chrome.exe'), path.join(dir, 'Microsoft/Edge/Application/msedge.exe')]),
];

/** The first installed Chromium, Chrome or Edge, or undefined. */
export function chromiumPath() {
  return candidates.find((file) => file !== undefined && existsSync(file));
}
