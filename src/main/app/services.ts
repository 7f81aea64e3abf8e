import { rmSync } from 'node:fs';
import path from 'node:path';
import type { AppEvent, EngineStatus, Settings, SettingsChange } from '../../shared/contract/app.contract.ts';
import type { CustomerCard, CustomerTag } from '../../shared/contract/customer.contract.ts';
import type { ConversationId, CustomerId, RepId, RiskSignalId } from '../../shared/contract/ids.contract.ts';
import type { RiskSignal } from '../../shared/contract/risk.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { ensureDefaultRep } from '../access/rep.repository.ts';
import { createSuggestService, type SuggestService } from '../assist/suggest.service.ts';
import { getCustomerCard } from '../customers/customer.repository.ts';
import type { WritableDb } from '../db/database.ts';
import type { StoreKey } from '../db/open-db.ts';
import { openFile, type OpenedFile } from '../files/open-file.ts';
import { createImportService, type ImportService } from '../importing/import.service.ts';
import { createLoyaltyService, type LoyaltyService } from '../insight/loyalty.service.ts';
import { createRiskService, ESCALATION_SET, type RiskService } from '../insight/risk.service.ts';
import { createJobService, type JobService } from '../jobs/job.service.ts';
import { messageOf } from '../platform/errors.ts';
import { createIdMaker, type IdMaker } from '../platform/ids.ts';
import type { StorePaths } from '../platform/paths.ts';
import type { WriteContext } from '../platform/write-context.ts';
import { listConversationIds } from '../conversations/conversation.repository.ts';
import { createSyncService, type SyncService } from '../sync/sync.service.ts';
import { readSettings, writeSettings } from './app-state.ts';
import type { AppOptions } from './app.types.ts';
import { createDeskService } from './desk.service.ts';
import { createEngineRoom } from './engine-room.ts';
import { createEraseService, finishScrub } from './erase.service.ts';
import { createKnowledgeService } from './knowledge.service.ts';
import { createMessagePipeline, type MessagePipeline } from './message-pipeline.ts';
import { loadReplay } from './replay-source.ts';
import { readRiskExamples } from './resources.ts';
import { startWaitingSweep } from './waiting-sweep.ts';

const SHOP_ID = 'default';

export type ServiceDeps = { options: AppOptions; db: WritableDb; key: StoreKey; paths: StorePaths; emit: (event: AppEvent) => void; onEngine: (status: EngineStatus) => void };
export type Services = ReturnType<typeof openServices>;

/** Wires every room over one open store; nothing here opens a window or a port. */
export function openServices(deps: ServiceDeps) {
  const { db, emit, options } = deps;
  const newId = createIdMaker(options.clock);
  const context = (): WriteContext => ({ newId, nowMs: options.clock.nowMs(), shopId: SHOP_ID });
  const base: Base = { ...deps, newId, context, repId: ensureDefaultRep(db, context()).id, settings: () => readSettings(db), onError: (error) => options.log.error('background.failed', { message: messageOf(error) }) };
  let onEngineReady = () => {};
  let engineState: EngineStatus['state'] = 'starting';
  const onStatus = (status: EngineStatus) => {
    deps.onEngine(status);
    if (status.state === 'ready' && engineState !== 'ready') onEngineReady();
    engineState = status.state;
  };
  finishScrub(db);
  const room = createEngineRoom({ options, db, key: deps.key, paths: deps.paths, onStatus, onError: base.onError });
  const judgement = openJudgement(base, room);
  const { suggestions, pipeline } = judgement;
  onEngineReady = () => suggestions.forgetEmpty('engine_down').forEach(pipeline.refresh);
  const dataChanged = () => {
    // what nothing was known about may be known now
    suggestions.forgetEmpty('no_match');
    emit({ type: 'data.changed' });
    room.embedSoon();
  };
  const jobs = createJobService({ db, clock: options.clock, newId, onChange: (job) => emit({ type: 'job.changed', job }) });
  jobs.markInterrupted();
  const sync = openSync(base, room, judgement.pipeline);
  const importing = openImporting(base, jobs, judgement.loyalty, dataChanged);
  const desk = createDeskService({ ...base, ...judgement, sync, onConversation: conversationTold(emit), onOutbox: (entry) => emit({ type: 'outbox.changed', entry }) });
  const knowledge = createKnowledgeService({ db, context, onChanged: dataChanged, onRemoved: room.removed });
  const erasing = createEraseService({ db, paths: deps.paths, context, repId: base.repId, forget: sync.forgetCustomer, onRemoved: room.removed, onErased: dataChanged });
  const stopLiveWork = options.host === 'cli' ? () => Promise.resolve() : startLiveWork(base, judgement.risk, sync);
  room.embedSoon();
  return {
    db, ...judgement, desk, knowledge, importing, jobs, sync, search: room.search, engine: room,
    settings: { get: base.settings, set: (change: SettingsChange) => changeSettings(base, suggestions, change) },
    customerCard: (customerId: CustomerId): CustomerCard => getCustomerCard(db, customerId),
    disputeTag: (customerId: CustomerId, isDisputed: boolean) => disputeTag(base, judgement.loyalty, customerId, isDisputed),
    labelRisk: (id: RiskSignalId, label: RiskSignal['label']) => labelRisk(base, judgement.risk, id, label),
    erasePreview: erasing.preview,
    erase: erasing.erase,
    /** Ends background work and channels, then the engine; the store itself is closed by the caller. */
    async close(): Promise<void> {
      const stopped = [stopLiveWork(), sync.close(), jobs.stop(), pipeline.stop()];
      // the store is closed next: whatever fails to stop is reported, the others are waited for
      for (const { reason } of (await Promise.allSettled(stopped)).filter((one) => one.status === 'rejected')) base.onError(reason);
      await room.close();
    },
  };
}

