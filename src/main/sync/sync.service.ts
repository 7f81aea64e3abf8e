import { resolve as resolvePath } from 'node:path';
import { z } from 'zod';
import type { Channel } from '../../shared/contract/app.contract.ts';
import type { Message, OutboxEntry } from '../../shared/contract/conversation.contract.ts';
import type { ChannelId, ConversationId, MessageId, OutboxId } from '../../shared/contract/ids.contract.ts';
import { deleteChannel, getChannel, insertChannel, listChannels, saveCursor, setChannelState, type StoredChannel } from '../conversations/channel.repository.ts';
import { readAttachment } from '../conversations/attachment.repository.ts';
import { ensureConversation, findConversation } from '../conversations/conversation.repository.ts';
import { insertMessage } from '../conversations/message.repository.ts';
import { addExtras, moveReplyExtras } from '../conversations/message-extras.ts';
import { findReplyRep, getReply, listUnsent, setOutboxState } from '../conversations/outbox.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { Clock } from '../platform/clock.ts';
import { DeskmateError, messageOf } from '../platform/errors.ts';
import type { WriteContext } from '../platform/write-context.ts';
import type { CustomerCorpus } from '../practice/practice.types.ts';
import { detectLanguage } from '../text/language.ts';
import { findPii } from '../text/pii.ts';
import { runChannel, type ChannelRunner, type RunnerHooks } from './channel-runner.ts';
import type { Connector, IncomingMessage, PulledBatch } from './connector.ts';
import { demoPlanOf, demoProgress, startDemoSettings, type StartDemo } from './demo-channel.ts';
import { createDemoConnector } from './demo.connector.ts';
import { createFileConnector } from './file.connector.ts';
import { createOutboxWorker, type OutboxStore } from './outbox.worker.ts';
import { findQuotedMessage } from './outgoing-reply.ts';
import { createReplayConnector, replaySteps, type StoredConversation } from './replay.connector.ts';

const replaySettingsSchema = z.object({
  speed: z.number(), startedAt: z.number(), run: z.string(), path: z.string().nullable(), limit: z.number(),
  /** What a replay of stored conversations plays: chosen once, so that a restart goes on in the same script. */
  conversationIds: z.array(z.string()).default([]),
});
const fileSettingsSchema = z.object({ path: z.string() });

export type ReplaySource = { path: string | null; limit: number; conversationIds: readonly string[] };

export type SyncDeps = {
  db: WritableDb;
  clock: Clock;
  context: () => WriteContext;
  repId: () => string | null;
  /** The stored conversations that a replay without a file plays. */
  chooseReplay: (limit: number) => string[];
  /** Conversations a replay plays: from a file, or the stored ones of these ids when `path` is null. */
  loadReplay: (source: ReplaySource) => Promise<StoredConversation[]>;
  /** The live customers of the demo shop. @throws DeskmateError channel_failed when they cannot be read. */
  loadCustomers: () => Promise<CustomerCorpus>;
  onReceived: (message: Message) => void;
  onOutbox: (entry: OutboxEntry) => void;
  onConversation: (conversationId: ConversationId) => void;
  onSkipped: (channelId: ChannelId, offset: number, reason: string) => void;
  /** A channel started, stopped, failed or recovered. */
  onChannel: () => void;
  /** Something failed in the background. */
  onError: (error: unknown) => void;
};

export type SyncService = ReturnType<typeof createSyncService>;
type Running = { connector: Connector; runner: ChannelRunner };

/** Runs every channel of the shop: incoming messages into the store, queued replies out of it. */
export function createSyncService(deps: SyncDeps) {
  const channels = runChannels(deps);
  const start = async (kind: Channel['kind'], title: string, settings: Record<string, unknown>) => {
    const channel = insertChannel(deps.db, deps.context(), { kind, title, settings });
    try {
      await channels.open(channel);
    } catch (error) {
      deleteChannel(deps.db, channel.id);
      throw error;
    }
    return channels.describe(channel.id);
  };
  return {
    /** Goes on with every channel that was running when the app last stopped. */
    async resume(): Promise<void> {
      for (const channel of listChannels(deps.db)) {
        if (channel.state !== 'stopped' && isPlayable(channel)) await channels.open(channel).catch((error: unknown) => channels.fail(channel.id, messageOf(error)));
      }
      // replies to imported history wait for no channel
      channels.sendReplies();
    },
    startReplay: ({ path, speed, limit }: { path: string | null; speed: number; limit: number }) => {
      const run = deps.context().newId();
      const conversationIds = path === null ? deps.chooseReplay(limit) : [];
      return start('replay', path ?? 'stored', { path, speed, limit, conversationIds, run, startedAt: deps.clock.nowMs() });
    },
    /** Lets live customers write in from now on. */
    startDemo: (wanted: StartDemo) => start('demo', 'demo', startDemoSettings(wanted, deps.context().newId(), deps.clock.nowMs())),
    /** Watches a file; one that was watched before goes on where it stopped, so that nothing in it is told twice. */
    async addFile(file: string): Promise<Channel> {
      const path = resolvePath(file);
      const known = listChannels(deps.db).find((channel) => channel.kind === 'file' && fileSettingsSchema.safeParse(channel.settings).data?.path === path);
      if (known === undefined) return start('file', path, { path });
      await channels.open(known);
      return channels.describe(known.id);
    },
    stop: (channelId: ChannelId) => channels.stop(channelId),
    list: (): Channel[] => listChannels(deps.db).filter(isPlayable).map(({ id }) => channels.describe(id)),
    /** Ends every replay whose script holds this customer: an erased one must not come back with its next step. */
    forgetCustomer: (customerExternalId: string): void => channels.forgetCustomer(customerExternalId),
    /** A reply was queued. */
    replyQueued: () => channels.sendReplies(),
    idle: () => channels.idle(),
    close: () => channels.close(),
  };
}

