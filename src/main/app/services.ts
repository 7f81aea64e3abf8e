import { rmSync } from 'node:fs';
import path from 'node:path';
import type { AppEvent, EngineStatus, Settings } from '../../shared/contract/app.contract.ts';
import type { CustomerCard, CustomerTag } from '../../shared/contract/customer.contract.ts';
import type { ConversationId, CustomerId, RepId, RiskSignalId } from '../../shared/contract/ids.contract.ts';
import type { RiskSignal } from '../../shared/contract/risk.contract.ts';
import { insertAudit } from '../access/audit.repository.ts';
import { createSuggestService } from '../assist/suggest.service.ts';
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
import { openPeople, openSession } from './access-wiring.ts';
import { startAdaptClock } from './adapt-clock.ts';
import { createAdaptService, type AdaptService } from './adapt.service.ts';
import { readSettings } from './app-state.ts';
import type { AppOptions } from './app.types.ts';
import { createCatalogueService } from './catalogue-wiring.ts';
import { createAttachmentService } from './attachment.service.ts';
import { createDeskService } from './desk.service.ts';
import { createEngineRoom } from './engine-room.ts';
import { createEraseService, finishScrub } from './erase.service.ts';
import { createEverywhere } from './everywhere.service.ts';
import { createKnowledgeService } from './knowledge.service.ts';
import { createMessagePipeline, scopeOf, type MessagePipeline } from './message-pipeline.ts';
import { openModelRoom } from './model-wiring.ts';
import { createTuningService } from './tuning.service.ts';
import { openTrust } from './trust-wiring.ts';
import { openUpdates } from './update-wiring.ts';
import { openWork, startWakeClock } from './work-wiring.ts';
import { openPacks } from './pack-wiring.ts';
import { keptLongSince } from './retention.service.ts';
import { loadReplay } from './replay-source.ts';
import { readLiveCustomers } from './live-customers.ts';
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
  const session = openSession({ ...deps, context });
  const base: Base = { ...deps, newId, context, repId: session.repId, settings: () => readSettings(db, session.repId()), onError: (error) => options.log.error('background.failed', { message: messageOf(error) }) };
  let onEngineReady = () => {};
  let engineState: EngineStatus['state'] = 'starting';
  const onStatus = (status: EngineStatus) => {
    deps.onEngine(status);
    if (status.state === 'ready' && engineState !== 'ready') onEngineReady();
    engineState = status.state;
  };
  finishScrub(db);
  const room = createEngineRoom({ options, db, repId: base.repId, key: deps.key, paths: deps.paths, onStatus, onError: base.onError });
  const { onRemoved, ...judgement } = openJudgement(base, room);
  const { suggestions, pipeline } = judgement;
  onEngineReady = () => suggestions.forgetEmpty('engine_down').forEach(pipeline.refresh);
  const onChanged = () => {
    // what nothing was known about may be known now
    suggestions.forgetEmpty('no_match');
    emit({ type: 'data.changed' });
    room.embedSoon();
  };
  const jobs = createJobService({ db, clock: options.clock, newId, onChange: (job) => emit({ type: 'job.changed', job }) });
  jobs.markInterrupted();
  const { adapt, tuning, dataChanged } = openLearning(base, jobs, room, onChanged);
  const sync = openSync(base, room, judgement.pipeline);
  const importing = openImporting(base, jobs, judgement.loyalty, dataChanged);
  const desk = createDeskService({ ...base, ...judgement, sync, onConversation: conversationTold(emit), onOutbox: (entry) => emit({ type: 'outbox.changed', entry }) });
  const attachments = createAttachmentService({ ...base, onConversation: conversationTold(emit) });
  const knowledge = createKnowledgeService({ ...base, scopeOf: (conversationId) => scopeOf(base, conversationId), openFile: openWith(options), onRead: (file) => removeUpload(deps.paths, file, base.onError), onChanged: dataChanged, onRemoved });
  const packs = openPacks({ ...base, jobs, sync, loyalty: judgement.loyalty, openFile: openWith(options), onRemoved, onChanged: dataChanged });
  const models = openModelRoom({ ...base, jobs, useModel: room.restart });
  const trust = openTrust({ ...base, jobs, models, openFile: openWith(options), engine: room, onRemoved, onChanged: dataChanged });
  const erasing = createEraseService({ db, paths: deps.paths, context, repId: base.repId, isImporting: () => jobs.isBusy('import'), otherCopies: trust.backupCopies, forget: sync.forgetCustomer, onRemoved, onChanged: dataChanged });
  const updates = openUpdates({ ...base, askOutside: trust.askOutside });
  const stopLiveWork = options.host === 'cli' ? () => Promise.resolve() : startLiveWork(base, judgement.risk, sync, [trust.start, () => updates.start(base.onError), () => goOnLearning(base, adapt, jobs)]);
  room.embedSoon();
  return {
    db, ...judgement, ...packs, work: openWork(base), desk, attachments, knowledge, importing, jobs, sync, search: room.search, engine: room,
    ...openPeople({ ...base, session, suggestions }),
    catalogue: createCatalogueService({ db, clock: options.clock }),
    everywhere: createEverywhere({ ...base, search: room.search, engineState: () => room.status().state }),
    customerCard: (customerId: CustomerId): CustomerCard => getCustomerCard(db, customerId),
    disputeTag: (customerId: CustomerId, isDisputed: boolean) => disputeTag(base, judgement.loyalty, customerId, isDisputed),
    labelRisk: (id: RiskSignalId, label: RiskSignal['label']) => labelRisk(base, judgement.risk, id, label),
    trust, adapt, tuning, updates, models,
    erasePreview: erasing.preview,
    erase: erasing.erase,
    /** Ends background work and channels, then the engine; the store itself is closed by the caller. */
    async close(): Promise<void> {
      session.stop();
      const stopped = [stopLiveWork(), sync.close(), jobs.stop(), pipeline.stop()];
      // the store is closed next: whatever fails to stop is reported, the others are waited for
      for (const { reason } of (await Promise.allSettled(stopped)).filter((one) => one.status === 'rejected')) base.onError(reason);
      await room.close();
    },
  };
}

