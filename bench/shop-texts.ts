import type { Language } from '../src/shared/contract/ids.contract.ts';
import { createRandom, drawIndex, drawWord, type SeededRandom } from './seeded-random.ts';
import { EN_CUSTOMER, EN_REP, EN_SHORT, EN_SLOTS, EN_TAILS, ZH_CUSTOMER, ZH_ENDINGS, ZH_OPENINGS, ZH_REP, ZH_SHORT, ZH_SLOTS, ZH_TAILS } from './shop-vocabulary.ts';

export type Speaker = 'customer' | 'rep';
/** A sentence before its words are fixed: `values` holds the words of its slots in order. */
export type TextPlan = { language: Language; speaker: Speaker; sentence: string; values: readonly string[]; opening: string; ending: string };

const ENGLISH_SHARE = 0.2;
const SHORT_SHARE = 0.06;
/** Words drawn without regard to rank. */
const RARE_SHARE = 0.4;
const SLOT = /\{(\w+)\}/g;
const SKU_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Sentences of one side of many conversations; the same seed always gives the same ones. */
export function* planTexts(seed: number, speaker: Speaker): Generator<TextPlan, never> {
  const random = createRandom(seed);
  for (;;) yield planOne(random, speaker);
}

function planOne(random: SeededRandom, speaker: Speaker): TextPlan {
  const language = random() < ENGLISH_SHARE ? 'en' : 'zh';
  const isShort = speaker === 'customer' && random() < SHORT_SHARE;
  const sentence = isShort ? drawWord(random, SHORT[language]) : drawEvenly(random, SENTENCES[language][speaker]) + drawTail(random, speaker, language);
  const values = slotsOf(sentence).map((slot) => drawValue(random, slot, language));
  const plan = { language, speaker, sentence, values, opening: '', ending: '' } as const;
  if (isShort || language === 'en' || speaker === 'rep') return plan;
  const opening = random() < 0.35 ? drawWord(random, ZH_OPENINGS) : '';
  return { ...plan, opening, ending: random() < 0.5 ? drawWord(random, ZH_ENDINGS) : '' };
}

const SHORT = { zh: ZH_SHORT, en: EN_SHORT };
const SENTENCES = { zh: { customer: ZH_CUSTOMER, rep: ZH_REP }, en: { customer: EN_CUSTOMER, rep: EN_REP } };
const TAIL_SHARE = { zh: { customer: 0.6, rep: 0.4 }, en: { customer: 0.3, rep: 0.3 } } as const;

function drawTail(random: SeededRandom, speaker: Speaker, language: 'zh' | 'en'): string {
  if (random() >= TAIL_SHARE[language][speaker]) return '';
  return language === 'zh' ? drawEvenly(random, ZH_TAILS[speaker]) : ` ${drawEvenly(random, EN_TAILS)}`.replace(' ,', ',');
}

function drawEvenly(random: SeededRandom, words: readonly string[]): string {
  return words[drawIndex(random, words.length)] ?? '';
}

function slotsOf(sentence: string): string[] {
  return Array.from(sentence.matchAll(SLOT), (match) => match[1] ?? '');
}

/** Numbers, codes and names are the long tail of a real log; everything else is a word of the shop. */
const LONG_TAIL: Readonly<Record<string, (random: SeededRandom) => string>> = {
  waybill: (random) => `${drawWord(random, ['SF', 'YT', 'ZT', 'JD', 'YD'])}${String(Math.floor(random() * 1e10)).padStart(10, '0')}`,
  order: (random) => String(20_260_000_000 + Math.floor(random() * 1e8)),
  sku: (random) => `${SKU_LETTERS.charAt(drawIndex(random, 24))}${SKU_LETTERS.charAt(drawIndex(random, 24))}${1000 + drawIndex(random, 2000)}`,
  height: (random) => String(150 + drawIndex(random, 40)),
  weight: (random) => String(85 + drawIndex(random, 100)),
  price: (random) => String(39 + 10 * drawIndex(random, 120)),
  number: (random) => String(1 + drawIndex(random, 120)),
  given: (random) => `${drawWord(random, ZH_SLOTS['given'] ?? [])}${random() < 0.6 ? drawWord(random, ZH_SLOTS['given'] ?? []) : ''}`,
};

function drawValue(random: SeededRandom, slot: string, language: Language): string {
  const special = LONG_TAIL[slot];
  if (special !== undefined) return special(random);
  return (random() < RARE_SHARE ? drawEvenly : drawWord)(random, (language === 'zh' ? ZH_SLOTS : EN_SLOTS)[slot] ?? ['']);
}

export function writeText({ sentence, values, opening, ending }: TextPlan): string {
  let at = 0;
  const filled = sentence.replace(SLOT, () => values[at++] ?? '');
  return `${opening}${opening === '' ? '' : '，'}${filled}${ending}`;
}

/** The near-duplicate of a sentence that another customer writes: one or two of its slots differ, or only its opening and ending. */
export function varyPlan(plan: TextPlan, random: SeededRandom): TextPlan {
  const slots = slotsOf(plan.sentence);
  const changed = new Set([drawIndex(random, Math.max(1, slots.length)), drawIndex(random, Math.max(1, slots.length))]);
  const isDecorated = plan.language === 'zh' && plan.speaker === 'customer' && slots.length > 0;
  return {
    ...plan,
    values: plan.values.map((value, at) => (changed.has(at) ? drawValue(random, slots[at] ?? '', plan.language) : value)),
    opening: isDecorated && random() < 0.4 ? drawWord(random, ZH_OPENINGS) : plan.opening,
    ending: isDecorated && random() < 0.4 ? drawWord(random, ZH_ENDINGS) : plan.ending,
  };
}

/** One in three texts of a shop's knowledge or log is a near-duplicate of one of the last two thousand. */
const DUPLICATE_SHARE = 0.33;
const DUPLICATE_WINDOW = 2000;

/** `count` texts with near-duplicates among them. */
export function listTexts(seed: number, speaker: Speaker, count: number): TextPlan[] {
  const fresh = planTexts(seed, speaker);
  const random = createRandom(seed ^ 0x5bd1e995);
  const plans: TextPlan[] = [];
  while (plans.length < count) {
    const original = random() < DUPLICATE_SHARE ? plans[plans.length - 1 - drawIndex(random, Math.min(DUPLICATE_WINDOW, plans.length + 1))] : undefined;
    plans.push(original === undefined ? fresh.next().value : varyPlan(original, random));
  }
  return plans;
}

/** Customer messages of 5 to 40 characters that are in no store: the questions of every measurement. */
export function listQuestions(count: number): string[] {
  const questions: string[] = [];
  for (const plan of planTexts(777, 'customer')) {
    const text = writeText(plan);
    if (text.length >= 5 && text.length <= (plan.language === 'zh' ? 40 : 90)) questions.push(text);
    if (questions.length === count) break;
  }
  return questions;
}