type ChangeState = (channelId: ChannelId, state: StoredChannel['state'], error?: string | null) => void;

function runnerHooks(deps: SyncDeps, channelId: ChannelId, changeState: ChangeState): RunnerHooks {
  return {
    readCursor: () => getChannel(deps.db, channelId).cursor,
    store: (batch) => storeBatch(deps, channelId, batch),
    onFailed: (message) => changeState(channelId, 'failed', message),
    onRecovered: () => changeState(channelId, 'running'),
    onError: deps.onError,
  };
}

/** The connectors at work, and the outbox that sends by them. */
function runChannels(deps: SyncDeps) {
  const { db } = deps;
  const running = new Map<ChannelId, Running>();
  const opening = new Map<ChannelId, Promise<void>>();
  const outbox = createOutboxWorker(outboxStore(deps, running), deps.onError);
  let isClosed = false;

  const changeState: ChangeState = (channelId, state, error = null) => {
    if (isClosed) return;
    const before = getChannel(db, channelId);
    setChannelState(db, channelId, state, error);
    if (before.state !== state || before.error !== error) deps.onChannel();
  };
  const begin = async (channel: StoredChannel) => {
    const connector = await connectorFor(deps, channel);
    // the store may be closed by now
    if (isClosed) return;
    changeState(channel.id, 'running');
    running.set(channel.id, { connector, runner: runChannel(connector, runnerHooks(deps, channel.id, changeState)) });
    outbox.kick();
  };
  const end = (channelId: ChannelId) => {
    const stopped = running.get(channelId)?.runner.stop();
    running.delete(channelId);
    changeState(channelId, 'stopped');
    return stopped;
  };
  const describe = (channelId: ChannelId): Channel => describeChannel(getChannel(db, channelId), running.get(channelId)?.connector);
  return {
    describe,
    /** Does nothing for a channel that runs already. */
    open(channel: StoredChannel): Promise<void> {
      if (running.has(channel.id)) return Promise.resolve();
      const begun = opening.get(channel.id) ?? begin(channel).finally(() => opening.delete(channel.id));
      opening.set(channel.id, begun);
      return begun;
    },
    fail: (channelId: ChannelId, message: string) => changeState(channelId, 'failed', message),
    async stop(channelId: ChannelId): Promise<Channel> {
      await opening.get(channelId)?.catch(() => {});
      await end(channelId);
      return describe(channelId);
    },
    forgetCustomer(externalId: string): void {
      for (const [channelId, { connector }] of running) if (connector.holdsCustomer?.(externalId) === true) void end(channelId);
    },
    sendReplies: () => outbox.kick(),
    idle: () => outbox.idle(),
    async close(): Promise<void> {
      isClosed = true;
      await outbox.stop();
      await Promise.all([...running.values()].map(({ runner }) => runner.stop()));
      running.clear();
    },
  };
}

/** Imported history stands in channels too, but those have nothing to run. */
function isPlayable(channel: StoredChannel): boolean {
  return channel.kind === 'replay' || channel.kind === 'file' || channel.kind === 'demo';
}

async function connectorFor(deps: SyncDeps, channel: StoredChannel): Promise<Connector> {
  if (channel.kind === 'file') {
    const { path } = fileSettingsSchema.parse(channel.settings);
    return createFileConnector(path, (offset, reason) => deps.onSkipped(channel.id, offset, reason));
  }
  if (channel.kind === 'demo') return createDemoConnector(demoPlanOf(channel.settings), await deps.loadCustomers(), deps.clock);
  const { speed, startedAt, run, ...source } = replaySettingsSchema.parse(channel.settings);
  const conversations = await deps.loadReplay(source);
  if (conversations.length === 0) throw new DeskmateError('channel_failed', 'There are no conversations to replay. Import some first.');
  return createReplayConnector({ steps: replaySteps(conversations, run), speed, startedAt }, deps.clock);
}

