import type { ErrorCode } from '../../shared/contract/error.contract.ts';

/** An expected failure: crosses the contract as `{code, message, retryable}`; the message is one plain sentence, safe to show. */
export class DeskmateError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DeskmateError';
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The message of anything thrown, for logs and job reports. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Closes an exhaustive switch: a new member of the union becomes a type error here. */
export function assertNever(value: never): never {
  throw new DeskmateError('internal', `unexpected value ${JSON.stringify(value)}`);
}
