import { expect, it } from 'vitest';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { findCustomer } from '../customers/customer.repository.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { openWriter } from '../db/open-db.ts';
import { storePaths } from '../platform/paths.ts';
import { createEraseService, finishScrub } from './erase.service.ts';

function openErasing(isImporting = () => false) {
  const store = openTestStore();
  addConversation(store, 'lin', [['customer', '在吗'], ['rep', '在的']]);
  const customer = findCustomer(store.db, 'id of lin')!;
  const told: unknown[] = [];
  const erasing = createEraseService({
    db: store.db, paths: storePaths(store.dir), context: () => store.ctx, repId: () => 'r', isImporting,
    forget: (externalId) => told.push(['forget', externalId, findCustomer(store.db, 'id of lin') !== undefined]),
    onRemoved: (kind, seqs) => told.push([kind, seqs]), onChanged: () => told.push('erased'),
  });
  return { store, customer, told, erasing };
}

it('ends replays first, then forgets rows, vectors and page', () => {
  const { customer, told, erasing } = openErasing();
  expect(erasing.erase(customer.id)).toMatchObject({ name: 'lin', counts: { messages: 2 } });
  expect(told).toEqual([['forget', 'id of lin', true], ['message', [1, 2]], ['reply', [1, 2]], 'erased']);
});

it('waits for an import, which could write the customer back or keep their words in its report', () => {
  let isImporting = true;
  const { customer, told, erasing } = openErasing(() => isImporting);
  expect(() => erasing.erase(customer.id)).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(told).toEqual([]);
  isImporting = false;
  expect(erasing.erase(customer.id)).toMatchObject({ name: 'lin' });
});

it('forgets everywhere also when a reader keeps freed pages from being overwritten', () => {
  const { store, customer, told, erasing } = openErasing();
  const reader = openWriter(store.file, store.key);
  store.db.pragma('busy_timeout = 1');
  const rows = reader.prepare('SELECT id FROM messages').iterate();
  rows.next();
  expect(() => erasing.erase(customer.id)).toThrow(expect.objectContaining({ code: 'store_busy' }));
  expect(told).toEqual([['forget', 'id of lin', true], ['message', [1, 2]], ['reply', [1, 2]], 'erased']);
  rows.return?.();
  reader.close();
});

it('finishes at the next start what a reader held up', () => {
  const { store, customer, erasing } = openErasing();
  const reader = openWriter(store.file, store.key);
  store.db.pragma('busy_timeout = 1');
  const rows = reader.prepare('SELECT id FROM messages').iterate();
  rows.next();
  expect(() => erasing.erase(customer.id)).toThrow(expect.objectContaining({ code: 'store_busy' }));
  rows.return?.();
  reader.close();
  expect([finishScrub(store.db), finishScrub(store.db)]).toEqual([true, false]);
});
