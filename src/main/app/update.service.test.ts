import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { createOutwardDoor, type Contact } from '../platform/contact-log.ts';
import { createUpdateService, isNewer, judgeFeed, signedText } from './update.service.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
const feedFile = (version: string, pageUrl = 'https://shop.example/deskmate') => JSON.stringify({ version, pageUrl, signature: sign(null, signedText({ version, pageUrl }), privateKey).toString('base64') });

let server: Server;
let body = '';
let status = 200;
beforeEach(async () => {
  status = 200;
  server = createServer((_request, response) => void response.writeHead(status, status === 302 ? { location: 'https://elsewhere.example/' } : {}).end(body));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => new Promise((done) => server.close(done)));

const url = 'https://feed.example/deskmate.json';

function openService(nowMs = () => 1000) {
  const { db } = openTestStore();
  const contacts: Contact[] = [];
  // the address is https as the rules want it; here it leads to a server of the test
  const here = (_url: unknown, init: RequestInit | undefined) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, init);
  const clock = { nowMs };
  const feed = { current: { url, publicKey: key } as { url: string; publicKey: string } | null };
  const service = createUpdateService({ db, clock, version: '1.2.3', feed: () => feed.current, askOutside: createOutwardDoor((contact) => contacts.push(contact), nowMs, here as typeof fetch) });
  return { service, contacts, feed };
}

test('without a feed nobody is asked', async () => {
  const { service, contacts, feed } = openService();
  feed.current = null;
  expect([await service.check(), service.get().outcome, contacts]).toEqual([{ outcome: 'off', reason: null, version: null, pageUrl: null, checkedAt: null }, 'off', []]);
});

test('a newer version is told with its page, kept, and the contact is noted; another feed knows nothing of it', async () => {
  const { service, contacts, feed } = openService();
  expect(service.get().outcome).toBe('never');
  body = feedFile('1.3.0');
  const news = await service.check();
  expect([news, service.get()]).toEqual([news, { outcome: 'newer', reason: null, version: '1.3.0', pageUrl: 'https://shop.example/deskmate', checkedAt: 1000 }]);
  expect(contacts).toEqual([{ host: 'feed.example', feature: 'updates', bytesOut: 0, bytesIn: body.length, at: 1000, hasFailed: false }]);
  feed.current = { url: 'https://other.example/', publicKey: key };
  expect(service.get().outcome).toBe('never');
});

test('no answer, a redirect, an error page and too long an answer are told apart', async () => {
  const { service } = openService();
  const outcome = async () => [(await service.check()).outcome, service.get().reason];
  status = 404;
  expect(await outcome()).toEqual(['unreachable', 'status']);
  status = 302;
  expect(await outcome()).toEqual(['unreachable', 'network']);
  status = 200;
  body = 'x'.repeat(70_000);
  expect(await outcome()).toEqual(['refused', 'too_large']);
});

test('only what the owner’s key signed is believed', () => {
  const { privateKey: foreign } = generateKeyPairSync('ed25519');
  const pageUrl = 'https://shop.example/deskmate';
  const forged = JSON.stringify({ version: '9.0.0', pageUrl, signature: sign(null, signedText({ version: '9.0.0', pageUrl }), foreign).toString('base64') });
  const moved = feedFile('9.0.0').replace('shop.example', 'evil.example');
  const judge = (text: string) => judgeFeed(text, key, '1.2.3');
  expect([forged, moved, feedFile('9.0.0').replace('9.0.0', '9.0.1')].map(judge)).toEqual(Array.from({ length: 3 }, () => ({ outcome: 'refused', reason: 'bad_signature' })));
  expect(['', '[]', '{"version":"9"}', feedFile('9.0.0', 'http://shop.example/')].map(judge)).toEqual(Array.from({ length: 4 }, () => ({ outcome: 'refused', reason: 'not_a_feed' })));
  expect([judge(feedFile('1.2.3')), judge(feedFile('1.2.2'))]).toEqual([{ outcome: 'current' }, { outcome: 'current' }]);
});

test('nothing a feed holds makes it throw, and of two versions at most one is newer', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => judgeFeed(text, key, '1.2.3').outcome === 'refused'));
  const version = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)).map((parts) => parts.join('.'));
  fc.assert(fc.property(version, version, (a, b) => (a === b ? !isNewer(a, b) : isNewer(a, b) !== isNewer(b, a))));
  expect(isNewer('1.10.0', '1.9.9')).toBe(true);
});
