/** Nothing but the listed files can open a socket; everything that leaves goes through `platform/contact-log.ts`, which records it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const src = path.join(import.meta.dirname, '../src');

/** Each with what it does there; none of them but the first reaches another machine. */
const ALLOWED: Record<string, string> = {
  'main/platform/contact-log.ts': 'the one way out, recorded',
  'main/hosts/loopback/server.ts': 'listens on 127.0.0.1',
  'main/hosts/loopback/page-sockets.ts': 'listens on 127.0.0.1',
  'main/hosts/loopback/doorkeeper.ts': 'types of the listening server',
  'main/hosts/electron/app-protocol.ts': 'reads files of the app',
  'renderer/connection/connection.ts': 'the page speaks to its own backend',
  'renderer/connection/desktop.ts': 'the page asks its own host',
  'renderer/connection/loopback.transport.ts': 'the page speaks to its own backend',
};

const MODULES = ['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises', 'inspector', 'quic'].map((name) => `(?:node:)?${name}`).concat('ws', 'undici', 'axios', 'got', 'node-fetch', 'electron-updater');
const SPECIFIER = new RegExp(`(?:\\bfrom|\\bimport|\\bimport\\(|\\brequire\\()\\s*['"](?:${MODULES.join('|')})['"]`);
/** Globals and Electron's own ways out. `client.x.fetch(` is found too: a name that reads like a way out should be another. */
const CALL = /(?<![\w$])fetch\b(?!:|\?)(?=\s*[(,;)}]|$)|\bnew (?:WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection|WebTransport)\b|\bnavigator\.sendBeacon\b|\bnet\.(?:request|fetch|connect|createConnection)\b|\bautoUpdater\b/m;

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
}

function opensSocket(code: string): boolean {
  const bare = withoutComments(code);
  return SPECIFIER.test(bare) || CALL.test(bare);
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')).filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|fixture|test-process)\.tsx?$/.test(file) && !file.startsWith('renderer/testing/'));

test('only the listed files can open a socket, and each of them still can', () => {
  const found = files.filter((file) => opensSocket(readFileSync(path.join(src, file), 'utf8')));
  expect(found.toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

test.each([
  "import net from 'node:net';",
  "import { request } from 'https';",
  "import type { X } from 'node:tls';",
  "const { connect } = await import('node:http2');",
  "const dgram = require('node:dgram');",
  "import { WebSocket } from 'ws';",
  "await fetch('https://example.com');",
  'await globalThis.fetch(url);',
  'const ask = { fetch, other };',
  'const get = fetch;',
  'new WebSocket(url)',
  'new EventSource(url)',
  'navigator.sendBeacon(url)',
  'net.request(url)',
  'autoUpdater.checkForUpdates()',
])('a planted way out is found: %s', (code) => {
  expect(opensSocket(code)).toBe(true);
});

test.each(["import { createServer } from './server.ts';", '// fetch(url) would be wrong', 'prefetch(rows)', "import x from '../network/net.ts';", 'list.fetchAll()'])('what is none is not: %s', (code) => {
  expect(opensSocket(code)).toBe(false);
});
