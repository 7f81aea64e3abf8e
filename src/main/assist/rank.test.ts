import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLD, fitOf, scoreEvidence, withoutNearDuplicates, type Evidence } from './rank.ts';

const evidence: fc.Arbitrary<Evidence> = fc.record({
  cosine: fc.option(fc.double({ min: -1, max: 1, noNaN: true })),
  wordCoverage: fc.double({ min: 0, max: 1, noNaN: true }),
  isSameLanguage: fc.boolean(),
  tokenCount: fc.nat(60),
  shownCount: fc.nat(1000),
  sentCount: fc.nat(1000),
  ageMs: fc.option(fc.nat()),
  trust: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('scoreEvidence', () => {
  it('keeps every part within 0–1', () => {
    fc.assert(
      fc.property(evidence, (given) => {
        for (const part of Object.values(scoreEvidence(given))) expect(part >= 0 && part <= 1).toBe(true);
      }),
    );
  });

  it('never falls when meaning, words or acceptance grow', () => {
    fc.assert(
      fc.property(evidence, fc.double({ min: 0, max: 0.5, noNaN: true }), (given, more) => {
        const before = scoreEvidence(given).score;
        expect(scoreEvidence({ ...given, cosine: given.cosine === null ? null : given.cosine + more }).score).toBeGreaterThanOrEqual(before);
        expect(scoreEvidence({ ...given, wordCoverage: Math.min(given.wordCoverage + more, 1) }).score).toBeGreaterThanOrEqual(before);
        expect(scoreEvidence({ ...given, sentCount: given.sentCount + 1, shownCount: given.shownCount + 1 }).score).toBeGreaterThanOrEqual(before - 1e-12);
      }),
    );
  });

  it('stays silent on chance similarity and speaks on a paraphrase', () => {
    const base: Evidence = { cosine: 0.2, wordCoverage: 0.1, isSameLanguage: true, tokenCount: 6, shownCount: 0, sentCount: 0, ageMs: 0, trust: 1 };
    expect(scoreEvidence(base).score).toBeLessThan(DEFAULT_THRESHOLD);
    expect(fitOf(scoreEvidence({ ...base, cosine: 0.78, wordCoverage: 0.6 }).score)).toBe('strong');
  });
});

describe('withoutNearDuplicates', () => {
  it('keeps the first of each', () => {
    const ranked = ['退款三天到账', '退款三天到账。', '运费险由保险公司赔付', '尺码偏小建议大一码', '可以开电子发票'].map((text) => ({ text }));
    expect(withoutNearDuplicates(ranked, 3).map((one) => one.text)).toEqual(['退款三天到账', '运费险由保险公司赔付', '尺码偏小建议大一码']);
  });
});
