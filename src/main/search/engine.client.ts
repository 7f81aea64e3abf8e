import type { EngineStatus } from '../../shared/contract/app.contract.ts';
import type { EmbedPurpose } from '../engine/embedding-model.ts';
import { DeskmateError } from '../platform/errors.ts';
import { callPort, servePort, type PortCaller } from '../platform/port-call.ts';
import type { Fork, ForkedProcess } from '../platform/port.ts';
import { createTextBlame, watchForHang, type TextBlame } from './engine-watchdog.ts';
import type { EngineHandlers, EngineListenerHandlers, EngineReport, EngineStart, SearchExample } from './engine-server.ts';
import type { EngineModels, ModelRole } from './model-roles.repository.ts';
import type { SearchEngine } from './search.types.ts';
import type { IndexKind } from './index-writer.ts';

export type EngineClientOptions = { fork: Fork; /** Asked at every fork: which model serves may have changed. */ start: () => EngineStart; onStatus?(status: EngineStatus): void; /** An engine silent for this long is killed and forked again. */ hangMs?: number; /** A live question waits this long for a restarted engine before it is refused. */ retryWithinMs?: number };

/** The engine as the backend holds it: forks the process, and forks it again whenever it dies. */
export type EngineClient = SearchEngine & {
  status(): EngineStatus;
  /** The open models, once the engine is ready. @throws DeskmateError engine_down when it will not come or takes longer than 30 s. */
  models(): Promise<EngineModels>;
  /** As `embed`, by the model of this role. */
  embedAs(role: ModelRole, texts: readonly string[], signal?: AbortSignal, purpose?: EmbedPurpose): Promise<Int8Array[]>;
  /** Tells the engine which stored vectors are new; rows missed while it is down are read at its start. */
  notifyAdded(kind: IndexKind, seqs: readonly number[]): void;
  /** Tells the engine which rows are gone, so that they are forgotten at once. */
  notifyRemoved(kind: IndexKind, seqs: readonly number[]): void;
  /** What `status` says still waits for a vector. */
  reportPending(count: number): void;
  /** How much of the store the next model has embedded (0–1); null when none is to come. */
  reportSwitch(doneRatio: number | null): void;
  /** Why vectors cannot be stored just now, in one sentence; null once they can. */
  reportStoring(problem: string | null): void;
  /** Why it is down, in one sentence; null otherwise. */
  problem(): string | null;
  /** Ends the process and forks a new one, which reads the store anew; also brings back one that could not start. */
  restart(): void;
  /** Ends the process and refuses everything from now on. */
  stop(): Promise<void>;
};

/** A small nursery: the engine's own garbage is short-lived, and with the usual one it keeps some 80 MiB more at a million vectors (docs/bench.md). */
const ENGINE_FLAGS = ['--max-semi-space-size=4'];
const FIRST_DELAY_MS = 100;
const LAST_DELAY_MS = 5000;
const RETRY_WITHIN_MS = 3000;
const MODEL_WITHIN_MS = 30_000;
const QUIT_WITHIN_MS = 2000;
const HANG_MS = 20_000;
/** A switch of models is told a hundredth at a time. */
const TOLD_STEP = 0.01;

const NO_ENGINE = new DeskmateError('engine_down', 'The search engine is restarting.', { retryable: true });
const refuseText = () => new DeskmateError('engine_down', 'This text stopped the search engine twice, so it is not asked again.');
const STOPPED = new DeskmateError('engine_down', 'The search engine was stopped.');

type Live = { forked: ForkedProcess; caller: PortCaller<EngineHandlers>; stopWatching: () => void };
/** `live` is set from the fork on, `report` once that process is ready. */
type ClientState = {
  name: EngineStatus['state'];
  live: Live | undefined;
  report: EngineReport | undefined;
  failure: DeskmateError | undefined;
  restartCount: number;
  delayMs: number;
  pendingCount: number;
  switchRatio: number;
  storingProblem: string | null;
  timer: NodeJS.Timeout | undefined;
  waiting: Set<(error: DeskmateError | undefined) => void>;
  examples: Map<string, readonly SearchExample[]>;
  blame: TextBlame;
  retryWithinMs: number;
};

