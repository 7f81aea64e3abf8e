import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WritableDb } from '../db/database.ts';
import { DeskmateError } from '../platform/errors.ts';
import { silentLog } from '../platform/log.ts';
import { createEmbedQueue } from './embed-queue.ts';
import { openEngineBench } from './engine.fixture.ts';
import { DEFAULT_WEIGHTS } from './fuse.ts';
import { servingModelKey } from './model-roles.repository.ts';
import { createSearchService } from './search.service.ts';
import type { SearchEngine } from './search.types.ts';
import { saveTuning } from './search-tuning.ts';
import { addMacro, addMessage, addPassage, openMemoryStore } from './store.fixture.ts';

let db: WritableDb;
beforeEach(() => {
  db = openMemoryStore();
  addMessage(db, 'rep', '退款已经到账了');
});
afterEach(() => void db.close());

const KINDS = ['passage', 'macro', 'message'] as const;
const goneEngine: Pick<SearchEngine, 'search'> = { search: () => Promise.reject(new DeskmateError('engine_down', 'gone', { retryable: true })) };
const RATIO = expect.any(Number);

function fill(store: WritableDb): void {
  addPassage(store, 'policy.md', '售后 > 退款', '审核通过后退款原路返回');
  addMacro(store, 'refund', '退款时效', '退款 3 天到账');
}

test('while the engine is away hits are found by words alone, in the same shape', async () => {
  fill(db);
  const { hits, isWordsOnly, timingsMs } = await createSearchService({ db, engine: goneEngine }).query({ text: '退款到賬', kinds: KINDS, limit: 10 });
  expect([hits.toSorted((a, b) => a.kind.localeCompare(b.kind)), isWordsOnly, timingsMs.total >= (timingsMs.words ?? 0)]).toEqual([
    [
      { kind: 'macro', id: 'macro-refund', text: '退款 3 天到账', title: '退款时效', score: RATIO, source: 'refund', conversationId: null, updatedAt: 1000, matchedWords: ['退款', '到账'] },
      { kind: 'message', id: 'message-1', text: '退款已经到账了', title: '林女士', score: RATIO, source: 'conversation', conversationId: 'conversation', updatedAt: 3000, matchedWords: ['退款', '到账'] },
      { kind: 'passage', id: 'passage-policy.md-0', text: '审核通过后退款原路返回', title: '售后 > 退款', score: RATIO, source: 'title of policy.md', conversationId: null, updatedAt: 2000, matchedWords: ['退款'] },
    ],
    true,
    true,
  ]);
});

test('the kinds and the limit asked for are kept, other failures are passed on, and background work is held meanwhile', async () => {
  fill(db);
  const held: string[] = [];
  const holdBackground = () => {
    held.push('hold');
    return () => void held.push('go');
  };
  const service = createSearchService({ db, engine: goneEngine, holdBackground });
  const { hits } = await service.query({ text: '退款', kinds: ['macro', 'passage'], limit: 1 });
  expect([hits.length, hits[0]?.kind === 'message', held]).toEqual([1, false, ['hold', 'go']]);
  const broken = createSearchService({ db, engine: { search: () => Promise.reject(new DeskmateError('cancelled', 'stop')) }, holdBackground });
  await expect(broken.query({ text: '退款', kinds: KINDS, limit: 1 })).rejects.toMatchObject({ code: 'cancelled' });
  expect(held).toEqual(['hold', 'go', 'hold', 'go']);
});

test('with the engine, meaning counts too', async () => {
  const bench = openEngineBench((store) => {
    fill(store);
    addMacro(store, 'english', 'refund', 'your refund will reach your account within three days');
  });
  const queue = createEmbedQueue({ db: bench.db, engine: bench.engine, log: silentLog });
  queue.wake();
  await queue.whenIdle();
  const service = createSearchService({ db: bench.db, engine: bench.engine });
  const { hits, isWordsOnly } = await service.query({ text: '退款多久到账', kinds: ['macro'], limit: 10 });
  expect([hits.map((hit) => hit.id).toSorted(), isWordsOnly]).toEqual([['macro-english', 'macro-refund'], false]);
  // what the shop's own replay chose holds from the next question on
  saveTuning(bench.db, { modelKey: servingModelKey(bench.db)!, madeAt: 1, weights: { ...DEFAULT_WEIGHTS, 'zh-zh': 0, 'zh-en': 1 }, calibration: null });
  const { candidates } = await service.candidates({ text: '退款多久到账', kinds: ['macro'], limit: 10 });
  await bench.close();
  expect(candidates.map(({ seq, score, words, meaning }) => [seq, score === words, score === meaning])).toEqual(expect.arrayContaining([[1, true, expect.any(Boolean)], [2, false, true]]));
});
