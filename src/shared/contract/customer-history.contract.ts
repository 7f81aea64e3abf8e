import { oc } from '@orpc/contract';
import { z } from 'zod';
import { loyaltySegmentSchema } from './customer.contract.ts';
import { atSchema, customerIdSchema } from './ids.contract.ts';

/** From `at` on the formula puts the customer here, until the next step. */
const segmentStepSchema = z.object({ at: atSchema, segment: loyaltySegmentSchema });
export type SegmentStep = z.infer<typeof segmentStepSchema>;

export const customerHistoryContract = {
  /** Oldest first; null when the shop holds too many orders to work it out while the rep waits. */
  segmentSteps: oc.input(z.object({ customerId: customerIdSchema })).output(z.array(segmentStepSchema).nullable()),
};
