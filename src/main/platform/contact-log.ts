import { DeskmateError, messageOf } from './errors.ts';

/** One exchange with another machine, or with a program on this one. Bytes are those of the bodies; `at` is epoch ms UTC. */
export type Contact = { host: string; feature: string; bytesOut: number; bytesIn: number; at: number; hasFailed: boolean };
export type RecordContact = (contact: Contact) => void;

export type OutwardRequest = { feature: string; url: string; method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; headers?: Readonly<Record<string, string>>; body?: Uint8Array; withinMs?: number; maxBytes?: number };
export type OutwardAnswer = { status: number; headers: Headers; body: Uint8Array };
export type AskOutside = (request: OutwardRequest) => Promise<OutwardAnswer>;

const WITHIN_MS = 30_000;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * The only way out of this machine: every request is recorded, also one that failed. Redirects are refused, because they would
 * contact a host nobody set up. `tests/sockets.test.ts` holds that nothing else opens a socket.
 * @throws DeskmateError bad_request for an address that is not http(s), channel_failed (retryable) when there is no answer or too long a one.
 */
export function createOutwardDoor(record: RecordContact, nowMs: () => number, fetchOf: typeof fetch = fetch): AskOutside {
  return async ({ feature, url, method = 'GET', headers = {}, body, withinMs = WITHIN_MS, maxBytes = MAX_BYTES }) => {
    const { host, protocol } = addressOf(url);
    if (protocol !== 'https:' && protocol !== 'http:') throw new DeskmateError('bad_request', 'Only http and https addresses can be asked.');
    const contact: Contact = { host, feature, bytesOut: body?.length ?? 0, bytesIn: 0, at: nowMs(), hasFailed: true };
    try {
      const answer = await fetchOf(url, { method, headers, redirect: 'error', signal: AbortSignal.timeout(withinMs), ...(body === undefined ? {} : { body: Buffer.from(body) }) });
      const bytes = await readBody(answer, maxBytes, (count) => (contact.bytesIn += count));
      contact.hasFailed = false;
      return { status: answer.status, headers: answer.headers, body: bytes };
    } catch (error) {
      throw error instanceof DeskmateError ? error : new DeskmateError('channel_failed', `${host} did not answer: ${messageOf(error)}`, { retryable: true, cause: error });
    } finally {
      record(contact);
    }
  };
}

function addressOf(url: string): URL {
  try {
    return new URL(url);
  } catch (error) {
    throw new DeskmateError('bad_request', 'This is not an address.', { cause: error });
  }
}

async function readBody(answer: Response, maxBytes: number, onBytes: (count: number) => void): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of answer.body ?? []) {
    total += part.length;
    onBytes(part.length);
    if (total > maxBytes) throw new DeskmateError('channel_failed', 'The answer is longer than allowed.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export type OutwardStream = { status: number; headers: Headers; body: AsyncIterable<Uint8Array> };
export type StreamRequest = { feature: string; url: string; headers?: Readonly<Record<string, string>>; signal?: AbortSignal | undefined; /** Ends it when nothing comes for so long. */ silentMs?: number };
export type StreamOutside = <T>(request: StreamRequest, read: (answer: OutwardStream) => Promise<T>) => Promise<T>;

const SILENT_MS = 60_000;

/**
 * The same door for what is too large for memory. A redirect is no answer to follow here: it is handed over, so that whoever asked decides, and the next
 * host is recorded too. What `read` throws goes through.
 * @throws DeskmateError bad_request, cancelled, channel_failed (retryable) when there is no answer, or one that breaks off
 */
export function createOutwardStream(record: RecordContact, nowMs: () => number, fetchOf: typeof fetch = fetch): StreamOutside {
  return async ({ feature, url, headers = {}, signal, silentMs = SILENT_MS }, read) => {
    const { host, protocol } = addressOf(url);
    if (protocol !== 'https:' && protocol !== 'http:') throw new DeskmateError('bad_request', 'Only http and https addresses can be asked.');
    const contact: Contact = { host, feature, bytesOut: 0, bytesIn: 0, at: nowMs(), hasFailed: true };
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(new Error(`nothing came for ${silentMs / 1000} s`)), silentMs);
    const failure = (error: unknown): DeskmateError =>
      signal?.aborted === true ? new DeskmateError('cancelled', 'The request was cancelled.', { cause: error }) : new DeskmateError('channel_failed', `${host} did not answer: ${messageOf(error)}`, { retryable: true, cause: error });
    const onBytes = (count: number) => {
      contact.bytesIn += count;
      timer.refresh();
    };
    try {
      const asked = { headers, redirect: 'manual' as const, signal: AbortSignal.any([silence.signal, ...(signal === undefined ? [] : [signal])]) };
      const answer = await fetchOf(url, asked).catch((error: unknown) => Promise.reject(failure(error)));
      const result = await read({ status: answer.status, headers: answer.headers, body: countedBody(answer, onBytes, failure) });
      contact.hasFailed = false;
      return result;
    } finally {
      clearTimeout(timer);
      // what was not read is not fetched
      silence.abort();
      record(contact);
    }
  };
}

async function* countedBody(answer: Response, onBytes: (count: number) => void, failure: (error: unknown) => DeskmateError): AsyncGenerator<Uint8Array> {
  const reader = answer.body?.getReader();
  for (;;) {
    const part = await reader?.read().catch((error: unknown) => Promise.reject(failure(error)));
    if (part === undefined || part.done) return;
    onBytes(part.value.length);
    yield part.value;
  }
}
