import { hash } from 'node:crypto';

export type UpsertOutcome = 'added' | 'updated' | 'unchanged';

/** SHA-256 (hex) of a row's content in a fixed column order; absent and null are the same. Equal hashes mean nothing to write. */
export function contentHash(columns: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(columns), 'hex');
}