/** Channels and clocks run for a rep at the Desk; a command neither receives nor sends. */
function startLiveWork({ db, options, onError }: Base, risk: RiskService, sync: SyncService): () => Promise<void> {
  void sync.resume().catch(onError);
  return startWaitingSweep({ db, risk, clock: options.clock, onError });
}

type Base = ServiceDeps & { newId: IdMaker; context: () => WriteContext; repId: RepId; settings: () => Settings; onError: (error: unknown) => void };
type EngineRoom = ReturnType<typeof createEngineRoom>;

function conversationTold(emit: ServiceDeps['emit']): (conversationId: ConversationId) => void {
  return (conversationId) => emit({ type: 'conversation.changed', conversationId });
}

/** Loyalty, risk, suggestions and the path of a message through them. */
function openJudgement({ db, options, newId, repId, settings, emit }: Base, room: EngineRoom) {
  const { clock, log } = options;
  const loyalty = createLoyaltyService({ db, clock });
  const examples = readRiskExamples(options.resourcesDir);
  room.registerExamples(ESCALATION_SET, examples);
  const risk = createRiskService({
    db, engine: room.engine, examples, clock, newId,
    onScored: (signal) => {
      emit({ type: 'risk.scored', signal });
      conversationTold(emit)(signal.conversationId);
    },
  });
  const suggestions = createSuggestService({
    db, engine: { search: room.search.candidates }, clock, newId, repId: () => repId,
    settings: () => ({ threshold: settings().suggestionThreshold, quietMode: settings().quietMode }),
    onShown: (set) => emit({ type: 'suggestion.shown', set }),
  });
  return { loyalty, risk, suggestions, pipeline: createMessagePipeline({ db, suggestions, risk, settings, log }) };
}

function openSync({ db, options, context, paths, repId, emit, onError }: Base, room: EngineRoom, pipeline: MessagePipeline): SyncService {
  return createSyncService({
    db, clock: options.clock, context, repId: () => repId, onConversation: conversationTold(emit),
    chooseReplay: (limit) => listConversationIds(db, limit),
    loadReplay: (source) => loadReplay(db, openWith(options), source).finally(() => removeUpload(paths, source.path ?? '', onError)),
    onReceived: (message) => {
      emit({ type: 'message.received', message });
      conversationTold(emit)(message.conversationId);
      pipeline.received(message);
      room.embedSoon();
    },
    onOutbox: (entry) => emit({ type: 'outbox.changed', entry }),
    onChannel: () => emit({ type: 'data.changed' }),
    onError,
    onSkipped: (channelId, offset, reason) => options.log.warn('channel.line_skipped', { channelId, offset, reason }),
  });
}

function openImporting({ db, options, context, paths, onError }: Base, jobs: JobService, loyalty: LoyaltyService, dataChanged: () => void): ImportService {
  const importing = createImportService({
    db, jobs, writeContext: context,
    openFile: openWith(options),
    onImported: (kind) => {
      if (kind === 'orders') loyalty.refresh();
      dataChanged();
    },
  });
  return {
    ...importing,
    start(file, kind, importOptions) {
      const job = importing.start(file, kind, importOptions);
      void jobs.settled(job.id).then(() => removeUpload(paths, file, onError), onError);
      return job;
    },
  };
}

/** Opens untrusted files with the host's fork. */
function openWith(options: AppOptions): (file: string, signal?: AbortSignal) => Promise<OpenedFile> {
  return (file, signal) => openFile(file, { fork: options.fork, signal, codeDir: options.parserCodeDir ?? undefined });
}

/** A page without file paths uploads a copy; it holds customers' words in clear, so it goes as soon as it was read. */
function removeUpload(paths: StorePaths, file: string, onError: (error: unknown) => void): void {
  if (!path.resolve(file).startsWith(path.resolve(paths.spool) + path.sep)) return;
  try {
    rmSync(file, { force: true });
  } catch (error) {
    // another program holds it; the spool is emptied at the next start
    onError(error);
  }
}

function changeSettings({ db, emit }: Base, suggestions: SuggestService, change: SettingsChange): Settings {
  const before = readSettings(db);
  const settings = writeSettings(db, change);
  emit({ type: 'settings.changed', settings });
  if (before.quietMode !== settings.quietMode || before.suggestionThreshold !== settings.suggestionThreshold) {
    suggestions.forgetEmpty();
    // what is on screen was chosen by the former settings
    emit({ type: 'data.changed' });
  }
  return settings;
}

function disputeTag({ db, context, repId }: Base, loyalty: LoyaltyService, customerId: CustomerId, isDisputed: boolean): CustomerTag | null {
  return db.transaction(() => {
    const tag = loyalty.setDisputed(customerId, isDisputed);
    insertAudit(db, context(), { repId, action: isDisputed ? 'tag.disputed' : 'tag.accepted', entity: 'customer', entityId: customerId });
    return tag;
  })();
}

function labelRisk({ db, context, repId, emit }: Base, risk: RiskService, id: RiskSignalId, label: RiskSignal['label']): RiskSignal {
  const signal = db.transaction(() => {
    insertAudit(db, context(), { repId, action: 'risk.labelled', entity: 'risk_signal', entityId: id, after: { label } });
    return risk.label(id, label);
  })();
  emit({ type: 'risk.scored', signal });
  return signal;
}
