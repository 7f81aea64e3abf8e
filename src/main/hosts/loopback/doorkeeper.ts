import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Decides who may come in: the one browser that opened the printed address, from our own origin. */
export type Doorkeeper = {
  /** The printed address; its token works once. */
  openUrl(): string;
  origin(): string;
  /** Trades the one-time token for the session cookie, or undefined when it is wrong or used. */
  trade(token: string | null): string | undefined;
  hasHost(request: IncomingMessage): boolean;
  hasCookie(request: IncomingMessage): boolean;
  hasOrigin(request: IncomingMessage): boolean;
  /** A request that names another origin; a plain page visit names none. */
  isForeign(request: IncomingMessage): boolean;
};

export function createDoorkeeper(port: number): Doorkeeper {
  const authority = `127.0.0.1:${port}`;
  const origin = `http://${authority}`;
  // cookies ignore ports: the name keeps two running apps apart
  const cookieName = `deskmate_${port}`;
  const secret = randomBytes(32).toString('base64url');
  const token = randomBytes(32).toString('base64url');
  let isTokenUsed = false;
  return {
    openUrl: () => `${origin}/open?token=${token}`,
    origin: () => origin,
    trade(offered) {
      if (isTokenUsed || !isSame(offered ?? '', token)) return undefined;
      isTokenUsed = true;
      return `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
    },
    // any other name for this machine may be a rebound DNS name
    hasHost: (request) => request.headers.host === authority,
    hasCookie: (request) => cookies(request).some(([name, value]) => name === cookieName && isSame(value, secret)),
    hasOrigin: (request) => request.headers.origin === origin,
    isForeign: (request) => request.headers.origin !== undefined && request.headers.origin !== origin,
  };
}

function cookies(request: IncomingMessage): [name: string, value: string][] {
  return (request.headers.cookie ?? '').split(/; */).map((pair) => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
}

function isSame(offered: string, expected: string): boolean {
  const [a, b] = [Buffer.from(offered), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
