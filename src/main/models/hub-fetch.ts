import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { digestOfFile, sha256OfFile } from '../engine/model-manifest.ts';
import type { OutwardStream, StreamOutside } from '../platform/contact-log.ts';
import { DeskmateError } from '../platform/errors.ts';
import { isSafeAddress } from './hub-address.ts';

/** `name` is what messages call the file; `leftBytes` how much may still come. `onBytes` gets how many of the file are there, and how many it has when known. */
export type FetchRequest = { url: string; to: string; name: string; leftBytes: number; signal?: AbortSignal | undefined; onBytes: (doneBytes: number, totalBytes: number | null) => void };
/** What came; `commit` is the revision that the hub says it is of. */
export type Fetched = { isThere: boolean; commit: string | null };

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const SHA256 = /^(?:W\/)?"?([0-9a-f]{64})"?$/i;
/** What git calls the content of a file: hubs keep small files in it. */
const GIT_BLOB = /^(?:W\/)?"?([0-9a-f]{40})"?$/i;
const COMMIT = /^([0-9a-f]{40})$/;

/** What the hub itself says of a file before it leads to the store that has it. */
type Said = { sha256: string | null; gitBlob: string | null; sizeBytes: number | null; commit: string | null };
type Read<T> = (answer: OutwardStream, said: Said, host: string) => Promise<T>;

/**
 * Fetches one file by way of `<to>.part`, which stays when the connection breaks and is gone on with by the next call (RFC 9110, sections 13.1.5 and 14).
 * @throws DeskmateError cancelled, channel_failed (retryable when another try may help), file_refused for one that is too large; errors of the disk
 */
