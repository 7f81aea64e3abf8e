import { createRouterClient, EventPublisher, ORPCError } from '@orpc/server';
import type { AppEvent, AppStatus, Channel, Settings } from '../../shared/contract/app.contract.ts';
import type { ConversationSummary, Draft, Message, OutboxEntry } from '../../shared/contract/conversation.contract.ts';
import type { AttachmentId } from '../../shared/contract/attachment.contract.ts';
import { channelIdSchema, messageIdSchema, type CustomerId, type MessageId } from '../../shared/contract/ids.contract.ts';
import { NO_NOTICE_CHANGES } from '../../shared/contract/desktop.contract.ts';
import type { ImportPreview } from '../../shared/contract/import.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import type { RiskSignal } from '../../shared/contract/risk.contract.ts';
import type { GuardViolation, SuggestionSet } from '../../shared/contract/suggestion.contract.ts';
import type { CustomerCard } from '../../shared/contract/customer.contract.ts';
import type { Connection, ConnectionState } from '../connection/connection.ts';
import type { Product } from '../../shared/contract/catalogue.contract.ts';
import { fakeCatalogueHandlers, sampleProducts } from './fake-catalogue.ts';
import { createFakeAdapt, fakeAdaptHandlers, type FakeAdapt } from './fake-adapt.ts';
import { createFakeAccess, fakeAccessHandlers, type FakeAccess } from './fake-access.ts';
import { createFakeFiles, fakeAttachmentHandlers, type FakeFiles } from './fake-attachments.ts';
import { fakeKnowledgeHandlers, fakeMatches, type FakeKnowledge } from './fake-knowledge.ts';
import { createFakeWork, fakeWorkHandlers, type FakeWork } from './fake-work.ts';
import { createFakePictures, fakePictureHandlers, type FakePictures } from './fake-pictures.ts';
import { createFakeTuning, fakeTuningHandlers, type FakeTuning } from './fake-tuning.ts';
import { createFakeTrust, fakeTrustHandlers, type FakeTrust } from './fake-trust.ts';
import { createFakeModels, fakeModelHandlers, type FakeModels } from './fake-models.ts';
import { createFakePacks, fakePackHandlers, type FakePacks } from './fake-packs.ts';
import { createFakeSearch, fakeSearchHandlers, type FakeSearch } from './fake-search.ts';
import { fakeUpdateHandlers } from './fake-desktop.ts';
import { recordingContract, type FakeOs } from './recording-contract.ts';
import { sampleArticles, sampleJobs, sampleMacros, samplePreview, sampleQuestions } from './sample-knowledge.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW, sampleCard, sampleConversations, sampleMessages, sampleSignals, sampleStatus, sampleSuggestions } from './sample-shop.ts';

export type FakeState = FakeKnowledge & {
  status: AppStatus;
  settings: Settings;
  conversations: ConversationSummary[];
  messages: (conversationId: string) => Message[];
  signals: (conversationId: string) => RiskSignal[];
  suggestions: (conversationId: string) => SuggestionSet;
  card: (customerId: string) => CustomerCard;
  disputed: Set<string>;
  access: FakeAccess;
  adapt: FakeAdapt;
  work: FakeWork;
  drafts: Map<string, Draft>;
  outbox: OutboxEntry[];
  files: FakeFiles;
  packs: FakePacks;
  models: FakeModels;
  trust: FakeTrust;
  tuning: FakeTuning;
  pictures: FakePictures;
  products: Product[];
  search: FakeSearch;
  check: (text: string) => GuardViolation[];
  jobs: Job[];
  channels: Channel[];
  preview: (path: string) => ImportPreview;
};
export type FakeBackend = ReturnType<typeof createFakeBackend>;

