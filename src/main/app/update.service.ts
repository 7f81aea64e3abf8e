import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { isHttpsAddress, updateNewsSchema, type UpdateFeed, type UpdateNews } from '../../shared/contract/desktop.contract.ts';
import type { WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { Clock } from '../platform/clock.ts';
import type { AskOutside } from '../platform/contact-log.ts';
import { DeskmateError } from '../platform/errors.ts';

type UpdateDeps = { db: WritableDb; clock: Clock; version: string; feed: () => UpdateFeed | null; askOutside: AskOutside };

const KEY = 'update_news';
const WITHIN_MS = 10_000;
const MAX_BYTES = 64 * 1024;
const EVERY_MS = 24 * 3_600_000;
const LOOK_MS = 3_600_000;
/** DER head of an Ed25519 public key (RFC 8410, section 4); the 32 bytes of the key follow. */
const ED25519_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

const feedFileSchema = z.object({ version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/), pageUrl: z.string().refine(isHttpsAddress), signature: z.string().max(200) });
const keptSchema = z.object({ url: z.string(), news: updateNewsSchema });
type Found = Pick<UpdateNews, 'outcome'> & Partial<UpdateNews>;

/**
 * Looks whether the feed that the owner typed offers a newer Deskmate, and tells. Nothing is fetched besides the feed and nothing is installed:
 * the owner opens the page the feed names. A feed is believed when it came over https and the owner's key signed it.
 */
export function createUpdateService(deps: UpdateDeps) {
  const { db, clock, feed } = deps;
  const get = (): UpdateNews => {
    const set = feed();
    if (set === null) return newsOf({ outcome: 'off' }, null);
    const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(KEY);
    const kept = row === undefined ? undefined : keptSchema.safeParse(JSON.parse(row.value)).data;
    // what another feed said is no news, and neither is what has been installed since
    if (kept === undefined || kept.url !== set.url) return newsOf({ outcome: 'never' }, null);
    return kept.news.version !== null && !isNewer(kept.news.version, deps.version) ? newsOf({ outcome: 'current' }, kept.news.checkedAt) : kept.news;
  };
  const check = async (): Promise<UpdateNews> => {
    const set = feed();
    if (set === null) return newsOf({ outcome: 'off' }, null);
    const news = newsOf(await lookAt(set, deps), clock.nowMs());
    prepared(db, 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(KEY, JSON.stringify({ url: set.url, news }));
    return news;
  };
  return {
    get,
    check,
    /** Looks once a day while a feed is set; returns how to stop. */
    start(onError: (error: unknown) => void): () => void {
      const look = (): void => {
        if (feed() !== null && clock.nowMs() - (get().checkedAt ?? 0) >= EVERY_MS) void check().catch(onError);
      };
      look();
      const timer = setInterval(look, LOOK_MS);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

function newsOf(found: Found, checkedAt: number | null): UpdateNews {
  return { reason: null, version: null, pageUrl: null, checkedAt, ...found };
}

async function lookAt({ url, publicKey }: UpdateFeed, { askOutside, version }: UpdateDeps): Promise<Found> {
  try {
    const { status, body } = await askOutside({ feature: 'updates', url, withinMs: WITHIN_MS, maxBytes: MAX_BYTES });
    return status === 200 ? judgeFeed(Buffer.from(body).toString(), publicKey, version) : { outcome: 'unreachable', reason: 'status' };
  } catch (error) {
    // no answer is worth another try; an answer that is too long is not
    if (error instanceof DeskmateError) return error.retryable ? { outcome: 'unreachable', reason: 'network' } : { outcome: 'refused', reason: 'too_large' };
    throw error;
  }
}

/** What a feed file says to a Deskmate of this version. */
export function judgeFeed(text: string, publicKey: string, version: string): Found {
  const file = feedFileSchema.safeParse(parsed(text)).data;
  if (file === undefined) return { outcome: 'refused', reason: 'not_a_feed' };
  if (!isSigned(file, publicKey)) return { outcome: 'refused', reason: 'bad_signature' };
  return isNewer(file.version, version) ? { outcome: 'newer', version: file.version, pageUrl: file.pageUrl } : { outcome: 'current' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The bytes that the owner's key signs. */
export function signedText({ version, pageUrl }: { version: string; pageUrl: string }): Buffer {
  return Buffer.from(`deskmate-update\n${version}\n${pageUrl}\n`);
}

function isSigned(file: z.infer<typeof feedFileSchema>, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.concat([ED25519_HEAD, Buffer.from(publicKey, 'base64')]), format: 'der', type: 'spki' });
    return verify(null, signedText(file), key, Buffer.from(file.signature, 'base64'));
  } catch {
    return false;
  }
}

/** By the three numbers; an older version is never offered. */
export function isNewer(offered: string, present: string): boolean {
  const [a, b] = [numbersOf(offered), numbersOf(present)];
  const place = a.findIndex((number, index) => number !== b[index]);
  return place >= 0 && (a[place] ?? 0) > (b[place] ?? 0);
}

function numbersOf(version: string): number[] {
  return [0, 1, 2].map((place) => Number.parseInt(version.split('.')[place] ?? '0', 10) || 0);
}