function describeChannel(channel: StoredChannel, connector: Connector | undefined): Channel {
  const progress = connector?.progress?.(channel.cursor);
  const shared = { id: channel.id, title: channel.title, state: channel.state, error: channel.error, lastSyncAt: channel.lastSyncAt };
  if (channel.kind === 'demo') return { ...shared, kind: 'demo', replay: null, demo: demoProgress(channel) };
  const settings = replaySettingsSchema.safeParse(channel.settings);
  const replay =
    progress === undefined || !settings.success
      ? null
      : { channelId: channel.id, state: progress.playedCount >= progress.totalCount ? ('ended' as const) : ('playing' as const), speed: settings.data.speed, ...progress };
  return { ...shared, kind: channel.kind === 'file' ? 'file' : 'replay', replay };
}

/** Messages and cursor in one transaction; what was stored before is skipped, so a batch told twice adds nothing. */
function storeBatch(deps: SyncDeps, channelId: ChannelId, batch: PulledBatch): void {
  const stored = deps.db.transaction(() => {
    const messages = batch.messages.flatMap((incoming) => storeIncoming(deps, channelId, incoming) ?? []);
    saveCursor(deps.db, channelId, batch.cursor, deps.clock.nowMs());
    return messages;
  })();
  for (const message of stored) deps.onReceived(message);
}

function storeIncoming(deps: SyncDeps, channelId: ChannelId, incoming: IncomingMessage): Message | undefined {
  const ctx = deps.context();
  const { id } = ensureConversation(deps.db, ctx, {
    channelId,
    externalId: incoming.conversationExternalId,
    customerExternalId: incoming.customerExternalId,
    ...(incoming.customerName === undefined ? {} : { customerName: incoming.customerName }),
    openedAt: incoming.sentAt,
  });
  const stored = insertMessage(deps.db, ctx, {
    conversationId: id, externalId: incoming.externalId, role: incoming.role, text: incoming.text, sentAt: incoming.sentAt,
    language: detectLanguage(incoming.text), piiSpans: findPii(incoming.text), isLive: true,
  })?.message;
  return stored === undefined ? undefined : addExtras(deps.db, ctx, stored, incoming);
}

function outboxStore(deps: SyncDeps, running: ReadonlyMap<ChannelId, Running>): OutboxStore {
  const change = (id: OutboxId, next: Parameters<typeof setOutboxState>[2]) => {
    const entry = setOutboxState(deps.db, id, next, deps.clock.nowMs());
    deps.onOutbox(entry);
    return entry;
  };
  const conversationOf = (conversationId: ConversationId) => {
    const conversation = findConversation(deps.db, conversationId);
    if (conversation === undefined) throw new DeskmateError('not_found', 'The conversation of this reply is gone.');
    return conversation;
  };
  return {
    listUnsent: () => listUnsent(deps.db),
    conversationExternalId: (conversationId) => conversationOf(conversationId).externalId,
    quotedMessage: (entry) => findQuotedMessage(deps.db, entry),
    readFile: ({ id }) => readAttachment(deps.db, id),
    connectorOf: (conversationId) => {
      const { channelId } = conversationOf(conversationId);
      return isPlayable(getChannel(deps.db, channelId)) ? running.get(channelId)?.connector : 'none';
    },
    markSending: (id) => change(id, { state: 'sending', isAttempt: true }),
    markFailed: (id, reason) => change(id, { state: 'failed', error: reason }),
    markUnknown: (id, reason) => change(id, { state: 'unknown', error: reason }),
    markSent: (id, externalId) => {
      const entry = deps.db.transaction(() => {
        const messageId = storeSentReply(deps, id, externalId);
        if (messageId !== undefined) moveReplyExtras(deps.db, id, messageId);
        return setOutboxState(deps.db, id, { state: 'sent', ...(messageId === undefined ? {} : { messageId }) }, deps.clock.nowMs());
      })();
      deps.onOutbox(entry);
      deps.onConversation(entry.conversationId);
      return entry;
    },
  };
}

/** The delivered reply becomes a message of the conversation; its external id keeps it from doubling when the channel tells it again. */
function storeSentReply(deps: SyncDeps, id: OutboxId, externalId: string): MessageId | undefined {
  const reply = getReply(deps.db, id);
  const ctx = deps.context();
  const repId = findReplyRep(deps.db, id) ?? deps.repId();
  return insertMessage(deps.db, ctx, {
    conversationId: reply.conversationId, externalId, role: 'rep', ...(repId === null ? {} : { repId }), text: reply.text, sentAt: ctx.nowMs,
    language: detectLanguage(reply.text), piiSpans: findPii(reply.text), isLive: true,
  })?.message.id;
}