function firstState(): FakeState {
  const signals = new Map<string, RiskSignal[]>();
  const sets = new Map<string, SuggestionSet>();
  const kept = <T>(map: Map<string, T>, id: string, make: (id: string) => T): T => {
    const found = map.get(id) ?? make(id);
    map.set(id, found);
    return found;
  };
  return {
    status: sampleStatus,
    settings: { language: 'zh-Hans', theme: 'light', quietMode: 'full', repName: '小同', shopName: '山屿户外', suggestionThreshold: null, idleLockMinutes: 0, notices: NO_NOTICE_CHANGES, updateFeed: null, keys: {}, recentCommands: [] },
    conversations: sampleConversations(),
    messages: (id) => sampleMessages(id),
    signals: (id) => kept(signals, id, sampleSignals),
    suggestions: (id) => kept(sets, id, sampleSuggestions),
    card: sampleCard,
    disputed: new Set(),
    access: createFakeAccess(),
    adapt: createFakeAdapt(),
    work: createFakeWork(),
    drafts: new Map(),
    outbox: [],
    files: createFakeFiles(),
    packs: createFakePacks(),
    models: createFakeModels(),
    trust: createFakeTrust(),
    tuning: createFakeTuning(),
    pictures: createFakePictures(),
    products: sampleProducts(),
    search: createFakeSearch(),
    check: () => [],
    articles: sampleArticles(),
    deleted: [],
    versions: new Map(),
    macros: sampleMacros(),
    deletedMacros: [],
    questions: sampleQuestions(),
    dismissed: [],
    jobs: sampleJobs(),
    channels: [],
    preview: samplePreview,
  };
}

const notFound = (): never => {
  throw new ORPCError('not_found', { message: 'It is not there.' });
};
const orNotFound = <T>(found: T | undefined): T => found ?? notFound();

/**
 * The contract served from memory: inputs and outputs are really parsed. `state` may be changed by a test, `emit` tells
 * the page, `calls` lists what was called; `fail` makes one procedure (`outbox.send`) refuse from now on.
 */
export function createFakeBackend(change: Partial<FakeState> = {}) {
  const state: FakeState = { ...firstState(), ...change };
  const publisher = new EventPublisher<{ event: AppEvent }>();
  const calls: { name: string; input: unknown }[] = [];
  const failing = new Map<string, string>();
  const emit = (event: AppEvent): void => publisher.publish('event', event);
  const os = recordingContract(calls, failing);
  const router = os.router({ ...shellHandlers(os, state, publisher, emit), ...fakeAccessHandlers(os, state.access, emit), ...fakeAdaptHandlers(os, state.adapt, emit), ...talkHandlers(os, state), ...fakeWorkHandlers(os, state, emit), ...fakeAttachmentHandlers(os, state.files), ...fakeCatalogueHandlers(os, state.products), ...judgeHandlers(os, state), ...fakeKnowledgeHandlers(os, state), ...storeHandlers(os, state, emit), ...fakePackHandlers(os, state.packs, emit), ...fakeModelHandlers(os, state.models, emit), ...fakeTrustHandlers(os, state.trust, state.status.version, emit), ...fakeTuningHandlers(os, state.tuning, emit), ...fakePictureHandlers(os, state.pictures), ...fakeUpdateHandlers(os, state.settings) });
  let connectionState: ConnectionState = 'open';
  const watchers = new Set<(state: ConnectionState) => void>();
  const connection: Connection = {
    client: createRouterClient(router),
    state: () => connectionState,
    subscribeState(listener) {
      watchers.add(listener);
      listener(connectionState);
      return () => void watchers.delete(listener);
    },
    chooseFiles: async () => ['/data/orders.csv'],
    pathOf: async (file) => `/data/${file.name}`,
    release: async () => {},
    close() {},
  };
  return {
    state, emit, calls, connection,
    fail: (name: string, code: string | null) => (code === null ? failing.delete(name) : failing.set(name, code)),
    become(next: ConnectionState) {
      connectionState = next;
      for (const watcher of watchers) watcher(next);
    },
    callsOf: (name: string) => calls.filter((call) => call.name === name),
  };
}

type Os = FakeOs;

