import { describe, expect, test } from 'vitest';
import { guardedActionSchema, repRoleSchema } from '../../shared/contract/access.contract.ts';
import { allowedActions, assertAllowed, isAllowed } from './policy.ts';

/** rep, lead, trainer, admin */
const TABLE = {
  'shop.settings': [0, 0, 0, 1],
  'reps.manage': [0, 0, 0, 1],
  'audit.read': [0, 1, 0, 1],
  'customer.erase': [0, 1, 0, 1],
  'macros.team': [0, 1, 1, 1],
  'knowledge.change': [0, 1, 1, 1],
  'rules.change': [0, 1, 0, 1],
  'store.protect': [0, 0, 0, 1],
  'store.backup': [0, 1, 0, 1],
  'store.restore': [0, 0, 0, 1],
} as const;
const ROLES = ['rep', 'lead', 'trainer', 'admin'] as const;

describe('policy', () => {
  test.each(Object.entries(TABLE))('%s', (action, expected) => {
    const parsed = guardedActionSchema.parse(action);
    expect(ROLES.map((role) => Number(isAllowed(role, parsed)))).toEqual(expected);
  });

  test('names every action and every role', () => {
    expect([Object.keys(TABLE), ROLES]).toEqual([guardedActionSchema.options, repRoleSchema.options]);
  });

  test('a refusal says what and who may', () => {
    expect(() => assertAllowed('trainer', 'customer.erase')).toThrow(expect.objectContaining({ code: 'forbidden', message: 'A trainer may not erase a customer; these roles may: lead, admin.' }));
    expect([allowedActions('rep'), allowedActions('trainer'), allowedActions('admin').length]).toEqual([[], ['macros.team', 'knowledge.change'], 10]);
  });
});
