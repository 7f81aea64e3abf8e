import type { Database } from 'better-sqlite3';

/** A connection that may only read: the engine's, and every `find`/`list` of the backend. */
export type ReadableDb = Database & { readonly __readableDb: never };
/** The one connection that writes: the backend's. It can be passed wherever a reader is asked for. */
export type WritableDb = ReadableDb & { readonly __writableDb: never };
