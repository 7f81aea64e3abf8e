import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../../platform/errors.ts';
import { defaultStoreDir } from '../../platform/paths.ts';
import { findBrowser, openAppWindow } from './app-window.ts';
import { startLoopbackHost, type LoopbackHost } from './loopback-host.ts';

const USAGE = 'deskmate serve [--port N] [--data DIR] [--no-open]';

function readArgs() {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, data: { type: 'string' }, open: { type: 'boolean', default: process.env['DESKMATE_OPEN'] !== '0' }, help: { type: 'boolean' } },
    allowNegative: true,
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port must be 0 to 65535, not ${values.port}`);
  return { port, storeDir: path.resolve(values.data ?? defaultStoreDir()), isOpening: values.open, isHelp: values.help === true };
}

function startHost(port: number, storeDir: string): Promise<LoopbackHost> {
  const outDir = import.meta.dirname;
  const root = path.join(outDir, '../..');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return startLoopbackHost({
    port,
    rendererDir: path.join(outDir, '../renderer'),
    backendFile: path.join(outDir, 'backend.js'),
    start: { host: 'loopback', version, storeDir, modelsDir: path.join(root, 'models'), resourcesDir: path.join(root, 'resources'), outDir, hasSecretBox: false, forksInHost: false },
  });
}

async function main(): Promise<void> {
  const args = readArgs();
  if (args.isHelp) return console.log(USAGE);
  const host = await startHost(args.port, args.storeDir);
  let closeWindow = () => {};
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    closeWindow();
    await host.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  console.log(`Deskmate is at ${host.openUrl}`);
  const browser = args.isOpening ? findBrowser(process.env, process.platform) : undefined;
  if (browser !== undefined) closeWindow = openAppWindow(browser, host.openUrl, () => void stop());
}

await main().catch((error: unknown) => {
  console.error(`deskmate: ${messageOf(error)}\n${USAGE}`);
  process.exit(2);
});
