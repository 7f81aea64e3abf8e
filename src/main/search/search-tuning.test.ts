import { expect, test } from 'vitest';
import { openTestStore } from '../db/open-test-store.ts';
import { DEFAULT_WEIGHTS } from './fuse.ts';
import { assignRoles } from './model-roles.repository.ts';
import { deleteTuning, findTuning, saveTuning, tuningInUse, type SearchTuning } from './search-tuning.ts';

const identity = { id: 'm', key: 'm@000000000001', dims: 2, vectorScale: 100, sha256: '0'.repeat(64) };
const tuning: SearchTuning = { modelKey: identity.key, madeAt: 7, weights: { ...DEFAULT_WEIGHTS, 'zh-zh': 0.2 }, calibration: { slope: 0.8, offset: -0.5 } };

test('what was chosen holds for the model it was measured with, and can be taken back', () => {
  const { db } = openTestStore();
  expect([findTuning(db), tuningInUse(db), deleteTuning(db)]).toEqual([undefined, undefined, false]);
  saveTuning(db, tuning);
  expect([findTuning(db), tuningInUse(db)]).toEqual([tuning, undefined]);
  assignRoles(db, { serving: identity, next: null });
  expect(tuningInUse(db)).toEqual(tuning);
  saveTuning(db, { ...tuning, weights: null });
  expect(tuningInUse(db)).toEqual({ ...tuning, weights: null });
  assignRoles(db, { serving: { ...identity, key: 'n@000000000002' }, next: null });
  expect([findTuning(db)?.modelKey, tuningInUse(db)]).toEqual([identity.key, undefined]);
  expect([deleteTuning(db), findTuning(db)]).toEqual([true, undefined]);
});

test.each([
  ['a weight above 1', { ...tuning, weights: { ...DEFAULT_WEIGHTS, 'zh-zh': 1.5 } }],
  ['a pair that is missing', { ...tuning, weights: { 'zh-zh': 0.5 } }],
  ['a slope of nothing', { ...tuning, calibration: { slope: 0, offset: 0 } }],
])('%s is taken for nothing', (_, broken) => {
  const { db } = openTestStore();
  saveTuning(db, broken as SearchTuning);
  expect(findTuning(db)).toBeUndefined();
});
