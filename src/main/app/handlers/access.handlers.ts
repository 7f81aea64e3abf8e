import { api } from './handler-context.ts';

/** Who is at the desk, who may be, what was done, and the first steps. */
export const sessionHandlers = {
  get: api.session.get.handler(({ context }) => context.services().session.view()),
  signIn: api.session.signIn.handler(({ input, context }) => context.services().session.signIn(input.repId, input.pin)),
  signOut: api.session.signOut.handler(({ context }) => context.services().session.signOut()),
  lock: api.session.lock.handler(({ context }) => context.services().session.lock()),
  unlock: api.session.unlock.handler(({ input, context }) => context.services().session.unlock(input)),
  active: api.session.active.handler(({ context }) => {
    context.services().session.active();
    return {};
  }),
};

export const repHandlers = {
  list: api.rep.list.handler(({ context }) => context.services().reps.list()),
  save: api.rep.save.handler(({ input, context }) => context.services().reps.save(input)),
  setPin: api.rep.setPin.handler(({ input, context }) => context.services().reps.setPin(input)),
};

export const auditHandlers = {
  list: api.audit.list.handler(({ input, context }) => context.services().audit.list(input)),
  actions: api.audit.actions.handler(({ context }) => context.services().audit.actions()),
  exportCsv: api.audit.exportCsv.handler(({ input, context }) => context.services().audit.exportCsv(input)),
};

export const firstRunHandlers = {
  get: api.firstRun.get.handler(({ context }) => context.services().firstRun.get()),
  save: api.firstRun.save.handler(({ input, context }) => context.services().firstRun.save(input)),
  finish: api.firstRun.finish.handler(({ context }) => context.services().firstRun.finish()),
};
