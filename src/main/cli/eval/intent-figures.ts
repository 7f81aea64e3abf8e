import { detectLanguage } from '../../text/language.ts';
import { measureArms, type ArmStatistics, type Leads, type Measured } from './arms.ts';
import { createPool, type EvalWork, type Pool } from './eval-work.ts';
import { fitIntentProbe, recogniseByProbe, shotFigures, type ShotFigures } from './few-shot.ts';
import { intentPlaces, recogniseNearest, type LabelledText, type Recognised, type WordArm } from './nearest-intents.ts';
import { scopeFigures, type ScopeFigures } from './out-of-scope.ts';
import { rankStatistics } from './rank-pool.ts';

/** `intent` is null for a text out of scope. */
export type AskedText = { text: string; intent: string | null };
/** `probe` is there with examples, not with label texts. */
type IntentArm = WordArm | 'probe';
type IntentMetric = 'top1' | 'top5' | 'mrr';
type IntentArms = Record<WordArm, Measured<IntentMetric>> & { probe?: Measured<IntentMetric> };
export type IntentFigures = { texts: number; intents: number; examples: number } & IntentArms & {
  leads: Leads<IntentMetric>;
  languages: Record<string, { texts: number } & IntentArms>;
  /** By the number of examples for each intent. */
  shots?: Record<string, ShotFigures>;
  /** When texts out of scope are there. */
  scope?: ScopeFigures<IntentArm>;
};

const LEADS: readonly (readonly [IntentArm, IntentArm])[] = [['vector', 'bm25'], ['vector', 'tfidf'], ['probe', 'vector']];

type Row = AskedText & { recognised: Partial<Record<IntentArm, Recognised>> };

/**
 * Finds the intent of each text by the nearest example (or label text) and, with examples, by a linear probe. `top1` of the arms other
 * than `probe` is one-nearest-neighbour accuracy, `top5` asks for the right one among the best five intents. Ties cost half a place each.
 */
export async function intentFigures({ texts, examples, isZeroShot }: { texts: readonly AskedText[]; examples: readonly LabelledText[]; isZeroShot: boolean }, work: EvalWork): Promise<IntentFigures> {
  const pool = await createPool(examples.map(({ text }) => text), texts.map(({ text }) => text), work);
  const intents = intentPlaces(examples);
  const rows = await recognise(texts, examples, isZeroShot, { pool, work });
  const known = rows.flatMap((row) => (row.intent === null ? [] : [{ ...row, intent: row.intent }]));
  const { arms, leads } = measureRows(known);
  const languages = [...Map.groupBy(known, ({ text }) => detectLanguage(text))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    texts: known.length, intents: intents.names.length, examples: examples.length, ...arms, leads,
    languages: Object.fromEntries(languages.map(([language, some]) => [language, { texts: some.length, ...measureRows(some).arms }])),
    ...(isZeroShot ? {} : { shots: await shotFigures(known, examples, pool, work) }),
    ...(known.length === rows.length ? {} : { scope: scopeOf(rows) }),
  };
}

async function recognise(texts: readonly AskedText[], examples: readonly LabelledText[], isZeroShot: boolean, { pool, work }: { pool: Pool; work: EvalWork }): Promise<Row[]> {
  const intents = intentPlaces(examples);
  const probe = isZeroShot ? undefined : await fitIntentProbe(pool, intents, work);
  const rows: Row[] = [];
  for (const text of texts) {
    await work.breathe();
    rows.push({ ...text, recognised: { ...recogniseNearest(pool, intents, text), ...(probe === undefined ? {} : { probe: recogniseByProbe(probe, pool, intents, text) }) } });
  }
  return rows;
}

function armsOf(rows: readonly Row[]): IntentArm[] {
  return (['vector', 'bm25', 'tfidf', 'probe'] as const).filter((arm) => rows[0]?.recognised[arm] !== undefined);
}

function measureRows(rows: readonly Row[]): { arms: IntentArms; leads: Leads<IntentMetric> } {
  const statistics = armsOf(rows).map((arm) => [arm, rankStatistics(rows.map(({ recognised }) => recognised[arm]?.rank ?? 0), { top1: 1, top5: 5 })] as const);
  const leads = LEADS.filter((pair) => pair.every((arm) => rows[0]?.recognised[arm] !== undefined));
  return measureArms<IntentArm, IntentMetric>(rows.length, Object.fromEntries(statistics) as ArmStatistics<IntentArm, IntentMetric>, leads);
}

function scopeOf(rows: readonly Row[]): ScopeFigures<IntentArm> {
  const certainties = armsOf(rows).map((arm) => [arm, rows.map(({ recognised }) => recognised[arm]?.certainty ?? 0)] as const);
  return scopeFigures(certainties, rows.map(({ intent }) => intent === null));
}
