import type { Statement } from 'better-sqlite3';
import type { ReadableDb } from './database.ts';

// Statements point back at their connection, so only a weak map lets a closed connection go.
const statementsByDb = new WeakMap<ReadableDb, Map<string, Statement>>();

/** The compiled statement of this connection for this SQL text; compiled once, because imports run it a million times. `sql` must be constant, never built from input. */
export function prepared<Row = unknown>(db: ReadableDb, sql: string): Statement<unknown[], Row> {
  let statements = statementsByDb.get(db);
  if (statements === undefined) {
    statements = new Map();
    statementsByDb.set(db, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  return statement as Statement<unknown[], Row>;
}
