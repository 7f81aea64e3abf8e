import { expect, test } from 'vitest';
import { DEFAULT_WEIGHTS } from '../../search/fuse.ts';
import type { EvalWork } from './eval-work.ts';
import type { Exchange } from './history.ts';
import { tuneOnHistory } from './tune.ts';

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
function work(questions: readonly Exchange[], isMisled: boolean): EvalWork {
  const topicOf = new Map([...known.map(({ question }, at) => [question, at] as const), ...questions.map(({ question }, at) => [question, (at + (isMisled ? 2 : 0)) % TOPICS] as const)]);
  const embed = (texts: readonly string[]) => Promise.resolve(texts.map((text) => Int8Array.from({ length: TOPICS }, (_, place) => (place === topicOf.get(text) ? 100 : 0))));
  return { model: { embed }, onProgress: () => {}, breathe: () => Promise.resolve() };
}

test('where meaning misleads words are weighed more, and odds that fall with the likeness bend nothing', async () => {
  const questions = asked(200);
  const result = await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], work(questions, true));
  expect(result).toEqual({
    choosing: 100, checking: 100,
    weights: { ...DEFAULT_WEIGHTS, 'zh-zh': expect.any(Number) as number },
    calibration: null,
    figures: {
      mrr: { before: expect.any(Number) as number, after: 1, lead: [expect.any(Number) as number, expect.any(Number) as number] },
      brier: { before: expect.any(Number) as number, after: expect.any(Number) as number },
      calibrationError: { before: expect.any(Number) as number, after: expect.any(Number) as number },
    },
  });
  const { weights, figures: { mrr, brier } } = result;
  expect(weights!['zh-zh']).toBeLessThan(DEFAULT_WEIGHTS['zh-zh']);
  expect([mrr.before! < 1, mrr.lead![0] > 0, brier.after === brier.before]).toEqual([true, true, true]);
});

test('what does no better on the newer questions is not kept', async () => {
  // in the first half the meaning misleads, in the second words do
  const questions = [...asked(100), ...asked(100).map((one, at) => ({ ...one, conversationId: `b${at}`, startedAt: 2000 + at, question: known[(at + 1) % TOPICS]!.question + word(700 + at) }))];
  const [good, misled] = [work(questions, false), work(questions, true)];
  const newer = new Set(questions.slice(100).map(({ question }) => question));
  const embed: EvalWork['model']['embed'] = async (texts) => {
    const [plain, wrong] = [await good.model.embed(texts), await misled.model.embed(texts)];
    return texts.map((text, at) => (newer.has(text) ? plain : wrong)[at]!);
  };
  const result = await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], { ...good, model: { embed } });
  expect([result.weights, result.figures.mrr.after! <= result.figures.mrr.before!]).toEqual([null, true]);
});

test('where what looks sure is right every second time, it is said to be less sure', async () => {
  const questions = asked(200).map((one, at) => ({ ...one, question: `${word(700 + at)}${word(1000 + at)}` }));
  const [good, misled] = [work(questions, false), work(questions, true)];
  const odd = new Set(questions.filter((_, at) => at % 2 === 1).map(({ question }) => question));
  const embed: EvalWork['model']['embed'] = async (texts) => {
    const [plain, wrong] = [await good.model.embed(texts), await misled.model.embed(texts)];
    return texts.map((text, at) => (odd.has(text) ? wrong : plain)[at]!);
  };
  const { calibration, figures: { brier, calibrationError } } = await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], { ...good, model: { embed } });
  expect(calibration).toEqual({ slope: expect.any(Number) as number, offset: expect.any(Number) as number });
  expect([brier.after! < brier.before!, calibrationError.after! < calibrationError.before!]).toEqual([true, true]);
});

test('too few questions change nothing', async () => {
  const questions = asked(20);
  const { weights, calibration, figures } = await tuneOnHistory({ asked: questions, known, cutAt: 1000 }, [], work(questions, false));
  expect([weights, calibration, figures.mrr.before === figures.mrr.after, figures.brier.before === figures.brier.after]).toEqual([null, null, true, true]);
});
