import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { DeskmateError, messageOf } from '../../platform/errors.ts';
import type { DesktopCalls } from '../../../shared/desktop-bridge.ts';
import { answerDesktop } from '../desktop-door.ts';
import { contentType, pageHeaders, resolveInside } from '../static-files.ts';
import { createDoorkeeper, type Doorkeeper } from './doorkeeper.ts';
import type { Spool } from './spool.ts';

const MAX_UPLOAD_BYTES = 4 * 1024 ** 3;
const MAX_CALL_BYTES = 16 * 1024;

export type LoopbackServerOptions = {
  /** Folder of the built page. */
  rendererDir: string;
  /** 0 takes any free port. */
  port: number;
  spool: Spool;
  desktop: DesktopCalls;
  acceptSocket: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>;
};

export type LoopbackServer = { openUrl: string; origin: string; close(): Promise<void> };

/** Serves the page, its socket and its uploads on 127.0.0.1 and to nobody but the browser that opened the printed address. */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const server = createServer({ requestTimeout: 0 });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(options.port, '127.0.0.1', done));
  const door = createDoorkeeper((server.address() as AddressInfo).port);
  server.on('request', (request, response) => {
    answer(request, response, door, options).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    const isWelcome = request.url === '/rpc' && door.hasHost(request) && door.hasOrigin(request) && door.hasCookie(request);
    if (isWelcome) void options.acceptSocket(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
  });
  return {
    openUrl: door.openUrl(),
    origin: door.origin(),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, door: Doorkeeper, options: LoopbackServerOptions): Promise<void> {
  for (const [name, value] of Object.entries(pageHeaders(`'self' ${door.origin().replace('http', 'ws')}`))) response.setHeader(name, value);
  const say = (status: number, text: string) => void response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
  if (!door.hasHost(request)) return say(421, 'wrong host');
  if (door.isForeign(request)) return say(403, 'wrong origin');
  const url = new URL(request.url ?? '/', door.origin());
  if (url.pathname === '/open') return open(url, request, response, door, say);
  if (!door.hasCookie(request)) return say(403, 'Open Deskmate through the address it printed.');
  if (url.pathname === '/upload') return upload(url, request, response, door, options, say);
  if (url.pathname === '/desktop') return callDesktop(request, response, door, options, say);
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'wrong method');
  return sendFile(url.pathname, request, response, options.rendererDir, say);
}

type Say = (status: number, text: string) => void;

function open(url: URL, request: IncomingMessage, response: ServerResponse, door: Doorkeeper, say: Say): void {
  const cookie = door.trade(url.searchParams.get('token'));
  if (cookie !== undefined) return void response.writeHead(303, { 'set-cookie': cookie, location: '/', 'cache-control': 'no-store' }).end();
  if (door.hasCookie(request)) return void response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end();
  return say(403, 'This address was already used or is wrong. Start Deskmate again for a new one.');
}

async function upload(url: URL, request: IncomingMessage, response: ServerResponse, door: Doorkeeper, { spool }: LoopbackServerOptions, say: Say): Promise<void> {
  if (!door.hasOrigin(request)) return say(403, 'wrong origin');
  if (request.method === 'DELETE') return say(spool.release(url.searchParams.get('path') ?? '') ? 204 : 404, '');
  if (request.method !== 'PUT') return say(405, 'wrong method');
  if (Number(request.headers['content-length'] ?? 0) > MAX_UPLOAD_BYTES) return say(413, 'The file is larger than Deskmate takes.');
  try {
    const file = await spool.receive(url.searchParams.get('name') ?? '', request);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ path: file }));
  } catch (error) {
    say(error instanceof DeskmateError ? 413 : 500, messageOf(error));
  }
}

/** One call of the page to its window: `{call, input}` in, the answer out. */
async function callDesktop(request: IncomingMessage, response: ServerResponse, door: Doorkeeper, { desktop }: LoopbackServerOptions, say: Say): Promise<void> {
  if (!door.hasOrigin(request)) return say(403, 'wrong origin');
  if (request.method !== 'POST') return say(405, 'wrong method');
  const body = await readSmall(request);
  if (body === undefined) return say(413, 'too long');
  try {
    const { call, input } = JSON.parse(body) as { call?: unknown; input?: unknown };
    const answer = await answerDesktop(desktop, call, input);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(answer));
  } catch {
    say(400, 'not a call');
  }
}

/** Undefined for a body that is too long: it is read to its end, so that the answer arrives, and not kept. */
async function readSmall(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= MAX_CALL_BYTES) parts.push(part);
  }
  return bytes > MAX_CALL_BYTES ? undefined : Buffer.concat(parts).toString();
}

async function sendFile(pathname: string, request: IncomingMessage, response: ServerResponse, rendererDir: string, say: Say): Promise<void> {
  const file = resolveInside(rendererDir, pathname);
  const body = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  if (file === undefined || body === undefined) return say(404, 'not found');
  // built assets carry a hash in their names
  const caching = pathname.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store';
  response.writeHead(200, { 'content-type': contentType(file), 'content-length': body.length, 'cache-control': caching });
  response.end(request.method === 'HEAD' ? undefined : body);
}
