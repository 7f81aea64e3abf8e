import { z } from 'zod';

/** Every way an expected call can fail. `bad_request` is also what a schema refusal becomes. */
export const errorCodeSchema = z.enum([
  'bad_request',
  'not_found',
  'forbidden',
  'conflict',
  'locked',
  'wrong_key',
  'store_busy',
  'store_newer',
  'store_damaged',
  'store_full',
  'file_unreadable',
  'file_refused',
  'engine_down',
  'cancelled',
  'channel_failed',
  'part_missing',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCodeSchema>;
