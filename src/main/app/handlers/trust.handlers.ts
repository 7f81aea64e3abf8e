import { api } from './handler-context.ts';

/** What left this machine, health, backups, retention, about. */
export const trustHandlers = {
  contacts: api.trust.contacts.handler(({ context }) => context.services().trust.contacts()),
  exportContacts: api.trust.exportContacts.handler(({ context }) => context.services().trust.exportContacts()),
  health: api.trust.health.handler(({ context }) => context.services().trust.health()),
  checkStore: api.trust.checkStore.handler(({ context }) => context.services().trust.checkStore()),
  checkModels: api.trust.checkModels.handler(({ context }) => context.services().trust.checkModels()),
  checkParser: api.trust.checkParser.handler(({ context }) => context.services().trust.checkParser()),
  rebuildIndex: api.trust.rebuildIndex.handler(({ context }) => context.services().trust.rebuildIndex()),
  restartEngine: api.trust.restartEngine.handler(({ context }) => done(context.services().trust.restartEngine())),
  retryText: api.trust.retryText.handler(({ input, context }) => done(context.services().trust.retryText(input.kind, input.seq))),
  backups: api.trust.backups.handler(({ context }) => ({ ...context.services().trust.backups(), canUndoRestore: context.app.canUndoRestore() })),
  saveSchedule: api.trust.saveSchedule.handler(({ input, context }) => ({ ...context.services().trust.saveSchedule(input), canUndoRestore: context.app.canUndoRestore() })),
  restorePreview: api.trust.restorePreview.handler(({ input, context }) => context.app.restorePreview(input.path, input.passphrase)),
  restore: api.trust.restore.handler(async ({ input, context }) => done(await context.app.restore(input.path, input.passphrase))),
  undoRestore: api.trust.undoRestore.handler(async ({ input, context }) => done(await context.app.undoRestore(input.passphrase))),
  retention: api.trust.retention.handler(({ context }) => context.services().trust.retention()),
  saveRetention: api.trust.saveRetention.handler(({ input, context }) => context.services().trust.saveRetention(input)),
  retentionPreview: api.trust.retentionPreview.handler(({ input, context }) => context.services().trust.retentionPreview(input)),
  runRetention: api.trust.runRetention.handler(({ context }) => context.services().trust.runRetention()),
  about: api.trust.about.handler(({ context }) => context.services().trust.about()),
};

function done(_nothing: void): Record<string, never> {
  return {};
}
