import { RPCHandler } from '@orpc/server/websocket';
import type { AppEvent } from '../../shared/contract/app.contract.ts';
import type { BackupResult } from '../db/backup.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import { createEventBus } from '../platform/event-bus.ts';
import type { Port } from '../platform/port.ts';
import { createAppController } from './app-controller.ts';
import { streamEvents } from './app-events.ts';
import type { AppOptions } from './app.types.ts';
import { adaptHandlers } from './handlers/adapt.handlers.ts';
import { auditHandlers, firstRunHandlers, repHandlers, sessionHandlers } from './handlers/access.handlers.ts';
import { appHandlers, settingsHandlers } from './handlers/app.handlers.ts';
import { conversationHandlers, draftHandlers, outboxHandlers, riskHandlers, suggestionHandlers } from './handlers/desk.handlers.ts';
import { catalogueHandlers } from './handlers/catalogue.handlers.ts';
import { attachmentHandlers, evidenceHandlers } from './handlers/attachment.handlers.ts';
import { api, type HandlerContext } from './handlers/handler-context.ts';
import { knowledgeHandlers } from './handlers/knowledge.handlers.ts';
import { modelHandlers } from './handlers/model.handlers.ts';
import { demoHandlers, packHandlers } from './handlers/pack.handlers.ts';
import { channelHandlers, customerHandlers, importHandlers, jobHandlers, searchHandlers } from './handlers/shop.handlers.ts';
import { customerHistoryHandlers, todayHandlers } from './handlers/picture.handlers.ts';
import { trustHandlers } from './handlers/trust.handlers.ts';
import { tuningHandlers } from './handlers/tuning.handlers.ts';
import { updateHandlers } from './handlers/update.handlers.ts';
import { workHandlers } from './handlers/work.handlers.ts';
import { servePage } from './page-port.ts';
import type { Services } from './services.ts';

export const router = api.router({
  adapt: adaptHandlers,
  app: appHandlers,
  settings: settingsHandlers,
  session: sessionHandlers,
  rep: repHandlers,
  audit: auditHandlers,
  firstRun: firstRunHandlers,
  conversation: conversationHandlers,
  work: workHandlers,
  draft: draftHandlers,
  outbox: outboxHandlers,
  attachment: attachmentHandlers,
  evidence: evidenceHandlers,
  suggestion: suggestionHandlers,
  risk: riskHandlers,
  customer: customerHandlers,
  customerHistory: customerHistoryHandlers,
  today: todayHandlers,
  catalogue: catalogueHandlers,
  knowledge: knowledgeHandlers,
  search: searchHandlers,
  import: importHandlers,
  job: jobHandlers,
  model: modelHandlers,
  pack: packHandlers,
  demo: demoHandlers,
  channel: channelHandlers,
  update: updateHandlers,
  trust: trustHandlers,
  tuning: tuningHandlers,
});

export type App = {
  /** Serves the contract to one page; returns the function that ends it. */
  connect(port: Port): () => void;
  /** Resolves once the store is open, locked or known to be unusable. */
  started: Promise<void>;
  /** @throws DeskmateError while the store is not open. */
  services(): Services;
  /** One encrypted file; into the store's own backup folder when no target is named. */
  backup(target: string | null): BackupResult;
  close(): Promise<void>;
};

/** The whole backend, with no window and no port: store, engine client, services, channels. Opening goes on in the background. */
export function createApp(options: AppOptions): App {
  const bus = createEventBus<AppEvent>((error) => options.log.error('event.listener_failed', { message: messageOf(error) }));
  const app = createAppController(options, bus.emit);
  const context: HandlerContext = {
    app,
    services: () => app.services(),
    assertAllowed: (name, input) => app.assertAllowed(name, input),
    events: (signal) => streamEvents(bus, signal, { type: 'app.changed', status: app.status() }, app.mayTell),
    log: (message) => options.log.error('call.failed', { message }),
  };
  const handler = new RPCHandler(router);
  const started = app.start();
  return {
    connect: (port) => servePage(handler, port, context),
    started,
    services: () => app.services(),
    backup: (target) => app.backup(target),
    close: () => app.close(),
  };
}

/** For the command line: the same services, or the reason why there are none. */
export async function openApp(options: AppOptions): Promise<App> {
  const app = createApp(options);
  await app.started;
  try {
    app.services();
    return app;
  } catch (error) {
    await app.close();
    throw error instanceof DeskmateError ? error : new DeskmateError('internal', messageOf(error));
  }
}
