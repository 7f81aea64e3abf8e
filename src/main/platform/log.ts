import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';

/** Log lines carry codes, counts and ids, never customer text, keys or addresses with tokens. */
export type Log = {
  info(event: string, fields?: Record<string, string | number | boolean>): void;
  warn(event: string, fields?: Record<string, string | number | boolean>): void;
  error(event: string, fields?: Record<string, string | number | boolean>): void;
};

const MAX_LOG_BYTES = 4 * 1024 * 1024;

/** Appends JSON lines to one file, keeping one older file of the same size. */
export function createFileLog(file: string, nowMs: () => number): Log {
  const write = (level: string, event: string, fields: Record<string, string | number | boolean> = {}) => {
    try {
      if (existsSync(file) && statSync(file).size > MAX_LOG_BYTES) renameSync(file, `${file}.old`);
      appendFileSync(file, `${JSON.stringify({ at: new Date(nowMs()).toISOString(), level, event, ...fields })}\n`, { mode: 0o600 });
    } catch {
      // errors are logged from inside error handlers: a full disk must not turn one failure into two
    }
  };
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
    error: (event, fields) => write('error', event, fields),
  };
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
