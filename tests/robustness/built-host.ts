// The built loopback host as a process of its own, reached the way the page reaches it.
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket as NodeSocket } from 'ws';
import { createConnection, type Connection } from '../../src/renderer/connection/connection.ts';
import { createLoopbackTransport } from '../../src/renderer/connection/loopback.transport.ts';
import { ensureBuilt } from '../../scripts/built.mjs';

const projectDir = path.join(import.meta.dirname, '../..');

/** `cookie` is what the one-time address was traded for: another page of the same rep may use it. */
export type BuiltHost = { pid: number; origin: string; cookie: { name: string; value: string }; connection: Connection; process: ChildProcess };

/** A copy of the build, made first when it is missing or old: another build meanwhile must not take the entries away. */
export function copyBuild(dir: string): string {
  if (!ensureBuilt(projectDir)) throw new Error('the build failed');
  mkdirSync(dir, { recursive: true });
  cpSync(path.join(projectDir, 'out'), path.join(dir, 'out'), { recursive: true });
  for (const name of ['models', 'resources', 'node_modules', 'package.json']) symlinkSync(path.join(projectDir, name), path.join(dir, name));
  return dir;
}

/** Starts it and walks through its door: printed one-time address, cookie, WebSocket. */
export async function startBuiltHost(buildDir: string, storeDir: string): Promise<BuiltHost> {
  const child = spawn(process.execPath, [path.join(buildDir, 'out/main/loopback-host.js'), '--data', storeDir, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const openUrl = await printedAddress(child);
  const { origin } = new URL(openUrl);
  const opened = await fetch(openUrl, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const connection = createConnection(
    createLoopbackTransport({
      origin,
      createSocket(url) {
        const socket = new NodeSocket(url, { headers: { cookie }, origin });
        // a host killed in the middle of the handshake: the close that follows is what the page hears
        socket.on('error', () => {});
        return socket as unknown as WebSocket;
      },
      fetch,
      chooseFiles: () => Promise.resolve([]),
    }),
  );
  const [name = '', value = ''] = cookie.split('=', 2);
  return { pid: child.pid ?? 0, origin, cookie: { name, value }, connection, process: child };
}

async function printedAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the host has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/\S+/.exec(line)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error('the host ended without an address');
}
