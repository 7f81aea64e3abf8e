import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../text/language.ts';
import { mapForMatch } from '../../text/mapped-text.ts';
import { normaliseForMatch } from '../../text/normalise.ts';
import { findPhrases } from './lexicon.ts';
import { parseRiskExamples, type RiskExample } from './risk-examples.ts';

function shipped(name: string): RiskExample[] {
  return parseRiskExamples(readFileSync(new URL(`../../../../resources/risk-examples/escalation.${name}.jsonl`, import.meta.url), 'utf8'));
}

describe('shipped examples', () => {
  test.each([
    ['zh', 'zh', 200],
    ['en', 'en', 120],
  ])('%s: enough, in one language, about half of each label', (name, language, minimumCount) => {
    const examples = shipped(name);
    expect(examples.length).toBeGreaterThanOrEqual(minimumCount);
    expect(examples.filter(({ text }) => detectLanguage(text) !== language)).toEqual([]);
    const escalateShare = examples.filter(({ label }) => label === 'escalate').length / examples.length;
    expect(escalateShare).toBeGreaterThan(0.4);
    expect(escalateShare).toBeLessThan(0.6);
  });

  test('the held-out paraphrases hold no lexicon word and are in no shipped file', () => {
    const heldOut = shipped('holdout');
    const known = new Set([...shipped('zh'), ...shipped('en')].map(({ text }) => normaliseForMatch(text)));
    expect(heldOut.filter(({ label }) => label === 'escalate').length).toBeGreaterThanOrEqual(40);
    expect(heldOut.filter(({ text }) => known.has(normaliseForMatch(text)))).toEqual([]);
    expect(heldOut.flatMap(({ text }) => findPhrases(text, mapForMatch(text)).filter(({ group }) => group !== 'thanks'))).toEqual([]);
  });

  test('ids are unique across the files', () => {
    const ids = ['zh', 'en', 'holdout'].flatMap((name) => shipped(name).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('parseRiskExamples', () => {
  const line = '{"id":"a","text":"你好","label":"calm"}';

  test('reads lines and skips empty ones', () => {
    expect(parseRiskExamples(`${line}\r\n\n`)).toEqual([{ id: 'a', text: '你好', label: 'calm' }]);
  });

  test.each([
    ['not JSON', `${line}\n{`, 'Line 2 is not a risk example'],
    ['another label', '{"id":"a","text":"x","label":"angry"}', 'Line 1 is not a risk example'],
    ['an empty text', '{"id":"a","text":" ","label":"calm"}', 'Line 1 is not a risk example'],
    ['an id twice', `${line}\n{"id":"a","text":"x","label":"calm"}`, 'Line 2 repeats an earlier risk example'],
    ['a text twice', `${line}\n{"id":"b","text":"你好 ","label":"calm"}`, 'Line 2 repeats an earlier risk example'],
  ])('refuses %s', (_, jsonl, message) => {
    expect(() => parseRiskExamples(jsonl)).toThrow(message);
  });
});
