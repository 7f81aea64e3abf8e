import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_WEIGHTS, fuse, isForeignPair, LANGUAGE_PAIRS, pairOf, type ArmScores } from './fuse.ts';

const language = fc.constantFrom('zh' as const, 'en' as const, 'other' as const);
const kind = fc.constantFrom('passage' as const, 'macro' as const, 'message' as const);
const row = fc.record({
  kind,
  seq: fc.nat(1000),
  language,
  cosine: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
  bm25: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 60, noNaN: true })),
  matchedWords: fc.constant<string[]>([]),
});
const rows = fc.uniqueArray(row, { selector: (scored) => `${scored.kind}${scored.seq}`, maxLength: 30 });

test('words and meaning are scaled over the rows and weighted by the language of the question', () => {
  const scored: ArmScores[] = [
    { kind: 'macro', seq: 1, language: 'zh', cosine: 0.8, bm25: 5, matchedWords: ['退款'] },
    { kind: 'macro', seq: 2, language: 'zh', cosine: 0.4, bm25: 10, matchedWords: ['退款', '多久'] },
    { kind: 'passage', seq: 1, language: 'en', cosine: 0.6, bm25: 0, matchedWords: [] },
    { kind: 'message', seq: 9, language: 'zh', cosine: null, bm25: 6, matchedWords: ['多久'] },
  ];
  expect(fuse(scored, 'zh', { ...DEFAULT_WEIGHTS, 'zh-zh': 0.25, 'zh-en': 0.7 })).toEqual([
    { kind: 'macro', seq: 2, score: 0.875, words: 1, meaning: 0.5, cosine: 0.4, bm25: 10, matchedWords: ['退款', '多久'] },
    { kind: 'macro', seq: 1, score: 0.625, words: 0.5, meaning: 1, cosine: 0.8, bm25: 5, matchedWords: ['退款'] },
    { kind: 'message', seq: 9, score: 0.6, words: 0.6, meaning: 0, cosine: null, bm25: 6, matchedWords: ['多久'] },
    { kind: 'passage', seq: 1, score: 0.525, words: 0, meaning: expect.closeTo(0.75, 12), cosine: 0.6, bm25: 0, matchedWords: [] },
  ].map((candidate) => ({ ...candidate, score: expect.closeTo(candidate.score, 12) })));
});

test('nothing in, nothing out; nothing shared, nothing scored', () => {
  expect(fuse([], 'zh')).toEqual([]);
  expect(fuse([{ kind: 'macro', seq: 1, language: 'zh', cosine: null, bm25: 0, matchedWords: [] }], 'zh')).toEqual([
    { kind: 'macro', seq: 1, score: 0, words: 0, meaning: 0, cosine: null, bm25: 0, matchedWords: [] },
  ]);
});

test('every score lies in 0–1, best first, whatever the order of the rows', () => {
  fc.assert(
    fc.property(rows, language, fc.infiniteStream(fc.nat()), (scored, question, luck) => {
      const fused = fuse(scored, question);
      const shuffled = scored.map((entry) => ({ entry, at: luck.next().value ?? 0 })).toSorted((a, b) => a.at - b.at).map(({ entry }) => entry);
      expect(fuse(shuffled, question)).toEqual(fused);
      expect(fused.every(({ score, words, meaning }) => [score, words, meaning].every((value) => value >= 0 && value <= 1))).toBe(true);
      expect(fused.map(({ score }) => score)).toEqual(fused.map(({ score }) => score).toSorted((a, b) => b - a));
    }),
  );
});

test('of two rows alike in language, the one that is no worse in both arms is never ranked lower', () => {
  fc.assert(
    fc.property(rows, language, (scored, question) => {
      const fused = fuse(scored, question);
      const at = new Map(fused.map((candidate) => [`${candidate.kind}${candidate.seq}`, candidate.score]));
      for (const better of scored) {
        for (const worse of scored) {
          if (better.language !== worse.language || better.cosine === null || worse.cosine === null) continue;
          if (better.cosine < worse.cosine || better.bm25 < worse.bm25) continue;
          expect(at.get(`${better.kind}${better.seq}`)).toBeGreaterThanOrEqual((at.get(`${worse.kind}${worse.seq}`) ?? 0) - 1e-12);
        }
      }
    }),
  );
});

test('a question and a row make a pair of languages; other letters are foreign to nothing', () => {
  const languages = ['zh', 'en', 'other'] as const;
  expect(languages.map((question) => languages.map((rowLanguage) => pairOf(question, rowLanguage)))).toEqual([
    ['zh-zh', 'zh-en', 'zh-zh'],
    ['en-zh', 'en-en', 'en-en'],
    ['other', 'other', 'other'],
  ]);
  expect(LANGUAGE_PAIRS.filter(isForeignPair)).toEqual(['zh-en', 'en-zh']);
});
