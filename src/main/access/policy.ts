import { guardedActionSchema, POLICY, type GuardedAction, type RepRole } from '../../shared/contract/access.contract.ts';
import { DeskmateError } from '../platform/errors.ts';

const SENTENCES: Readonly<Record<GuardedAction, string>> = {
  'shop.settings': "change the shop's settings",
  'reps.manage': 'add or change reps',
  'audit.read': 'read the audit',
  'customer.erase': 'erase a customer',
  'macros.team': 'change macros of the team',
  'knowledge.change': 'change articles',
  'rules.change': 'change rules',
  'store.protect': 'change how the store is protected',
  'store.backup': 'back the store up',
  'store.restore': 'restore a backup',
};

export function isAllowed(role: RepRole, action: GuardedAction): boolean {
  return POLICY[action].includes(role);
}

export function allowedActions(role: RepRole): GuardedAction[] {
  return guardedActionSchema.options.filter((action) => isAllowed(role, action));
}

/** @throws DeskmateError forbidden, naming who may. */
export function assertAllowed(role: RepRole, action: GuardedAction): void {
  if (isAllowed(role, action)) return;
  throw new DeskmateError('forbidden', `A ${role} may not ${SENTENCES[action]}; these roles may: ${POLICY[action].join(', ')}.`);
}
