import { z } from 'zod';
import type { LabelledText } from './intent-figures.ts';
import type { LabelledPair } from './pair-figures.ts';

export type EvalLine = { ok: true } | { ok: false; reason: string };

const text = z.string().min(1);
const retrievalSchema = z.union([z.object({ corpus: text }), z.object({ query: text, positives: z.array(text).min(1) })]);
const pairSchema = z.union([z.object({ a: z.string(), b: z.string(), label: z.union([z.literal(0), z.literal(1)]) }), z.object({ a: z.string(), b: z.string(), score: z.number() })]);
const intentSchema = z.object({ text: z.string(), intent: text, split: z.enum(['train', 'test']) });
const labelSchema = z.object({ text: z.string(), intent: text, split: z.enum(['train', 'test']).optional() });

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

type IntentLine = LabelledText & { split: 'train' | 'test' };

/** With labels every line is a text to recognise unless it says `train`; without, each must name its split. */
export function addIntentLine(lines: IntentLine[], value: unknown, hasLabels: boolean): EvalLine {
  const line = (hasLabels ? labelSchema : intentSchema).safeParse(value);
  if (!line.success) return wrong('{"text":"…","intent":"…","split":"train"|"test"}');
  lines.push({ text: line.data.text, intent: line.data.intent, split: line.data.split ?? 'test' });
  return added;
}

/** What to recognise, and what by: the training texts, or with labels the names of all intents (`track_order` read as `track order`). */
export function intentSets(lines: readonly IntentLine[], hasLabels: boolean): { texts: LabelledText[]; examples: LabelledText[] } {
  const texts = lines.filter(({ split }) => split === 'test');
  if (!hasLabels) return { texts, examples: lines.filter(({ split }) => split === 'train') };
  const intents = [...new Set(lines.map(({ intent }) => intent))];
  return { texts, examples: intents.map((intent) => ({ text: intent.replace(/[_-]+/g, ' '), intent })) };
}
