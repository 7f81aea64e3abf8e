import { isContractProcedure } from '@orpc/contract';
import { describe, expect, test } from 'vitest';
import type { RepRole } from '../../shared/contract/access.contract.ts';
import { contract } from '../../shared/contract/contract.ts';
import type { SessionService } from '../access/session.service.ts';
import { ensureDefaultRep } from '../access/rep.repository.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { assertCallAllowed, GUARDED_CALLS, OPEN_CALLS } from './call-policy.ts';

/** Every call of the contract, `conversation.list` and the like. */
function callNames(node: unknown, path: string[] = []): string[] {
  if (isContractProcedure(node)) return [path.join('.')];
  return Object.entries(node as Record<string, unknown>).flatMap(([name, child]) => callNames(child, [...path, name]));
}

function openPolicy(role: RepRole, isOpen = true) {
  const { db, ctx } = openTestStore();
  const rep = ensureDefaultRep(db, ctx);
  db.prepare('UPDATE reps SET role = ?').run(role);
  const session = { isOpen: () => isOpen, repId: () => rep.id } as SessionService;
  const refusal = (name: string, input: unknown = {}): string | null => {
    try {
      assertCallAllowed(name, input, { session, db });
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  return { refusal };
}

const ALL = callNames(contract);

describe('calls', () => {
  test('every rule is about a call that exists', () => {
    expect([...GUARDED_CALLS, ...OPEN_CALLS].filter((name) => !ALL.includes(name))).toEqual([]);
  });

  test('behind the lock nothing is answered but what the lock itself needs', () => {
    const { refusal } = openPolicy('admin', false);
    expect(ALL.filter((name) => refusal(name) === null).toSorted()).toEqual([...OPEN_CALLS].toSorted());
  });

  test('an admin may call everything', () => {
    const { refusal } = openPolicy('admin');
    expect(ALL.filter((name) => refusal(name, { shopName: 'x' }) !== null)).toEqual([]);
  });

  test.each([
    ['settings.set', { shopName: '山屿' }, [1, 1, 1, 0]],
    ['settings.set', { idleLockMinutes: 5 }, [1, 1, 1, 0]],
    ['settings.set', { theme: 'dark', quietMode: 'rare', language: 'en', repName: '小周', shopName: undefined }, [0, 0, 0, 0]],
    ['rep.save', {}, [1, 1, 1, 0]],
    ['model.add', {}, [1, 1, 1, 0]],
    ['model.use', {}, [1, 1, 1, 0]],
    ['model.remove', {}, [1, 1, 1, 0]],
    ['model.list', {}, [0, 0, 0, 0]],
    ['audit.list', {}, [1, 0, 1, 0]],
    ['audit.exportCsv', {}, [1, 0, 1, 0]],
    ['customer.erase', {}, [1, 0, 1, 0]],
    ['app.setPassphrase', {}, [1, 1, 1, 0]],
    ['app.useKeychain', {}, [1, 1, 1, 0]],
    ['app.backup', {}, [1, 0, 1, 0]],
    ['knowledge.deleteArticle', {}, [1, 0, 0, 0]],
    ['knowledge.saveArticle', {}, [1, 0, 0, 0]],
    ['pack.install', {}, [1, 0, 1, 0]],
    ['pack.remove', {}, [1, 0, 1, 0]],
    ['demo.install', {}, [1, 0, 1, 0]],
    ['demo.remove', {}, [1, 0, 1, 0]],
    ...(['start', 'accept', 'discard', 'undo'] as const).map((call) => [`tuning.${call}`, {}, [1, 0, 1, 0]] as const),
    ['tuning.status', {}, [0, 0, 0, 0]],
    ['import.start', { kind: 'macros' }, [1, 0, 0, 0]],
    ['import.start', { kind: 'orders' }, [0, 0, 0, 0]],
    ['outbox.send', {}, [0, 0, 0, 0]],
  ] as const)('%s with %j is refused to rep, lead, trainer, admin: %j', (name, input, expected) => {
    expect((['rep', 'lead', 'trainer', 'admin'] as const).map((role) => Number(openPolicy(role).refusal(name, input) === 'forbidden'))).toEqual(expected);
  });
});
