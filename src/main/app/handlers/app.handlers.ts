import { api } from './handler-context.ts';

/** The app itself: state, keys, settings, backup, pushed events. */
export const appHandlers = {
  status: api.app.status.handler(({ context }) => context.app.status()),
  unlock: api.app.unlock.handler(({ input, context }) => context.app.unlock({ kind: 'passphrase', passphrase: input.passphrase })),
  unlockWithRecoveryCode: api.app.unlockWithRecoveryCode.handler(({ input, context }) => context.app.unlock({ kind: 'recovery', code: input.code })),
  setPassphrase: api.app.setPassphrase.handler(({ input, context }) => context.app.setPassphrase(input.current, input.next)),
  useKeychain: api.app.useKeychain.handler(({ input, context }) => context.app.useKeychain(input.passphrase)),
  lock: api.app.lock.handler(({ context }) => context.app.lock()),
  backup: api.app.backup.handler(({ input, context }) => context.app.backup(input.path ?? null)),
  events: api.app.events.handler(({ context, signal }) => context.events(signal)),
};

export const settingsHandlers = {
  get: api.settings.get.handler(({ context }) => context.services().settings.get()),
  set: api.settings.set.handler(({ input, context }) => context.services().settings.set(input)),
};