function shellHandlers(os: Os, state: FakeState, publisher: EventPublisher<{ event: AppEvent }>, emit: (event: AppEvent) => void) {
  const unlocked = (isRight: boolean): AppStatus => {
    if (!isRight) throw new ORPCError('wrong_key', { message: 'The passphrase does not fit.' });
    state.status = { ...state.status, state: 'ready' };
    return state.status;
  };
  return {
    app: {
      status: os.app.status.handler(() => state.status),
      unlock: os.app.unlock.handler(({ input }) => unlocked(input.passphrase === 'correct horse')),
      unlockWithRecoveryCode: os.app.unlockWithRecoveryCode.handler(({ input }) => unlocked(input.code === 'ABCD-EFGH-JKMN')),
      setPassphrase: os.app.setPassphrase.handler(() => {
        state.status = { ...state.status, keyProtection: 'passphrase' };
        return { recoveryCode: 'ABCD-EFGH-JKMN' };
      }),
      useKeychain: os.app.useKeychain.handler(() => (state.status = { ...state.status, keyProtection: 'keychain' })),
      lock: os.app.lock.handler(() => (state.status = { ...state.status, state: 'locked' })),
      backup: os.app.backup.handler(() => ({ path: '/home/rep/deskmate-backup.db', bytes: 18_874_368, openedBy: 'key_file' })),
      events: os.app.events.handler(({ signal }) => publisher.subscribe('event', signal === undefined ? {} : { signal })),
    },
    settings: {
      get: os.settings.get.handler(() => state.settings),
      set: os.settings.set.handler(({ input }) => {
        state.settings = { ...state.settings, ...(Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Settings>) };
        emit({ type: 'settings.changed', settings: state.settings });
        return state.settings;
      }),
    },
  };
}

type ListInput = { state: 'open' | 'closed'; isSnoozed: boolean; owner: 'anyone' | 'me' | 'nobody'; labelId?: string | undefined; band?: 'warn' | 'alert' | undefined; channelKind?: string | undefined };

function isOwnedAs({ rep }: ConversationSummary, owner: ListInput['owner'], repId: string): boolean {
  return owner === 'me' ? rep?.id === repId : owner !== 'nobody' || rep === null;
}

function isListed(row: ConversationSummary, filter: ListInput, repId: string): boolean {
  if (row.state !== filter.state || (row.state === 'open' && (row.snoozedUntil !== null) !== filter.isSnoozed)) return false;
  if (!isOwnedAs(row, filter.owner, repId)) return false;
  if (filter.labelId !== undefined && !row.labels.some(({ id }) => id === filter.labelId)) return false;
  if (filter.channelKind !== undefined && row.channelKind !== filter.channelKind) return false;
  return filter.band === undefined || isAtLeast(row, filter.band);
}

function isAtLeast({ risk }: ConversationSummary, band: 'warn' | 'alert'): boolean {
  return risk?.band === 'alert' || (band === 'warn' && risk?.band === 'warn');
}

function talkHandlers(os: Os, state: FakeState) {
  const summary = (id: string): ConversationSummary => orNotFound(state.conversations.find((row) => row.id === id));
  const setState = (id: string, next: 'open' | 'closed'): Record<string, never> => {
    state.conversations = state.conversations.map((row) => (row.id === id ? { ...row, state: next } : row));
    return {};
  };
  const entryOf = (id: string): OutboxEntry => orNotFound(state.outbox.find((entry) => entry.id === id));
  const setEntry = (entry: OutboxEntry): OutboxEntry => {
    state.outbox = [...state.outbox.filter(({ id }) => id !== entry.id), entry];
    return entry;
  };
  return {
    conversation: {
      list: os.conversation.list.handler(({ input }) => state.conversations.filter((row) => isListed(row, input, state.access.repId)).slice(0, input.limit)),
      get: os.conversation.get.handler(({ input }) => summary(input.conversationId)),
      messages: os.conversation.messages.handler(({ input }) => {
        const all = state.messages(input.conversationId);
        const end = input.before === undefined ? all.length : all.findIndex(({ id }) => id === input.before);
        return { messages: all.slice(Math.max(0, end - input.limit), end), hasMore: end > input.limit };
      }),
      markRead: os.conversation.markRead.handler(({ input }) => {
        state.conversations = state.conversations.map((row) => (row.id === input.conversationId ? { ...row, unreadCount: 0 } : row));
        return {};
      }),
      close: os.conversation.close.handler(({ input }) => setState(input.conversationId, 'closed')),
      reopen: os.conversation.reopen.handler(({ input }) => setState(input.conversationId, 'open')),
    },
    draft: {
      get: os.draft.get.handler(({ input }) => state.drafts.get(input.conversationId) ?? null),
      save: os.draft.save.handler(({ input }) => {
        if (input.text === '' && input.replyTo === undefined) state.drafts.delete(input.conversationId);
        else state.drafts.set(input.conversationId, { ...input, updatedAt: SAMPLE_NOW });
        return { updatedAt: SAMPLE_NOW };
      }),
    },
    outbox: {
      list: os.outbox.list.handler(({ input }) => state.outbox.filter((entry) => entry.conversationId === input.conversationId)),
      send: os.outbox.send.handler(({ input }) => {
        const known = state.outbox.find(({ id }) => id === input.id);
        if (known === undefined || state.drafts.get(input.conversationId)?.text.trim() === input.text) state.drafts.delete(input.conversationId);
        if (known !== undefined) return known;
        return setEntry({ ...sentExtras(state, input), id: input.id, conversationId: input.conversationId, text: input.text, state: 'queued', attemptCount: 0, error: null, messageId: null, createdAt: SAMPLE_NOW });
      }),
      retry: os.outbox.retry.handler(({ input }) => setEntry({ ...entryOf(input.id), state: 'queued', error: null })),
      takeBack: os.outbox.takeBack.handler(({ input }) => {
        const entry = entryOf(input.id);
        state.outbox = state.outbox.filter(({ id }) => id !== input.id);
        const draft: Draft = { conversationId: entry.conversationId, text: entry.text, caret: entry.text.length, marks: [], updatedAt: SAMPLE_NOW };
        if (entry.replyTo !== undefined) draft.replyTo = entry.replyTo;
        state.drafts.set(entry.conversationId, draft);
        for (const { id } of entry.attachments ?? []) state.files.attach(entry.conversationId, id);
        return draft;
      }),
    },
  };
}