export async function fetchFile(stream: StreamOutside, request: FetchRequest): Promise<Fetched> {
  mkdirSync(path.dirname(request.to), { recursive: true, mode: 0o700 });
  for (let attempt = 0; ; attempt++) {
    const start = resumePoint(request.to);
    const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-`, 'if-range': readFileSync(noteOf(request.to), 'utf8') }) };
    const fetched = await follow(stream, request, headers, (answer, said, host) => readFile(answer, said, host, request, start));
    if (fetched !== 'again') return fetched;
    if (attempt > 0) throw new DeskmateError('channel_failed', `The part of ${request.name} that was there could not be gone on with. Try again.`, { retryable: true });
    forget(request.to);
  }
}

const partOf = (to: string): string => `${to}.part`;
/** Holds the ETag of what the part is a part of. */
const noteOf = (to: string): string => `${to}.etag`;

function resumePoint(to: string): number {
  return existsSync(partOf(to)) && existsSync(noteOf(to)) ? statSync(partOf(to)).size : 0;
}

function forget(to: string): void {
  for (const file of [partOf(to), noteOf(to)]) rmSync(file, { force: true });
}

async function follow<T>(stream: StreamOutside, { url, signal }: FetchRequest, headers: Record<string, string>, read: Read<T>): Promise<T> {
  const said: Said = { sha256: null, gitBlob: null, sizeBytes: null, commit: null };
  let at = new URL(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const here = at;
    const turn = await stream({ feature: 'models', url: here.href, headers, signal }, async (answer): Promise<{ next: URL } | { result: T }> => {
      note(said, answer.headers);
      return REDIRECTS.has(answer.status) ? { next: targetOf(here, answer.headers.get('location')) } : { result: await read(answer, said, here.host) };
    });
    if ('result' in turn) return turn.result;
    at = turn.next;
  }
  throw new DeskmateError('channel_failed', 'The hub leads from one address to the next without end.');
}

/** The first to say something is the hub itself. */
function note(said: Said, headers: Headers): void {
  const linked = headers.get('x-linked-etag');
  said.sha256 ??= matched(SHA256, linked);
  said.sizeBytes ??= countOf(headers, 'x-linked-size');
  const commit = matched(COMMIT, headers.get('x-repo-commit'));
  if (commit === null) return;
  said.commit ??= commit;
  said.gitBlob ??= matched(GIT_BLOB, linked ?? headers.get('etag'));
}

function matched(shape: RegExp, text: string | null): string | null {
  return shape.exec(text ?? '')?.[1] ?? null;
}

function countOf(headers: Headers, name: string): number | null {
  const digits = matched(/^(\d{1,15})$/, headers.get(name));
  return digits === null ? null : Number(digits);
}

function targetOf(from: URL, location: string | null): URL {
  const next = location !== null && URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  // from https never back to http, not even on this machine
  if (next === undefined || !isSafeAddress(next) || (from.protocol === 'https:' && next.protocol !== 'https:')) throw new DeskmateError('channel_failed', `${from.host} leads to an address that is not safe.`);
  return next;
}

/** Lets through what can be gone on with: the file, a part of it, none, or none from there on. */
function assertAnswered(status: number, host: string, name: string, isPart: boolean): void {
  if (status === 401 || status === 403) throw new DeskmateError('channel_failed', `${host} does not let everybody fetch ${name}: the model is not public, or it is not there. Check the address.`);
  if (![200, 206, 404, ...(isPart ? [416] : [])].includes(status)) throw new DeskmateError('channel_failed', `${host} answered ${status} for ${name}. Try again later.`, { retryable: true });
}

async function readFile(answer: OutwardStream, said: Said, host: string, request: FetchRequest, start: number): Promise<Fetched | 'again'> {
  const { status, headers } = answer;
  const { to, name } = request;
  assertAnswered(status, host, name, start > 0);
  if (status === 404) return { isThere: false, commit: said.commit };
  if (status === 416) return 'again';
  const from = status === 206 ? start : 0;
  if (status === 206 && !(headers.get('content-range') ?? '').startsWith(`bytes ${from}-`)) return 'again';
  // packed on the way, the length is not that of the file
  const lengthBytes = headers.has('content-encoding') ? null : countOf(headers, 'content-length');
  await writePart(answer, request, from, said.sizeBytes ?? (lengthBytes === null ? null : from + lengthBytes));
  if (!isAsSaid(partOf(to), said, headers)) {
    forget(to);
    throw new DeskmateError('channel_failed', `The file ${name} did not arrive as ${host} has it: its checksum is another. Try again.`, { retryable: true });
  }
  renameSync(partOf(to), to);
  forget(to);
  return { isThere: true, commit: said.commit };
}

/** By its SHA-256 or by its name in git, whichever was said; true when neither was. */
function isAsSaid(file: string, { sha256, gitBlob }: Said, headers: Headers): boolean {
  const expected = sha256 ?? matched(SHA256, headers.get('etag'));
  if (expected !== null) return sha256OfFile(file) === expected.toLowerCase();
  return gitBlob === null || digestOfFile(file, createHash('sha1').update(`blob ${statSync(file).size}\0`)) === gitBlob.toLowerCase();
}

async function writePart({ headers, body }: OutwardStream, { to, name, leftBytes, onBytes }: FetchRequest, from: number, totalBytes: number | null): Promise<void> {
  let at = from;
  const checkSize = (bytes: number) => {
    if (bytes <= Math.min(leftBytes, totalBytes ?? leftBytes)) return;
    forget(to);
    if (bytes > leftBytes) throw new DeskmateError('file_refused', 'The model is larger than 2 GB. Choose a smaller one.');
    throw new DeskmateError('channel_failed', `More came of ${name} than was announced, so it was thrown away. Try again, or choose another address.`, { retryable: true });
  };
  checkSize(totalBytes ?? 0);
  const etag = headers.get('etag') ?? '';
  if (from === 0) forget(to);
  // a weak one does not vouch for single bytes
  if (etag.startsWith('"') && !headers.has('content-encoding')) writeFileSync(noteOf(to), etag);
  const output = openSync(partOf(to), from === 0 ? 'w' : 'r+', 0o600);
  try {
    for await (const piece of body) {
      checkSize(at + piece.length);
      for (let written = 0; written < piece.length; ) written += writeSync(output, piece, written, piece.length - written, at + written);
      at += piece.length;
      onBytes(at, totalBytes);
    }
    fsyncSync(output);
  } finally {
    closeSync(output);
  }
  if (totalBytes !== null && at !== totalBytes) throw new DeskmateError('channel_failed', `Of ${name} only ${at} of ${totalBytes} bytes came. Try again: it goes on where it was.`, { retryable: true });
}
