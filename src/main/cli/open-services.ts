import type { AdaptStatus } from '../../shared/contract/adapt.contract.ts';
import { openApp } from '../app/create-app.ts';
import type { AppOptions } from '../app/app.types.ts';
import { readRiskExamples } from '../app/resources.ts';
import type { Services } from '../app/services.ts';
import { macroScope } from '../assist/scope.ts';
import { DEFAULT_THRESHOLD } from '../assist/rank.ts';
import { suggestForTurns } from '../assist/suggest.service.ts';
import { getCustomerCard, findCustomer } from '../customers/customer.repository.ts';
import { prepared } from '../db/statements.ts';
import type { ImportedConversation } from '../importing/conversation-line.ts';
import { bandOf } from '../insight/risk/alert-state.ts';
import type { RiskExample } from '../insight/risk/risk-examples.ts';
import { DeskmateError } from '../platform/errors.ts';
import { nearestTo, reasonsOf, scoreTurns } from '../insight/risk.service.ts';
import type { CliServices, EscalationWarning, SuggestAnswer } from './cli-services.ts';

/** Opens the store of this machine for one command. @throws DeskmateError store_busy while the app (or another command) has it, locked, wrong_key */
export async function openCliServices(options: AppOptions): Promise<CliServices> {
  const app = await openApp(options);
  const services = app.services();
  return {
    importFiles: services.importing.run,
    embedded: () => services.engine.embedded(),
    search: services.search.query,
    suggest: (conversation) => suggestFor(conversation, services, options),
    reps: services.reps,
    erasePreview: services.erasePreview,
    erase: services.erase,
    backup: app.backup,
    packs: { list: services.packs.list, install: services.packs.installNow, remove: services.packs.removeNow },
    demo: { status: services.demo.status, install: services.demo.installNow, remove: services.demo.removeNow },
    models: { ...services.models, switched: (onProgress, signal) => switched(services.engine, onProgress, signal) },
    adapt: { ...services.adapt, run: (signal) => adaptNow(services, signal) },
    tuning: services.tuning,
    close: () => app.close(),
  };
}

async function adaptNow({ adapt, jobs }: Services, signal: AbortSignal): Promise<AdaptStatus> {
  const { id } = adapt.start();
  signal.addEventListener('abort', () => jobs.cancel(id));
  const { state, error } = await jobs.settled(id);
  if (state !== 'done') throw new DeskmateError(state === 'cancelled' ? 'cancelled' : 'internal', error ?? 'The learning was cancelled.');
  return adapt.status();
}

const LOOK_EVERY_MS = 200;

async function switched(engine: Services['engine'], onProgress: (doneRatio: number) => void, signal: AbortSignal): Promise<string | null> {
  const look = setInterval(() => onProgress(engine.status().next?.doneRatio ?? 0), LOOK_EVERY_MS);
  const stopped = new Promise<never>((_, fail) => signal.addEventListener('abort', () => fail(new DeskmateError('cancelled', 'The embedding was cancelled.')), { once: true }));
  try {
    await Promise.race([engine.embedded(), stopped]);
    const { storingProblem, next } = engine.status();
    return storingProblem ?? next?.problem ?? engine.problem();
  } finally {
    clearInterval(look);
  }
}

async function suggestFor(conversation: ImportedConversation, services: Services, options: AppOptions): Promise<SuggestAnswer> {
  const { db } = services;
  const settings = services.settings.get();
  const customer = findCustomer(db, conversation.customerExternalId);
  const scope = macroScope(customer === undefined ? undefined : getCustomerCard(db, customer.id), settings);
  // The conversation may be stored too: its own replies are no past answers to itself.
  const excludedConversationIds = prepared<{ id: string }>(db, 'SELECT id FROM conversations WHERE external_id = ?').all(conversation.externalId).map(({ id }) => id);
  const engine = services.engine.engine;
  const threshold = settings.suggestionThreshold ?? DEFAULT_THRESHOLD;
  const suggestions = await suggestForTurns({ db, engine, clock: options.clock }, { turns: conversation.messages, scope, excludedConversationIds }, threshold);
  return { suggestions, questions: [], plans: [], warnings: await warningsOf(conversation, engine, readRiskExamples(options.resourcesDir)) };
}

async function warningsOf(conversation: ImportedConversation, engine: Services['engine']['engine'], examples: readonly RiskExample[]): Promise<EscalationWarning[]> {
  const turns = conversation.messages.map(({ externalId, role, text, sentAt }) => ({ id: externalId, role, text, at: sentAt }));
  const last = turns.findLast(({ role }) => role === 'customer');
  if (last === undefined) return [];
  const near = await nearestTo(engine, new Map(examples.map((example) => [example.id, example])), last.text);
  const { p, contributions } = scoreTurns(turns, near, { now: turns.at(-1)?.at ?? last.at });
  const band = bandOf(p);
  return band === 'none' ? [] : [{ kind: 'escalation', p, band, reasons: reasonsOf(contributions) }];
}