type SentInput = { conversationId: string; attachmentIds?: AttachmentId[] | undefined; replyToId?: MessageId | undefined };

/** The files leave the draft with the reply. */
function sentExtras(state: FakeState, { conversationId, attachmentIds = [], replyToId }: SentInput): Pick<OutboxEntry, 'attachments' | 'replyTo'> {
  for (const id of attachmentIds) state.files.detach(conversationId, id);
  const quoted = state.messages(conversationId).find(({ id }) => id === replyToId);
  return {
    ...(attachmentIds.length === 0 ? {} : { attachments: attachmentIds.map((id) => state.files.get(id).attachment) }),
    ...(quoted === undefined ? {} : { replyTo: { messageId: quoted.id, role: quoted.role, text: quoted.text.slice(0, 200) } }),
  };
}

function judgeHandlers(os: Os, state: FakeState) {
  const cardOf = (customerId: string): CustomerCard => {
    const card = state.card(customerId);
    return { ...card, tag: card.tag && { ...card.tag, isDisputed: state.disputed.has(customerId) } };
  };
  const setStatus = (id: string, status: 'inserted' | 'dismissed') => {
    const ids = state.conversations.map((row) => row.id);
    const suggestion = orNotFound(ids.flatMap((conversationId) => state.suggestions(conversationId).suggestions).find((one) => one.id === id));
    suggestion.status = status;
    return suggestion;
  };
  return {
    suggestion: {
      current: os.suggestion.current.handler(({ input }) => state.suggestions(input.conversationId)),
      insert: os.suggestion.insert.handler(({ input }) => setStatus(input.id, 'inserted')),
      dismiss: os.suggestion.dismiss.handler(({ input }) => setStatus(input.id, 'dismissed')),
      macros: os.suggestion.macros.handler(({ input }) => fakeMatches(state.macros, input.query, state.settings.repName, input.limit)),
      check: os.suggestion.check.handler(({ input }) => state.check(input.text)),
    },
    risk: {
      list: os.risk.list.handler(({ input }) => state.signals(input.conversationId)),
      label: os.risk.label.handler(({ input }) => {
        const signal = orNotFound(state.conversations.flatMap((row) => state.signals(row.id)).find(({ id }) => id === input.id));
        signal.label = input.label;
        return signal;
      }),
    },
    customer: {
      card: os.customer.card.handler(({ input }) => cardOf(input.customerId)),
      disputeTag: os.customer.disputeTag.handler(({ input }) => {
        state.disputed[input.isDisputed ? 'add' : 'delete'](input.customerId);
        return cardOf(input.customerId).tag;
      }),
      erasePreview: os.customer.erasePreview.handler(({ input }) => {
        const rows = state.conversations.filter(({ customerId }) => customerId === input.customer || state.card(customerId).externalId === input.customer);
        return erasePreviewOf(state, orNotFound(rows[0]).customerId);
      }),
      erase: os.customer.erase.handler(({ input }) => {
        const preview = erasePreviewOf(state, input.customerId);
        state.conversations = state.conversations.filter(({ customerId }) => customerId !== input.customerId);
        return preview;
      }),
    },
  };
}

