import { createHash } from 'node:crypto';

/** sha256 of the parts, each ended by a NUL (which no stored text holds), so that parts cannot run into each other. Hex, 64 characters. */
export function contentKey(...parts: readonly (string | number | null)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part ?? ''}\0`);
  return hash.digest('hex');
}

/** What was met before in one file: by key, the line it stood on and a short hash of what it said. */
export type SeenKeys = {
  /** `same`: the same key with the same content; `other`: the same key with different content; `line` is where it stood first. */
  meet(key: string, content: string, line: number): { kind: 'new' } | { kind: 'same' | 'other'; line: number };
};

export function createSeenKeys(): SeenKeys {
  const seen = new Map<string, { line: number; hash: string }>();
  return {
    meet(key, content, line) {
      const hash = contentKey(content).slice(0, 16);
      const found = seen.get(key);
      if (found !== undefined) return { kind: found.hash === hash ? 'same' : 'other', line: found.line };
      seen.set(key, { line, hash });
      return { kind: 'new' };
    },
  };
}
