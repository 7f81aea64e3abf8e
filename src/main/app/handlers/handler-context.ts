import { implement, ORPCError } from '@orpc/server';
import type { AppEvent } from '../../../shared/contract/app.contract.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { isDiskFull } from '../../db/disk-full.ts';
import { DeskmateError, messageOf } from '../../platform/errors.ts';
import type { AppController } from '../app-controller.ts';
import type { Services } from '../services.ts';

/** What every handler gets: the app itself, and its services once the store is open. */
export type HandlerContext = {
  app: AppController;
  /** @throws DeskmateError locked while the store is not open. */
  services: () => Services;
  /** @throws DeskmateError locked or forbidden, before anything of the call is done. */
  assertAllowed: (name: string, input: unknown) => void;
  events: (signal: AbortSignal | undefined) => AsyncGenerator<AppEvent, void, void>;
  log: (message: string) => void;
};

/** Expected failures cross as code, sentence and `retryable`; anything else is logged and becomes `internal`. */
export const api = implement(contract)
  .$context<HandlerContext>()
  .use(async ({ next, context, path }, input) => {
    try {
      context.assertAllowed(path.join('.'), input);
      return await next();
    } catch (error) {
      if (error instanceof ORPCError) throw error;
      if (error instanceof DeskmateError) throw new ORPCError(error.code, { message: error.message, status: 422, data: { retryable: error.retryable } });
      if (isDiskFull(error)) throw new ORPCError('store_full', { message: 'The disk is full, so nothing was stored. Free some room and try again.', status: 507, data: { retryable: true } });
      context.log(messageOf(error));
      throw new ORPCError('internal', { message: 'Something went wrong inside Deskmate; the log has the details.', status: 500, data: { retryable: false } });
    }
  });
