import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createOutwardDoor, type Contact } from './contact-log.ts';

async function openServer(): Promise<number> {
  const server = createServer((request, reply) => {
    if (request.url === '/away') return reply.writeHead(302, { location: 'http://example.invalid/' }).end();
    request.resume().on('end', () => reply.end('0123456789'));
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('what is asked, answered, refused and redirected is recorded with host, bytes and feature', async () => {
  const port = await openServer();
  const seen: Contact[] = [];
  const ask = createOutwardDoor((contact) => seen.push(contact), () => 7);
  const host = `127.0.0.1:${port}`;
  const { status, body } = await ask({ feature: 'channel', url: `http://${host}/`, method: 'POST', body: Buffer.from('abc') });
  expect([status, Buffer.from(body).toString()]).toEqual([200, '0123456789']);
  await expect(ask({ feature: 'channel', url: `http://${host}/away` })).rejects.toMatchObject({ code: 'channel_failed', retryable: true });
  await expect(ask({ feature: 'channel', url: `http://${host}/`, maxBytes: 4 })).rejects.toMatchObject({ code: 'channel_failed' });
  await expect(ask({ feature: 'channel', url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ code: 'channel_failed' });
  expect(seen).toEqual([
    { host, feature: 'channel', bytesOut: 3, bytesIn: 10, at: 7, hasFailed: false },
    { host, feature: 'channel', bytesOut: 0, bytesIn: 0, at: 7, hasFailed: true },
    { host, feature: 'channel', bytesOut: 0, bytesIn: 10, at: 7, hasFailed: true },
    { host: '127.0.0.1:1', feature: 'channel', bytesOut: 0, bytesIn: 0, at: 7, hasFailed: true },
  ]);
});

test('an address that is none, or of another kind, is refused before anything is asked', async () => {
  const seen: Contact[] = [];
  const ask = createOutwardDoor((contact) => seen.push(contact), () => 7);
  await expect(ask({ feature: 'x', url: 'not an address' })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(ask({ feature: 'x', url: 'file:///etc/hostname' })).rejects.toMatchObject({ code: 'bad_request' });
  expect(seen).toEqual([]);
});
