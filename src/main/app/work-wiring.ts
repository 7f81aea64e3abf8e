import type { RepId } from '../../shared/contract/ids.contract.ts';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import { listReps } from '../access/rep.repository.ts';
import { purgeDeletedLabels } from '../conversations/label.repository.ts';
import { purgeDeletedNotes } from '../conversations/note.repository.ts';
import type { Viewer } from '../conversations/conversation.repository.ts';
import { wakeDue } from '../conversations/snooze.repository.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { createWorkService, type WorkService } from './work.service.ts';

export type WorkWiring = { db: WritableDb; context: () => WriteContext; repId: () => RepId; emit: (event: AppEvent) => void; onError: (error: unknown) => void };

const WAKE_MS = 5000;
const UNDO_DAYS_MS = 86_400_000;

/** The work service on this machine's clock. */
export function openWork({ db, context, repId, emit }: WorkWiring): WorkService {
  return createWorkService({
    db, context, repId,
    utcOffsetMs: (at) => -new Date(at).getTimezoneOffset() * 60_000,
    onConversation: (conversationId) => emit({ type: 'conversation.changed', conversationId }),
    onSetup: () => emit({ type: 'data.changed' }),
  });
}

/** Brings snoozed conversations back when they are due, from now on; what was deleted more than a day ago goes for good first. Returns the function that ends it. */
export function startWakeClock({ db, context, emit, onError }: WorkWiring): () => void {
  const wake = (): void => {
    try {
      for (const conversationId of wakeDue(db, context())) emit({ type: 'conversation.changed', conversationId });
    } catch (error) {
      onError(error);
    }
  };
  const before = context().nowMs - UNDO_DAYS_MS;
  purgeDeletedNotes(db, before);
  purgeDeletedLabels(db, before);
  wake();
  const timer = setInterval(wake, WAKE_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Whose queue it is: handovers to nobody by name count for every lead. */
export function viewerOf(db: ReadableDb, repId: RepId): Viewer {
  const role = listReps(db).find(({ id }) => id === repId)?.role;
  return { repId, isLead: role !== undefined && role !== 'rep' };
}
