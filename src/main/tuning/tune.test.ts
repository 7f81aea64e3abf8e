import { expect, test } from 'vitest';
import { DEFAULT_WEIGHTS } from '../search/fuse.ts';
import type { Exchange } from './history.ts';
import { SHIPPED, tuneOnHistory } from './tune.ts';
import type { TuneWork } from './tune-work.ts';

const OPTIONS = { inUse: SHIPPED, threshold: 0.15 };

const TOPICS = 40;
/** Distinct Chinese words of two characters, none sharing a character. */
const word = (at: number) => String.fromCodePoint(0x4e00 + 2 * at, 0x4e01 + 2 * at);
const known: Exchange[] = Array.from({ length: TOPICS }, (_, at) => ({ conversationId: `k${at}`, startedAt: at, repliedAt: at, question: `${word(at)}${word(100 + at)}${word(200 + at)}`, reply: `${word(300 + at)}${word(400 + at)}` }));

/** Asked in two words of its own topic and one of the next: words tell, if not all of them. */
function asked(count: number): Exchange[] {
  return Array.from({ length: count }, (_, at) => {
    const [own, other] = [at % TOPICS, (at + 1) % TOPICS];
    return { conversationId: `a${at}`, startedAt: 1000 + at, repliedAt: 1001 + at, question: `${word(own)}${word(100 + own)}${word(200 + other)}${word(500 + at)}`, reply: known[own]!.reply };
  });
}

/** Vectors by topic: of a question that was asked before, and of one that is asked now, its own topic (or, `isMisled`, the one after the next). */
function work(questions: readonly Exchange[], isMisled: boolean): TuneWork {
  const topicOf = new Map([...known.map(({ question }, at) => [question, at] as const), ...questions.map(({ question }, at) => [question, (at + (isMisled ? 2 : 0)) % TOPICS] as const)]);
  const embed = (texts: readonly string[]) => Promise.resolve(texts.map((text) => Int8Array.from({ length: TOPICS }, (_, place) => (place === topicOf.get(text) ? 100 : 0))));
  return { model: { embed }, onProgress: () => {}, breathe: () => Promise.resolve() };
}

test('where meaning misleads words are weighed more, and odds that fall with the likeness bend nothing', async () => {
  const questions = asked(200);
  const told: [number, number][] = [];
  const result = await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], OPTIONS, { ...work(questions, true), onProgress: (done, total) => void told.push([done, total]) });
  expect(result).toEqual({
    choosing: 100, checking: 100, answerable: 100, supply: { questions: { has: 100, needed: 50 }, shown: { has: 300, needed: 100 }, right: { has: expect.any(Number) as number, needed: 20 } },
    weights: { ...DEFAULT_WEIGHTS, 'zh-zh': expect.any(Number) as number },
    calibration: null,
    figures: {
      mrr: { before: expect.any(Number) as number, after: 1, lead: [expect.any(Number) as number, expect.any(Number) as number] },
      reliability: { before: expect.any(Object) as object, after: expect.any(Object) as object },
    },
  });
  const { weights, figures: { mrr, reliability } } = result;
  expect(weights!['zh-zh']).toBeLessThan(DEFAULT_WEIGHTS['zh-zh']);
  expect([mrr.before! < 1, mrr.lead![0] > 0, reliability.after]).toEqual([true, true, reliability.before]);
  // 40 texts, 200 questions, and the choosing
  expect([told.at(-1), told.every(([done, total], at) => total === 640 && done >= (told[at - 1]?.[0] ?? 0))]).toEqual([[640, 640], true]);
});

test('what does no better on the newer questions is not kept', async () => {
  // in the first half the meaning misleads, in the second words do
  const questions = [...asked(100), ...asked(100).map((one, at) => ({ ...one, conversationId: `b${at}`, startedAt: 2000 + at, question: known[(at + 1) % TOPICS]!.question + word(700 + at) }))];
  const [good, misled] = [work(questions, false), work(questions, true)];
  const newer = new Set(questions.slice(100).map(({ question }) => question));
  const embed: TuneWork['model']['embed'] = async (texts) => {
    const [plain, wrong] = [await good.model.embed(texts), await misled.model.embed(texts)];
    return texts.map((text, at) => (newer.has(text) ? plain : wrong)[at]!);
  };
  const result = await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], OPTIONS, { ...good, model: { embed } });
  expect([result.weights, result.figures.mrr.after! <= result.figures.mrr.before!]).toEqual([null, true]);
});

