import { messageOf } from '../../platform/errors.ts';
import { api } from './handler-context.ts';

/** The app itself: state, keys, settings, backup, pushed events. */
export const appHandlers = {
  status: api.app.status.handler(({ context }) => context.app.status()),
  unlock: api.app.unlock.handler(({ input, context }) => context.app.unlock({ kind: 'passphrase', passphrase: input.passphrase })),
  unlockWithRecoveryCode: api.app.unlockWithRecoveryCode.handler(({ input, context }) => context.app.unlock({ kind: 'recovery', code: input.code })),
  setPassphrase: api.app.setPassphrase.handler(async ({ input, context }) => {
    const answer = await context.app.setPassphrase(input.current, input.next);
    context.services().noteStore('store.passphrase_set');
    return answer;
  }),
  useKeychain: api.app.useKeychain.handler(async ({ input, context }) => {
    const status = await context.app.useKeychain(input.passphrase);
    context.services().noteStore('store.keychain_used');
    return status;
  }),
  lock: api.app.lock.handler(({ context }) => context.app.lock()),
  backup: api.app.backup.handler(({ input, context }) => {
    const { noteStore, trust } = context.services();
    noteStore('store.backed_up');
    try {
      const result = context.app.backup(input.path ?? null);
      trust.noteBackup({ path: result.path, bytes: result.bytes, error: null });
      return result;
    } catch (error) {
      trust.noteBackup({ path: input.path ?? '', bytes: 0, error: messageOf(error) });
      throw error;
    }
  }),
  events: api.app.events.handler(({ context, signal }) => context.events(signal)),
};

export const settingsHandlers = {
  get: api.settings.get.handler(({ context }) => context.services().settings.get()),
  set: api.settings.set.handler(({ input, context }) => context.services().settings.set(input)),
};
