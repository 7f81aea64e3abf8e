import { z } from 'zod';
import type { GuardedAction } from '../../shared/contract/access.contract.ts';
import { REP_SETTINGS } from '../../shared/contract/app.contract.ts';
import { assertAllowed } from '../access/policy.ts';
import { getRep } from '../access/rep.repository.ts';
import { DeskmateError } from '../platform/errors.ts';
import type { Services } from './services.ts';

/** Answered also while nobody is at the desk: nothing here tells a customer's words. Drafts and the rest of a file under way are only taken in, so that locking loses none. */
const ALWAYS = new Set([
  'app.status', 'app.unlock', 'app.unlockWithRecoveryCode', 'app.lock', 'app.events', 'session.get', 'session.signIn', 'session.signOut', 'session.unlock', 'session.lock', 'session.active',
  'settings.get', 'draft.save', 'attachment.append', 'attachment.finish',
]);

type Need = GuardedAction | ((input: unknown) => GuardedAction | null);

/** What a call needs of the rep's role, by its name in the contract. A call that is not named needs only that somebody is signed in; macros are judged one by one where they are saved, since each rep has some of their own. */
const NEEDS: Readonly<Record<string, Need>> = {
  'settings.set': (input) => (changesShop(input) ? 'shop.settings' : null),
  'rep.list': 'reps.manage',
  'rep.save': 'reps.manage',
  'audit.list': 'audit.read',
  'audit.actions': 'audit.read',
  'audit.exportCsv': 'audit.read',
  'customer.erase': 'customer.erase',
  'app.setPassphrase': 'store.protect',
  'app.useKeychain': 'store.protect',
  'app.backup': 'store.backup',
  'knowledge.saveArticle': 'knowledge.change',
  'knowledge.deleteArticle': 'knowledge.change',
  'knowledge.restoreArticle': 'knowledge.change',
  'model.add': 'shop.settings',
  'model.use': 'shop.settings',
  'model.remove': 'shop.settings',
  'pack.install': 'rules.change',
  'pack.remove': 'rules.change',
  // it brings a pack with rules and names the shop
  'demo.install': 'rules.change',
  'demo.remove': 'rules.change',
  'trust.saveSchedule': 'store.backup',
  'trust.restorePreview': 'store.restore',
  'trust.restore': 'store.restore',
  'trust.undoRestore': 'store.restore',
  'trust.saveRetention': 'shop.settings',
  'trust.runRetention': 'shop.settings',
  'import.start': (input) => importNeed(input),
  'update.check': 'shop.settings',
  'adapt.start': 'rules.change',
  'adapt.accept': 'rules.change',
  'adapt.discard': 'rules.change',
  'adapt.undo': 'rules.change',
  'adapt.saveWeekly': 'rules.change',
  'tuning.start': 'rules.change',
  'tuning.accept': 'rules.change',
  'tuning.discard': 'rules.change',
  'tuning.undo': 'rules.change',
  'adapt.forget': 'customer.erase',
  'adapt.remember': 'customer.erase',
};

/** @throws DeskmateError locked while nobody is at the desk, forbidden when the rep's role does not reach. */
export function assertCallAllowed(name: string, input: unknown, { session, db }: Pick<Services, 'session' | 'db'>): void {
  if (ALWAYS.has(name)) return;
  if (!session.isOpen()) throw new DeskmateError('locked', 'The screen is locked or nobody is signed in. Nothing was changed.');
  const need = NEEDS[name];
  const action = typeof need === 'function' ? need(input) : need;
  if (action !== undefined && action !== null) assertAllowed(getRep(db, session.repId()).role, action);
}

/** Calls with a rule of their own; a test holds them against the contract. */
export const GUARDED_CALLS: readonly string[] = Object.keys(NEEDS);
export const OPEN_CALLS: readonly string[] = [...ALWAYS];

function changesShop(input: unknown): boolean {
  const personal: readonly string[] = REP_SETTINGS;
  return typeof input === 'object' && input !== null && Object.entries(input).some(([field, value]) => value !== undefined && !personal.includes(field));
}

const importInputSchema = z.object({ kind: z.string() });
const IMPORT_NEEDS: Readonly<Record<string, GuardedAction>> = { knowledge: 'knowledge.change', macros: 'macros.team' };

function importNeed(input: unknown): GuardedAction | null {
  return IMPORT_NEEDS[importInputSchema.safeParse(input).data?.kind ?? ''] ?? null;
}
