import { api } from './handler-context.ts';

/** What reps do with conversations beside answering. */
export const workHandlers = {
  setup: api.work.setup.handler(({ context }) => context.services().work.setup()),
  counts: api.work.counts.handler(({ context }) => context.services().work.counts()),
  snooze: api.work.snooze.handler(({ input, context }) => context.services().work.snooze(input.conversationIds, input.until)),
  unsnooze: api.work.unsnooze.handler(({ input, context }) => context.services().work.unsnooze(input.conversationIds)),
  close: api.work.close.handler(({ input, context }) => context.services().work.close(input.conversationIds, input.disposition, input.note)),
  reopen: api.work.reopen.handler(({ input, context }) => context.services().work.reopen(input.conversationIds)),
  assign: api.work.assign.handler(({ input, context }) => context.services().work.assign(input.conversationIds, input.repId)),
  label: api.work.label.handler(({ input, context }) => context.services().work.label(input.conversationIds, input.labelId, input.isOn)),
  markUnread: api.work.markUnread.handler(({ input, context }) => context.services().work.markUnread(input.conversationIds, input.isUnread)),
  undo: api.work.undo.handler(({ input, context }) => context.services().work.undo(input.actionIds)),
  createLabel: api.work.createLabel.handler(({ input, context }) => context.services().work.createLabel(input)),
  saveLabel: api.work.saveLabel.handler(({ input, context }) => context.services().work.saveLabel(input)),
  deleteLabel: api.work.deleteLabel.handler(({ input, context }) => context.services().work.deleteLabel(input.id)),
  restoreLabel: api.work.restoreLabel.handler(({ input, context }) => context.services().work.restoreLabel(input.id)),
  saveDisposition: api.work.saveDisposition.handler(({ input, context }) => context.services().work.saveDisposition(input)),
  history: api.work.history.handler(({ input, context }) => context.services().work.history(input.conversationId)),
  addNote: api.work.addNote.handler(({ input, context }) => context.services().work.addNote(input.conversationId, input.text)),
  editNote: api.work.editNote.handler(({ input, context }) => context.services().work.editNote(input.id, input.text)),
  deleteNote: api.work.deleteNote.handler(({ input, context }) => context.services().work.deleteNote(input.id)),
  handoverDraft: api.work.handoverDraft.handler(({ input, context }) => context.services().work.handoverDraft(input.conversationId)),
  handOver: api.work.handOver.handler(({ input, context }) => context.services().work.handOver(input)),
  agenda: api.work.agenda.handler(({ context }) => context.services().work.agenda()),
  settlePromise: api.work.settlePromise.handler(({ input, context }) => context.services().work.settlePromise(input)),
};
