import { createHash } from 'node:crypto';
import { createHashTable } from './hash-table.ts';

/** sha256 of the parts, each ended by a NUL (which no stored text holds), so that parts cannot run into each other. Hex, 64 characters. */
export function contentKey(...parts: readonly (string | number | null)[]): string {
  return digestOf(parts).toString('hex');
}

/** The first words of the same hash, for tables in memory. */
function contentWords(...parts: readonly (string | number | null)[]): Uint32Array {
  const digest = digestOf(parts);
  return Uint32Array.of(digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8));
}

function digestOf(parts: readonly (string | number | null)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part ?? ''}\0`);
  return hash.digest();
}

const KEY_WORDS = 3;

/** What was met before in one file: by key, the line it stood on and a short hash of what it said. */
export type SeenKeys = {
  /** `same`: the same key with the same content; `other`: the same key with different content; `line` is where it stood first. */
  meet(key: string, content: string, line: number): { kind: 'new' } | { kind: 'same' | 'other'; line: number };
};

export function createSeenKeys(): SeenKeys {
  const seen = createHashTable(KEY_WORDS, 3);
  return {
    meet(key, content, line) {
      const hash = contentWords(key);
      const [first = 0, second = 0] = contentWords(content);
      const found = seen.get(hash);
      if (found !== undefined) return { kind: found[0] === first && found[1] === second ? 'same' : 'other', line: found[2] ?? 0 };
      seen.set(hash, [first, second, line]);
      return { kind: 'new' };
    },
  };
}

/** How many times the same parts were given before, in one file. */
export function createRepeatCounter(): (...parts: readonly (string | number | null)[]) => number {
  const counts = createHashTable(KEY_WORDS, 1);
  return (...parts) => {
    const hash = contentWords(...parts);
    const count = counts.get(hash)?.[0] ?? 0;
    counts.set(hash, [count + 1]);
    return count;
  };
}
