import { z } from 'zod';
import type { AskedText } from './intent-figures.ts';
import type { LabelledText } from './nearest-intents.ts';
import type { LabelledPair } from './pair-figures.ts';

export type EvalLine = { ok: true } | { ok: false; reason: string };

const text = z.string().min(1);
const retrievalSchema = z.union([z.object({ corpus: text }), z.object({ query: text, positives: z.array(text).min(1) })]);
const pairSchema = z.union([z.object({ a: z.string(), b: z.string(), label: z.union([z.literal(0), z.literal(1)]) }), z.object({ a: z.string(), b: z.string(), score: z.number() })]);
const intentSchema = z.union([
  z.object({ text: z.string(), intent: text, split: z.enum(['train', 'test']).optional() }),
  z.object({ text: z.string(), intent: z.null() }),
  z.object({ intent: text, label: text }),
]);

const added: EvalLine = { ok: true };

function wrong(expected: string): EvalLine {
  return { ok: false, reason: `This line is not ${expected}.` };
}

/** Documents that say the same are one. */
export type RetrievalLines = { corpus: Set<string>; queries: { query: string; positives: string[] }[] };

export function newRetrievalLines(): RetrievalLines {
  return { corpus: new Set(), queries: [] };
}

export function addRetrievalLine(set: RetrievalLines, value: unknown): EvalLine {
  const line = retrievalSchema.safeParse(value);
  if (!line.success) return wrong('{"corpus":"…"} or {"query":"…","positives":["…"]}');
  if ('corpus' in line.data) set.corpus.add(line.data.corpus);
  else set.queries.push(line.data);
  return added;
}

/** `isGraded` is null until the first line has said which kind of file it is. */
export type PairLines = { pairs: LabelledPair[]; isGraded: boolean | null };

export function newPairLines(): PairLines {
  return { pairs: [], isGraded: null };
}

export function addPairLine(set: PairLines, value: unknown): EvalLine {
  const line = pairSchema.safeParse(value);
  if (!line.success) return wrong('{"a":"…","b":"…","label":0|1} or {"a":"…","b":"…","score":0–5}');
  const isGraded = 'score' in line.data;
  if (set.isGraded !== null && set.isGraded !== isGraded) return { ok: false, reason: 'The file mixes labels and scores; split it.' };
  set.isGraded = isGraded;
  set.pairs.push({ a: line.data.a, b: line.data.b, gold: 'score' in line.data ? line.data.score : line.data.label });
  return added;
}

/** `asked` holds the texts to recognise: those of the split `test`, those that name no split, and those out of scope (intent null). */
export type IntentLines = { train: LabelledText[]; asked: AskedText[]; labels: LabelledText[] };

export function newIntentLines(): IntentLines {
  return { train: [], asked: [], labels: [] };
}

/** With labels a line need not name its split. A line out of scope never needs to: it is no example of anything. */
export function addIntentLine(set: IntentLines, value: unknown, hasLabels: boolean): EvalLine {
  const line = intentSchema.safeParse(value);
  if (!line.success) return wrong('{"text":"…","intent":"…"|null,"split":"train"|"test"} or {"intent":"…","label":"…"}');
  const { data } = line;
  if ('label' in data) set.labels.push({ text: data.label, intent: data.intent });
  else if (data.intent === null) set.asked.push({ text: data.text, intent: null });
  else if (!hasLabels && data.split === undefined) return { ok: false, reason: 'This line names no split, "train" or "test"; only --labels does without.' };
  else (data.split === 'train' ? set.train : set.asked).push({ text: data.text, intent: data.intent });
  return added;
}

/** What to recognise, and what by: the training texts, or with labels the label texts of all intents; an intent without one is read by its name (`track_order` as `track order`). */
export function intentSets({ train, asked, labels }: IntentLines, hasLabels: boolean): { texts: AskedText[]; examples: LabelledText[] } {
  if (!hasLabels) return { texts: asked, examples: train };
  const labelled = new Set(labels.map(({ intent }) => intent));
  const others = new Set([...train, ...asked].flatMap(({ intent }) => (intent === null || labelled.has(intent) ? [] : [intent])));
  return { texts: asked, examples: [...labels, ...[...others].map((intent) => ({ text: intent.replace(/[_-]+/g, ' '), intent }))] };
}
