import { describe, expect, it } from 'vitest';
import { shippedCustomerFiles } from './corpus.fixture.ts';
import { parseCustomerCorpus, problemLine } from './customer-corpus.ts';
import { INTENTS, SITUATIONS } from './practice.types.ts';

const BANK = shippedCustomerFiles().find(({ name }) => name === 'bank.en.yaml')!;
const GOOD = `- id: late
  intent: logistics
  language: en
  difficulty: 2
  title: Late
  persona: { customer: L1, name: Ann, patienceSeconds: 60, emotion: 1, trust: 50 }
  goal: the parcel
  openings:
    - [where is it]
    - [hello, my parcel]
  outcomes:
    - { id: chase, action: chase }
`;

function problems(text: string, ...others: { name: string; text: string }[]): string[] {
  return parseCustomerCorpus([BANK, { name: 'a.yaml', text }, ...others]).problems.map(problemLine);
}

describe('the live customers that ship', () => {
  it('are well written: 41 over all sixteen intents in two languages', () => {
    const { corpus, problems: found } = parseCustomerCorpus(shippedCustomerFiles());
    expect(found.map(problemLine)).toEqual([]);
    const intents = new Set(corpus.scenarios.map(({ intent }) => intent));
    const count = (language: string) => corpus.scenarios.filter((scenario) => scenario.language === language).length;
    expect([corpus.scenarios.length, [...intents].toSorted(), count('zh'), count('en')]).toEqual([41, [...INTENTS].toSorted(), 25, 16]);
    // everyone is somebody else, or two of them would share one conversation partner
    expect(new Set(corpus.scenarios.map(({ persona }) => persona.customer)).size).toBe(41);
    expect(SITUATIONS.filter((situation) => Object.keys(corpus.banks.zh.situations[situation]).join() !== Object.keys(corpus.banks.en.situations[situation]).join())).toEqual([]);
  });
});

describe('parseCustomerCorpus', () => {
  it('takes a plain customer', () => {
    expect(problems(GOOD)).toEqual([]);
  });

  it.each([
    ['an unknown key', GOOD.replace('  title: Late', '  titel: Late'), ['a.yaml:1: 0.title: Invalid input: expected string, received undefined', 'a.yaml:5: 0: unknown key titel; take it out or correct its name']],
    ['an unknown intent', GOOD.replace('logistics', 'delivery'), [expect.stringMatching(/^a\.yaml:2: 0\.intent: Invalid option/) as string]],
    ['one opening', GOOD.replace('    - [hello, my parcel]\n', ''), ['a.yaml:8: 0.openings: Too small: expected array to have >=2 items']],
    ['an outcome of nothing', GOOD.replace(', action: chase', ''), ['a.yaml:12: late: an outcome needs an action, words, or both']],
    ['a fact that is not there', GOOD.replace('action: chase', 'action: chase, needs: [photo]'), ['a.yaml:12: late: photo is no fact of this customer, so it could never be told']],
    ['broken YAML', 'a: [', [expect.stringMatching(/^a\.yaml:1: not valid YAML: /) as string]],
    ['an alias', `${GOOD}  title2: &x y\n  title3: *x\n`, [expect.stringMatching(/^a\.yaml:1: it uses YAML aliases/) as string]],
    ['a twin of nobody', GOOD.replace('  title: Late', '  title: Late\n  twin: none'), ['a.yaml:6: late: there is no customer none']],
    ['a second of the same id', GOOD + GOOD, ['a.yaml:13: late: another customer has this id; ids are unique over all files']],
    ['a language without a bank', GOOD.replace('language: en', 'language: zh'), ['a.yaml:1: late: there is no bank of replies in zh']],
  ])('says where %s is', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('wants several wordings of every situation', () => {
    const thin = { name: 'bank.zh.yaml', text: `language: zh\nsituations:\n${SITUATIONS.map((situation) => `  ${situation}: { calm: [一, 二] }`).join('\n')}` };
    expect(problems(GOOD, thin).slice(0, 2)).toEqual(['bank.zh.yaml:3: greeted: only 2 wordings; write at least 3', 'bank.zh.yaml:4: stalling: only 2 wordings; write at least 3']);
  });
});
