import type { ContactLine } from '../../shared/contract/trust.contract.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import type { Contact } from '../platform/contact-log.ts';
import { csvCell } from './audit-csv.ts';

const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)(?::\d+)?$/i;

/** Whether a host is this very machine: such an exchange leaves nothing. */
export function isLocalHost(host: string): boolean {
  return LOCAL_HOST.test(host);
}

/** Adds one exchange to the row of its host, feature and UTC day. */
export function recordContact(db: WritableDb, { host, feature, bytesOut, bytesIn, at, hasFailed }: Contact): void {
  prepared(
    db,
    `INSERT INTO contacts (host, feature, day, contact_count, failure_count, bytes_out, bytes_in, first_at, last_at) VALUES (@host, @feature, @day, 1, @failures, @bytesOut, @bytesIn, @at, @at)
      ON CONFLICT (host, feature, day) DO UPDATE SET contact_count = contact_count + 1, failure_count = failure_count + @failures, bytes_out = bytes_out + @bytesOut,
        bytes_in = bytes_in + @bytesIn, first_at = min(first_at, @at), last_at = max(last_at, @at)`,
  ).run({ host: host.toLowerCase(), feature, day: new Date(at).toISOString().slice(0, 10), failures: hasFailed ? 1 : 0, bytesOut, bytesIn, at });
}

type ContactRow = { host: string; feature: string; contact_count: number; failure_count: number; bytes_out: number; bytes_in: number; first_at: number; last_at: number };

/** One line a host and feature, last contact first. */
export function listContacts(db: ReadableDb): ContactLine[] {
  const rows = prepared<ContactRow>(
    db,
    `SELECT host, feature, sum(contact_count) AS contact_count, sum(failure_count) AS failure_count, sum(bytes_out) AS bytes_out, sum(bytes_in) AS bytes_in, min(first_at) AS first_at, max(last_at) AS last_at
      FROM contacts GROUP BY host, feature ORDER BY max(last_at) DESC, host, feature`,
  ).all();
  return rows.map((row) => ({
    host: row.host, feature: row.feature, isLocal: isLocalHost(row.host), contactCount: row.contact_count, failureCount: row.failure_count,
    bytesOut: row.bytes_out, bytesIn: row.bytes_in, firstAt: row.first_at, lastAt: row.last_at,
  }));
}

const HEAD = ['day_utc', 'host', 'is_local', 'feature', 'contacts', 'failures', 'bytes_out', 'bytes_in', 'first_utc', 'last_utc'];

/** Every day's row as RFC 4180 lines, newest first; no cell is a formula. */
export function contactsCsv(db: ReadableDb): { text: string; lineCount: number } {
  const rows = prepared<ContactRow & { day: string }>(db, 'SELECT * FROM contacts ORDER BY day DESC, host, feature').all();
  const lines = rows.map((row) => [
    row.day, row.host, isLocalHost(row.host) ? 'yes' : 'no', row.feature, String(row.contact_count), String(row.failure_count), String(row.bytes_out), String(row.bytes_in),
    new Date(row.first_at).toISOString(), new Date(row.last_at).toISOString(),
  ]);
  return { text: `\ufeff${[HEAD, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`, lineCount: lines.length };
}

/** Forgets the days before. Returns how many rows went. */
export function deleteContactsBefore(db: WritableDb, before: number): number {
  return prepared(db, 'DELETE FROM contacts WHERE last_at < ?').run(before).changes;
}
