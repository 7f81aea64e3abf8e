/**
 * The two ways SQLite says it: writing pages, and growing the file that writers and readers share (WAL).
 * https://sqlite.org/rescode.html#full, #ioerr_shmsize
 */
const FULL_CODES: ReadonlySet<string> = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE']);

/** Whether a statement failed because the disk has no room; its transaction is undone, and the store is as it was. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && FULL_CODES.has((error as Error & { code?: string }).code ?? '');
}
