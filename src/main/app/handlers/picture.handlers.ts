import { getTodaySummary } from '../../conversations/today.repository.ts';
import { api } from './handler-context.ts';

/** What the pictures are drawn from. */
export const todayHandlers = {
  summary: api.today.summary.handler(({ input, context }) => {
    const { db, session } = context.services();
    return getTodaySummary(db, { ...input, repId: session.repId() });
  }),
};

export const customerHistoryHandlers = {
  segmentSteps: api.customerHistory.segmentSteps.handler(({ input, context }) => context.services().loyalty.segmentSteps(input.customerId)),
};