test('where what looks sure is right every second time, it is said to be less sure', async () => {
  const questions = asked(200).map((one, at) => ({ ...one, question: `${word(700 + at)}${word(1000 + at)}` }));
  const [good, misled] = [work(questions, false), work(questions, true)];
  const odd = new Set(questions.filter((_, at) => at % 2 === 1).map(({ question }) => question));
  const embed: TuneWork['model']['embed'] = async (texts) => {
    const [plain, wrong] = [await good.model.embed(texts), await misled.model.embed(texts)];
    return texts.map((text, at) => (odd.has(text) ? wrong : plain)[at]!);
  };
  const { calibration, figures: { reliability: { before, after } } } = await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], OPTIONS, { ...good, model: { embed } });
  expect(calibration).toEqual({ slope: expect.any(Number) as number, offset: expect.any(Number) as number });
  expect([after.brier! < before.brier!, after.calibrationError! < before.calibrationError!]).toEqual([true, true]);
  const strong = before.shownAs[0]!;
  expect([strong.as, strong.said! > strong.right!, before.shownAs.reduce((sum, { count }) => sum + count, 0)]).toEqual(['strong', true, 300]);
});

test('too few questions change nothing', async () => {
  const questions = asked(20);
  const { weights, calibration, supply, figures } = await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], OPTIONS, work(questions, false));
  expect([weights, calibration, supply, figures.mrr.after, figures.reliability.after]).toEqual([
    null, null, { questions: { has: 10, needed: 50 }, shown: { has: 30, needed: 100 }, right: { has: 10, needed: 20 } }, figures.mrr.before, figures.reliability.before,
  ]);
});

test('what is in use is what must be beaten, and is kept where there is too little to choose from', async () => {
  const questions = asked(200);
  const split = { asked: questions, known, cutAt: 1000 };
  const first = await tuneOnHistory(split, [], OPTIONS, work(questions, true));
  const inUse = { weights: first.weights!, calibration: { slope: 0.5, offset: -1 } };
  const again = await tuneOnHistory(split, [], { ...OPTIONS, inUse }, work(questions, true));
  expect([again.weights, again.figures.mrr]).toEqual([null, { before: 1, after: 1, lead: [0, 0] }]);
  const few = await tuneOnHistory({ ...split, asked: asked(20) }, [], { ...OPTIONS, inUse }, work(questions, true));
  const plain = await tuneOnHistory({ ...split, asked: asked(20) }, [], { inUse: { ...SHIPPED, weights: first.weights! }, threshold: 0.15 }, work(questions, true));
  expect([few.weights, few.calibration, few.figures.mrr.before, few.figures.reliability.after.brier === plain.figures.reliability.after.brier]).toEqual([null, null, 1, false]);
});

test('a model with a likeness of its own is judged on the scale of the reference', async () => {
  const questions = asked(200);
  const split = { asked: questions, known, cutAt: 1000 };
  // cosines of 0 and 1: by chance, and the same
  const likeness = { same: { from: -3, to: 1 }, across: { from: -3, to: 1 } };
  const [plain, scaled] = [await tuneOnHistory(split, [], OPTIONS, work(questions, false)), await tuneOnHistory(split, [], OPTIONS, { ...work(questions, false), likeness })];
  expect(scaled.figures.reliability.before.brier).not.toBe(plain.figures.reliability.before.brier);
});

test('it breathes all along, and ends where a breath throws', async () => {
  const questions = asked(200);
  let breaths = 0;
  const counted = { ...work(questions, false), breathe: async () => void breaths++ };
  await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], OPTIONS, counted);
  const whole = breaths;
  expect(whole).toBeGreaterThan(2000);
  breaths = 0;
  const ended = tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], OPTIONS, { ...counted, async breathe() { if (++breaths === 100) throw new Error('stop'); } });
  await expect(ended).rejects.toThrow('stop');
  expect(breaths).toBe(100);
});