/** Learning the shop's words, and how search weighs them. `dataChanged` is `onChanged`, and looks whether somebody's words are gone: whatever deletes conversations calls it. */
function openLearning(base: Base, jobs: JobService, room: EngineRoom, onChanged: () => void) {
  const { db, options } = base;
  const useModel = () => {
    // the engine reads at its start which model is in use
    room.restart();
    room.embedSoon();
  };
  const adapt = createAdaptService({ ...base, jobs, useModel, startsUnasked: options.host !== 'cli', learnsSince: () => keptLongSince(db, options.clock.nowMs()), ...(options.adaptSteps === undefined ? {} : { steps: options.adaptSteps }) });
  const dataChanged = () => {
    onChanged();
    adapt.afterDeletion();
  };
  const tuning = createTuningService({ ...base, jobs, engine: { embed: room.engine.embed, models: room.models, embedded: room.embedded }, threshold: () => base.settings().suggestionThreshold });
  return { adapt, tuning, dataChanged };
}

/** What was to be made again when the app ended, and what a lead asked for once a week. */
function goOnLearning({ db, options }: Base, adapt: AdaptService, jobs: JobService): () => void {
  adapt.goOn();
  return startAdaptClock({ db, clock: options.clock, log: options.log, adapt, jobs });
}

/** Channels and clocks run for a rep at the Desk; a command neither receives nor sends. */
function startLiveWork(base: Base, risk: RiskService, sync: SyncService, starts: readonly (() => () => void)[]): () => Promise<void> {
  const { db, options, onError } = base;
  void sync.resume().catch(onError);
  const stopWakeClock = startWakeClock(base);
  const stopSweep = startWaitingSweep({ db, risk, clock: options.clock, onError });
  const stops = starts.map((start) => start());
  return () => {
    for (const stop of stops) stop();
    stopWakeClock();
    return stopSweep();
  };
}

/** `repId` is a getter: the rep at the desk changes while the app runs. */
type Base = ServiceDeps & { newId: IdMaker; context: () => WriteContext; repId: () => RepId; settings: () => Settings; onError: (error: unknown) => void };
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
    db, engine: { search: room.search.candidates }, clock, newId, repId,
    settings: () => ({ threshold: settings().suggestionThreshold, quietMode: settings().quietMode }),
    onShown: (set) => emit({ type: 'suggestion.shown', set }),
  });
  const onRemoved: EngineRoom['removed'] = (kind, seqs) => {
    risk.forgetTurns();
    room.removed(kind, seqs);
  };
  return { loyalty, risk, suggestions, pipeline: createMessagePipeline({ db, suggestions, risk, settings, log }), onRemoved };
}

function openSync({ db, options, context, paths, repId, emit, onError }: Base, room: EngineRoom, pipeline: MessagePipeline): SyncService {
  return createSyncService({
    db, clock: options.clock, context, repId, onConversation: conversationTold(emit),
    chooseReplay: (limit) => listConversationIds(db, limit),
    loadReplay: (source) => loadReplay(db, openWith(options), source).finally(() => removeUpload(paths, source.path ?? '', onError)),
    loadCustomers: () => readLiveCustomers(options.resourcesDir),
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

function disputeTag({ db, context, repId }: Base, loyalty: LoyaltyService, customerId: CustomerId, isDisputed: boolean): CustomerTag | null {
  return db.transaction(() => {
    const tag = loyalty.setDisputed(customerId, isDisputed);
    insertAudit(db, context(), { repId: repId(), action: isDisputed ? 'tag.disputed' : 'tag.accepted', entity: 'customer', entityId: customerId });
    return tag;
  })();
}

function labelRisk({ db, context, repId, emit }: Base, risk: RiskService, id: RiskSignalId, label: RiskSignal['label']): RiskSignal {
  const signal = db.transaction(() => {
    insertAudit(db, context(), { repId: repId(), action: 'risk.labelled', entity: 'risk_signal', entityId: id, after: { label } });
    return risk.label(id, label);
  })();
  emit({ type: 'risk.scored', signal });
  return signal;
}