/** Starts forking at once; calls wait for the first start. */
export function createEngineClient(options: EngineClientOptions): EngineClient {
  const state: ClientState = {
    name: 'starting', live: undefined, report: undefined, failure: undefined, restartCount: 0, delayMs: FIRST_DELAY_MS, pendingCount: 0, switchRatio: 0, storingProblem: null, timer: undefined, waiting: new Set(), examples: new Map(), blame: createTextBlame(refuseText), retryWithinMs: options.retryWithinMs ?? RETRY_WITHIN_MS,
  };
  const status = () => statusOf(state);
  const tell = () => options.onStatus?.(status());
  const notify = (method: 'vectorsAdded' | 'removed', kind: IndexKind, seqs: readonly number[]) => {
    if (seqs.length > 0) state.live?.caller.call(method, { kind, seqs }).catch(() => {});
  };
  startProcess(state, options, tell);
  const embedAs: EngineClient['embedAs'] = async (role, texts, signal, purpose = 'passage') => (await readyCaller(state, state.retryWithinMs)).call('embed', { texts, role, purpose }, signal && { signal });

  return {
    search: (request, signal) => callOnceMore(state, request.text, (caller) => caller.call('search', request, signal && { signal })),
    embed: (texts, signal, purpose) => embedAs('serving', texts, signal, purpose),
    embedAs,
    async similarities(text, set) {
      const cosines = await callOnceMore(state, text, (caller) => caller.call('similarities', { text, set }));
      // numbers cross, not objects: six hundred of them would cost more to copy than to work out
      return (state.examples.get(set) ?? []).map(({ id }, at) => ({ exampleId: id, similarity: cosines[at] ?? 0 }));
    },
    async registerExamples(set, examples) {
      state.examples.set(set, examples);
      await callOnceMore(state, null, (caller) => caller.call('registerExamples', { set, examples }));
    },
    status,
    async models() {
      await readyCaller(state, MODEL_WITHIN_MS);
      if (state.report === undefined) throw NO_ENGINE;
      return state.report;
    },
    notifyAdded: (kind, seqs) => notify('vectorsAdded', kind, seqs),
    notifyRemoved: (kind, seqs) => notify('removed', kind, seqs),
    ...reportersOf(state, tell),
    problem: () => (state.name === 'down' ? (state.failure?.message ?? null) : null),
    restart() {
      if (state.failure === STOPPED) return;
      state.blame.forgive();
      if (state.name !== 'down') {
        // what it reported is over from now on, not only once it has gone
        state.report = undefined;
        return state.live?.forked.kill();
      }
      Object.assign(state, { name: 'restarting', failure: undefined, delayMs: FIRST_DELAY_MS } satisfies Partial<ClientState>);
      startProcess(state, options, tell);
      tell();
    },
    stop: () => stopProcess(state, tell),
  };
}

/** What the queue says of its work, as far as it is news. */
function reportersOf(state: ClientState, tell: () => void): Pick<EngineClient, 'reportPending' | 'reportSwitch' | 'reportStoring'> {
  return {
    reportPending(count) {
      if (count === state.pendingCount) return;
      state.pendingCount = count;
      tell();
    },
    reportSwitch(doneRatio) {
      const isNews = Math.abs((doneRatio ?? 0) - state.switchRatio) >= TOLD_STEP;
      if (isNews) state.switchRatio = doneRatio ?? 0;
      if (isNews) tell();
    },
    reportStoring(problem) {
      if (problem === state.storingProblem) return;
      state.storingProblem = problem;
      tell();
    },
  };
}