function erasePreviewOf(state: FakeState, customerId: CustomerId) {
  const { name, externalId, orderCount } = state.card(customerId);
  const conversations = state.conversations.filter((row) => row.customerId === customerId).length;
  return { customerId, externalId, name, counts: { orders: orderCount, conversations, messages: conversations * 8, drafts: 0 } };
}

function storeHandlers(os: Os, state: FakeState, emit: (event: AppEvent) => void) {
  const channel = (kind: Channel['kind'], title: string, replay: { speed: number; totalCount: number } | null): Channel => {
    const id = channelIdSchema.parse(sampleId('H', state.channels.length + 1));
    const made: Channel = { id, kind, title, state: 'running', error: null, lastSyncAt: SAMPLE_NOW, replay: replay && { ...replay, channelId: id, state: 'playing', playedCount: 3 } };
    state.channels = [made, ...state.channels];
    return made;
  };
  return {
    search: { ...fakeSearchHandlers(os, state), query: os.search.query.handler(({ input }) => ({ hits: searchHits(state, input.text).slice(0, input.limit), isWordsOnly: false })) },
    import: {
      preview: os.import.preview.handler(({ input }) => ({ ...state.preview(input.path), ...(input.kind === undefined ? {} : { kind: input.kind }) })),
      start: os.import.start.handler(({ input }) => {
        const job: Job = { id: orNotFound(state.jobs[0]).id, kind: 'import', title: input.path, state: 'running', doneRatio: 0, doneCount: 0, perSecond: 0, error: null, report: null, startedAt: SAMPLE_NOW, endedAt: null };
        emit({ type: 'job.changed', job });
        return job;
      }),
    },
    job: {
      list: os.job.list.handler(() => state.jobs),
      cancel: os.job.cancel.handler(({ input }) => {
        const job: Job = { ...orNotFound(state.jobs.find(({ id }) => id === input.id)), state: 'cancelled', endedAt: SAMPLE_NOW };
        emit({ type: 'job.changed', job });
        return job;
      }),
    },
    channel: {
      list: os.channel.list.handler(() => state.channels),
      startReplay: os.channel.startReplay.handler(({ input }) => channel('replay', input.path ?? '山屿户外', { speed: input.speed, totalCount: input.limit })),
      startDemo: os.channel.startDemo.handler(({ input }) => {
        const started: Channel = { ...channel('demo', 'demo', null), demo: { pace: input.pace, customerCount: input.customerCount, endedCount: 0 } };
        state.channels = state.channels.map((one) => (one.id === started.id ? started : one));
        return started;
      }),
      addFile: os.channel.addFile.handler(({ input }) => channel('file', input.path, null)),
      stop: os.channel.stop.handler(({ input }) => {
        const stopped: Channel = { ...orNotFound(state.channels.find(({ id }) => id === input.channelId)), state: 'stopped' };
        state.channels = state.channels.map((one) => (one.id === stopped.id ? stopped : one));
        return stopped;
      }),
    },
  };
}

function searchHits(state: FakeState, text: string) {
  const shared = { score: 0.8, updatedAt: SAMPLE_NOW - 86_400_000, matchedWords: [text] };
  const passages = state.articles.flatMap((article) => article.passages.map((passage) => ({ ...shared, kind: 'passage' as const, id: passage.id, text: passage.text, title: article.title, source: article.source, conversationId: null })));
  const macros = state.macros.map((macro) => ({ ...shared, kind: 'macro' as const, id: macro.id, text: macro.text, title: macro.title, source: macro.code, conversationId: null }));
  const messages = state.conversations.map((row) => ({ ...shared, kind: 'message' as const, id: messageIdSchema.parse(row.id), text: row.lastText, title: row.customerName, source: row.id, conversationId: row.id }));
  return [...passages, ...macros, ...messages].filter((hit) => hit.text.includes(text) || hit.title.includes(text));
}
