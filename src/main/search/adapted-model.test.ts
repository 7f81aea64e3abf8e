import path from 'node:path';
import { expect, test } from 'vitest';
import { openReader } from '../db/open-db.ts';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import { adaptedIdentity } from '../engine/adapted-model.ts';
import { floatTable, quantiseTable } from '../engine/adapt-trainer.ts';
import { DEFAULT_MODEL_ID, loadEmbeddingModel, verifyModel } from '../engine/embedding-model.ts';
import { loadStaticModel, type StaticModel } from '../engine/static-model.ts';
import { findAcceptedModel } from './adapted-model.ts';
import { acceptCandidate, deleteAdaptedModels, excludeCustomer, isAdaptationStale, listAdaptedModels, readAdaptedTable, saveCandidate, type NewAdaptedModel } from './adapted-model.repository.ts';
import { readShopPairs } from './adapt-pairs.ts';

const modelsDir = path.join(import.meta.dirname, '../../../models');
const base = verifyModel(modelsDir, DEFAULT_MODEL_ID);
const own = loadStaticModel(path.join(modelsDir, DEFAULT_MODEL_ID), base) as StaticModel;
const FIGURES = { own: { before: 0.1, after: 0.2, queryCount: 200 }, en: { before: 0.5, after: 0.5, queryCount: 9 }, 'zh-en': { before: 0.5, after: 0.49, queryCount: 9 } };

/** Closed conversations `v0…`, each of a customer `c0…`, with a question and its reply. */
function fill(store: TestStore, count: number): void {
  store.db.exec("INSERT INTO channels (id, shop_id, kind, title, settings, state, created_at) VALUES ('ch', 's', 'file', '', '{}', 'stopped', 0)");
  const run = (sql: string, ...values: unknown[]) => void store.db.prepare(sql).run(...values);
  for (let at = 0; at < count; at++) {
    run("INSERT INTO customers (id, shop_id, external_id, name, created_at) VALUES (?, 's', ?, '', 0)", `c${at}`, `x${at}`);
    run("INSERT INTO conversations (id, shop_id, channel_id, external_id, customer_id, state, opened_at, last_at) VALUES (?, 's', 'ch', ?, ?, 'closed', 0, ?)", `v${at}`, `v${at}`, `c${at}`, at);
    for (const [place, role, text] of [[0, 'customer', `第${at}单什么时候发货`], [1, 'rep', `第${at}单今天发出`], [2, 'customer', '好的，谢谢']] as const) {
      run("INSERT INTO messages (id, conversation_id, external_id, role, text, language, sent_at) VALUES (?, ?, ?, ?, ?, 'zh', ?)", `m${at}-${place}`, `v${at}`, String(place), role, text, at * 10 + place);
    }
  }
}

function trained(conversationIds: readonly string[]): NewAdaptedModel {
  const moved = floatTable(own.table).map((x, at) => (at % 7 === 0 ? x * 1.3 : x));
  const table = quantiseTable(moved, base.dims);
  return { key: adaptedIdentity(base, table).key, baseKey: base.key, madeAt: 5, pairCount: 600, figures: FIGURES, table, conversationIds };
}

test('pairs are answered questions, turns that follow one another and the knowledge base; the newest conversations are held', () => {
  const store = openTestStore();
  fill(store, 6);
  const { own: answered, near, held, conversationIds } = readShopPairs(store.db);
  const line = (at: number) => ({ left: `第${at}单什么时候发货`, right: `第${at}单今天发出` });
  expect([answered, near, held, conversationIds.toSorted()]).toEqual([[2, 1, 0].map(line), [2, 1, 0].map((at) => ({ left: `第${at}单今天发出`, right: '好的，谢谢' })), [5, 4, 3].map(line), ['v0', 'v1', 'v2']]);
  excludeCustomer(store.db, 'c2', 1);
  expect(readShopPairs(store.db).conversationIds).not.toContain('v2');
});

test('a candidate comes back bit by bit, is used once accepted, and its vectors are those of another model', async () => {
  const store = openTestStore();
  fill(store, 2);
  const model = trained(['v0', 'v1']);
  expect(saveCandidate(store.db, model)).toBe(true);
  expect(readAdaptedTable(store.db, model.key)).toEqual(model.table);
  const reader = openReader(store.file, store.key);
  expect(findAcceptedModel(reader, base, own)).toBeUndefined();
  expect([acceptCandidate(store.db, 'other'), acceptCandidate(store.db, model.key)]).toEqual([false, true]);
  const [shipped, adapted] = [await loadEmbeddingModel(modelsDir), findAcceptedModel(reader, base, own)];
  expect(adapted?.identity).toEqual({ ...base, key: model.key, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(model.key).toMatch(/^deskmate-embed-2@[0-9a-f]{12}\+[0-9a-f]{12}$/);
  const [[before], [after]] = [await shipped.embed(['什么时候发货']), (await adapted?.embed(['什么时候发货'])) ?? []];
  expect([after?.length, after?.join() === before?.join()]).toEqual([base.dims, false]);
  expect(findAcceptedModel(reader, { ...base, key: 'another base' }, own)).toBeUndefined();
  expect(listAdaptedModels(store.db)).toEqual([{ key: model.key, baseKey: base.key, state: 'accepted', madeAt: 5, pairCount: 600, figures: FIGURES, conversationCount: 2 }]);
  expect([deleteAdaptedModels(store.db), listAdaptedModels(store.db), isAdaptationStale(store.db)]).toEqual([1, [], false]);
  reader.close();
});

test.each([
  ['an erased customer', "DELETE FROM customers WHERE id = 'c1'"],
  ['a deleted conversation', "DELETE FROM conversations WHERE id = 'v1'"],
])('%s takes every model along that learned from them, and marks it to be made again', (_, sql) => {
  const store = openTestStore();
  fill(store, 3);
  saveCandidate(store.db, trained(['v0', 'v1']));
  store.db.exec("DELETE FROM customers WHERE id = 'c2'");
  expect([listAdaptedModels(store.db).length, isAdaptationStale(store.db)]).toEqual([1, false]);
  store.db.exec(sql);
  const rowCount = (table: string) => store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect([listAdaptedModels(store.db), rowCount('adapted_rows'), rowCount('adapted_sources'), isAdaptationStale(store.db)]).toEqual([[], 0, 0, true]);
  // one trained on what is no longer there is not kept
  expect([saveCandidate(store.db, trained(['v0', 'v1'])), saveCandidate(store.db, trained(['v0'])), isAdaptationStale(store.db)]).toEqual([false, true, false]);
});

test('a customer who is left out takes the model along, but stays', () => {
  const store = openTestStore();
  fill(store, 2);
  saveCandidate(store.db, trained(['v0', 'v1']));
  expect([excludeCustomer(store.db, 'c1', 1), excludeCustomer(store.db, 'c1', 2), isAdaptationStale(store.db), listAdaptedModels(store.db)]).toEqual([true, false, true, []]);
  expect(store.db.prepare('SELECT count(*) FROM customers').pluck().get()).toBe(2);
  expect([saveCandidate(store.db, trained(['v1'])), saveCandidate(store.db, trained(['v0']))]).toEqual([false, true]);
});