function startProcess(state: ClientState, options: EngineClientOptions, tell: () => void): void {
  const forked = options.fork('engine', { execArgv: ENGINE_FLAGS });
  const live: Live = { forked, caller: callPort<EngineHandlers>(forked.port), stopWatching: () => {} };
  state.live = live;
  const isCurrent = () => state.live === live;
  let lastReport: EngineReport | undefined;
  servePort(forked.port, {
    statusChanged(report) {
      // the engine may be done with loading before `prepare` is done with registering examples
      lastReport = report;
      if (!isCurrent() || state.report === undefined) return;
      state.report = report;
      tell();
    },
  } satisfies EngineListenerHandlers);
  const end = () => {
    live.stopWatching();
    if (isCurrent()) state.blame.processEnded();
    live.caller.close(NO_ENGINE);
    if (!isCurrent()) return;
    state.live = undefined;
    state.report = undefined;
    if (state.name === 'down') return;
    state.name = 'restarting';
    state.restartCount++;
    state.timer = setTimeout(() => startProcess(state, options, tell), state.delayMs);
    state.delayMs = Math.min(LAST_DELAY_MS, state.delayMs * 2);
    tell();
  };
  forked.onExit(end);
  void prepare(state, live, options.start()).then(
    (report) => {
      if (!isCurrent()) return;
      live.stopWatching = watchForHang({ ping: () => live.caller.call('status', {}), onHang: () => forked.kill(), hangMs: options.hangMs ?? HANG_MS });
      Object.assign(state, { name: 'ready', report: lastReport ?? report, failure: undefined, delayMs: FIRST_DELAY_MS } satisfies Partial<ClientState>);
      wake(state, undefined);
      tell();
    },
    (error: unknown) => {
      if (!isCurrent() || !(error instanceof DeskmateError)) return;
      // a missing model or a wrong key does not heal by trying again
      if (!error.retryable) {
        Object.assign(state, { name: 'down', failure: error } satisfies Partial<ClientState>);
        wake(state, error);
        tell();
      }
      forked.kill();
    },
  );
}

async function prepare(state: ClientState, live: Live, start: EngineStart): Promise<EngineReport> {
  const report = await live.caller.call('start', start);
  for (const [set, examples] of state.examples) await live.caller.call('registerExamples', { set, examples });
  return report;
}

/** Restarting costs the caller a wait, not an error: one more try once the engine is back. `text`: the customer's words, blamed when the engine dies over them. */
async function callOnceMore<T>(state: ClientState, text: string | null, call: (caller: PortCaller<EngineHandlers>) => Promise<T>): Promise<T> {
  const attempt = async (): Promise<T> => {
    const caller = await readyCaller(state, state.retryWithinMs);
    return text === null ? call(caller) : state.blame.over(text, () => call(caller));
  };
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof DeskmateError) || error.code !== 'engine_down' || !error.retryable) throw error;
    return attempt();
  }
}

/** @throws DeskmateError engine_down: retryable when the engine may still come, not when it is stopped or cannot start. */
async function readyCaller(state: ClientState, withinMs: number): Promise<PortCaller<EngineHandlers>> {
  if (state.report === undefined && state.name !== 'down') await untilWoken(state, withinMs);
  if (state.failure !== undefined) throw state.failure;
  if (state.live === undefined || state.report === undefined) throw NO_ENGINE;
  return state.live.caller;
}

function untilWoken(state: ClientState, withinMs: number): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => settle(NO_ENGINE), withinMs);
    const settle = (error: DeskmateError | undefined) => {
      clearTimeout(timer);
      state.waiting.delete(settle);
      if (error === undefined) done();
      else fail(error);
    };
    state.waiting.add(settle);
  });
}

function wake(state: ClientState, error: DeskmateError | undefined): void {
  for (const settle of state.waiting) settle(error);
}

async function stopProcess(state: ClientState, tell: () => void): Promise<void> {
  clearTimeout(state.timer);
  const { live } = state;
  Object.assign(state, { name: 'down', failure: state.failure ?? STOPPED } satisfies Partial<ClientState>);
  wake(state, STOPPED);
  tell();
  if (live === undefined) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(() => live.forked.kill(), QUIT_WITHIN_MS);
    live.forked.onExit(() => {
      clearTimeout(timer);
      done();
    });
    live.caller.call('quit', {}).catch(() => {});
  });
}

function statusOf({ name, report, restartCount, pendingCount, switchRatio, storingProblem }: ClientState): EngineStatus {
  return {
    state: name,
    modelId: report?.serving.id ?? null,
    next: nextOf(report, switchRatio),
    vectors: report?.vectors ?? { passage: 0, macro: 0, message: 0 },
    pendingCount,
    storingProblem,
    loadedRatio: report?.loadedRatio ?? 0,
    restartCount,
    backend: report?.backend ?? null,
  };
}

function nextOf(report: EngineReport | undefined, doneRatio: number): EngineStatus['next'] {
  if (report === undefined || (report.next === null && report.nextProblem === null)) return null;
  return { modelId: report.next?.id ?? null, doneRatio, problem: report.nextProblem };
}
