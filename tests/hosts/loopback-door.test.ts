import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openLoopback } from './open-host.ts';

let opened: Awaited<ReturnType<typeof openLoopback>>;
beforeAll(async () => (opened = await openLoopback(path.join(import.meta.dirname, 'fixture-backend.process.ts'), path.join(import.meta.dirname, 'fixture-engine.process.ts'))));
afterAll(() => opened.close());

function status(target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number> {
  return new Promise((done, fail) => {
    request(`${opened.host.origin}${target}`, { method, headers }, (reply) => {
      reply.resume();
      done(reply.statusCode ?? 0);
    }).on('error', fail).end();
  });
}

function socketRefusal(headers: Record<string, string>, target = '/rpc'): Promise<string> {
  const socket = new WebSocket(`${opened.host.origin.replace('http', 'ws')}${target}`, { headers });
  return new Promise((done) => {
    socket.once('open', () => done('open'));
    socket.once('error', (error) => done(error.message));
  }).then((outcome) => {
    socket.terminate();
    return String(outcome);
  });
}

it('gives the token one use and the page only to the browser that used it', async () => {
  const { cookie } = opened;
  const token = new URL(opened.host.openUrl).search;
  expect({
    stranger: await status('/'),
    wrongToken: await status('/open?token=x'),
    usedToken: await status(`/open${token}`),
    usedTokenWithCookie: await status(`/open${token}`, { cookie }),
    page: await status('/', { cookie }),
    wrongCookie: await status('/', { cookie: `${cookie}x` }),
    foreignOrigin: await status('/', { cookie, origin: 'http://evil.example' }),
    reboundHost: await status('/', { cookie, host: 'evil.example' }),
    otherName: await status('/', { cookie, host: opened.host.origin.replace('http://127.0.0.1', 'localhost') }),
    outside: await status('/..%2f..%2fpackage.json', { cookie }),
    post: await status('/', { cookie }, 'POST'),
  }).toEqual({ stranger: 403, wrongToken: 403, usedToken: 403, usedTokenWithCookie: 303, page: 200, wrongCookie: 403, foreignOrigin: 403, reboundHost: 421, otherName: 421, outside: 404, post: 405 });
});

it('opens the socket only with the cookie, the exact origin and the exact host', async () => {
  const { cookie } = opened;
  const { origin } = opened.host;
  const refused = 'Unexpected server response: 403';
  expect({
    noCookie: await socketRefusal({ origin }),
    noOrigin: await socketRefusal({ cookie }),
    foreign: await socketRefusal({ cookie, origin: 'http://evil.example' }),
    otherPath: await socketRefusal({ cookie, origin }, '/rpc2'),
    host: await socketRefusal({ cookie, origin, host: 'evil.example' }),
    page: await socketRefusal({ cookie, origin }),
  }).toEqual({ noCookie: refused, noOrigin: refused, foreign: refused, otherPath: refused, host: refused, page: 'open' });
});

it('sends strict headers with every answer', async () => {
  const { headers } = await fetch(opened.host.origin, { headers: { cookie: opened.cookie } });
  expect(headers.get('content-security-policy')).toBe(
    `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ${opened.host.origin.replace('http', 'ws')}; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect([headers.get('x-content-type-options'), headers.get('referrer-policy'), headers.get('cross-origin-resource-policy')]).toEqual(['nosniff', 'no-referrer', 'same-origin']);
});

it('takes uploads into the spool and gives them back', async () => {
  const [file = ''] = await opened.connection.chooseFiles();
  expect(path.dirname(path.dirname(file))).toBe(path.join(opened.storeDir, 'spool'));
  expect(path.basename(file)).toMatch(/^[0-9a-f]{16}-_订单_1\.csv$/);
  expect(readFileSync(file, 'utf8')).toBe('a,b\n1,2\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const foreign = path.join(opened.storeDir, 'store.db');
  writeFileSync(foreign, '');
  await opened.connection.release(foreign);
  expect(existsSync(foreign)).toBe(true);
  await opened.connection.release(file);
  expect(existsSync(file)).toBe(false);
});

it('takes uploads from nobody else', async () => {
  const { cookie } = opened;
  const { origin } = opened.host;
  const tooLarge = String(5 * 1024 ** 3);
  expect({
    noCookie: await status('/upload?name=a', { origin }, 'PUT'),
    noOrigin: await status('/upload?name=a', { cookie }, 'PUT'),
    foreign: await status('/upload?name=a', { cookie, origin: 'http://evil.example' }, 'PUT'),
    tooLarge: await status('/upload?name=a', { cookie, origin, 'content-length': tooLarge, expect: '100-continue' }, 'PUT').catch(() => 413),
  }).toEqual({ noCookie: 403, noOrigin: 403, foreign: 403, tooLarge: 413 });
});

it('answers calls of the window only to its own page, and small ones', async () => {
  const { cookie } = opened;
  const { origin } = opened.host;
  const call = async (headers: Record<string, string>, body: string) => (await fetch(`${origin}/desktop`, { method: 'POST', headers, body })).status;
  const facts = JSON.stringify({ call: 'facts', input: {} });
  expect({
    own: await call({ cookie, origin }, facts),
    noCookie: await call({ origin }, facts),
    noOrigin: await call({ cookie }, facts),
    foreign: await call({ cookie, origin: 'http://evil.example' }, facts),
    get: (await fetch(`${origin}/desktop`, { headers: { cookie, origin } })).status,
    rubbish: await call({ cookie, origin }, '{'),
    noCall: await call({ cookie, origin }, '{"call":"__proto__","input":{}}'),
    long: await call({ cookie, origin }, 'x'.repeat(20_000)),
  }).toEqual({ own: 200, noCookie: 403, noOrigin: 403, foreign: 403, get: 405, rubbish: 400, noCall: 400, long: 413 });
});

it('survives a page that sends rubbish', async () => {
  const { cookie } = opened;
  const { origin } = opened.host;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
  await new Promise((done) => socket.once('open', done));
  const closed = new Promise((done) => socket.once('close', done));
  socket.send('{not json');
  await closed;
  expect(opened.connection.state()).toBe('open');
  expect((await opened.connection.client.settings.get({})).repName).toBe('');
});

it('empties the spool when it stops', async () => {
  const again = await openLoopback(path.join(import.meta.dirname, 'fixture-backend.process.ts'), path.join(import.meta.dirname, 'fixture-engine.process.ts'));
  const [file = ''] = await again.connection.chooseFiles();
  expect(existsSync(file)).toBe(true);
  again.connection.close();
  await again.host.close();
  await vi.waitFor(() => expect(readdirSync(path.join(again.storeDir, 'spool'))).toEqual([]));
  await again.close();
});
