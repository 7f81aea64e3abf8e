import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { ensureBuilt } from '../scripts/built.mjs';
import { fillStore, filesDirOf, type ShopKind } from './stores.ts';

const root = path.join(import.meta.dirname, '..');

export type RunningHost = {
  /** Carries the one-time token: one `page.goto` a host; later pages of the same context use `origin`. */
  url: string;
  origin: string;
  storeDir: string;
  /** From the start of the process to its printed address. */
  coldStartMs: number;
  pid: number;
};

/** Starts the built loopback host over a store of the kind `shop`, and stops it after the test. */
export const test = base.extend<{ host: RunningHost; shop: ShopKind }>({
  shop: ['empty', { option: true }],
  host: async ({ shop }, use) => {
    if (!ensureBuilt(root)) throw new Error('the build failed');
    const storeDir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-e2e-'));
    fillStore(storeDir, shop);
    const startedAt = performance.now();
    const child = spawn(process.execPath, [path.join(root, 'out/main/loopback-host.js'), '--data', storeDir, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((done, fail) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const [found] = /http:\S+/.exec(text) ?? [];
        if (found !== undefined) done(found);
      });
      child.once('exit', (code) => fail(new Error(`the host ended with ${code}`)));
    });
    await use({ url, origin: new URL(url).origin, storeDir, coldStartMs: performance.now() - startedAt, pid: child.pid ?? 0 });
    const exited = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await exited;
    rmSync(storeDir, { recursive: true, force: true });
    rmSync(filesDirOf(storeDir), { recursive: true, force: true });
  },
});
export { expect } from '@playwright/test';
