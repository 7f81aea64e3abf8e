import path from 'node:path';
import type { AdaptChange } from '../../shared/contract/adapt.contract.ts';
import type { ReadableDb } from '../db/database.ts';
import { prepared } from '../db/statements.ts';
import { DEFAULT_MODEL_ID, verifyModel } from '../engine/embedding-model.ts';
import { createStaticModel, loadStaticModel, type StaticModel } from '../engine/static-model.ts';
import { DeskmateError } from '../platform/errors.ts';
import { readAdaptedTable } from '../search/adapted-model.repository.ts';
import { nextTurn } from '../search/slices.ts';

const SHOWN_RESULTS = 3;
const COMPARED_PASSAGES = 1000;
const TEXTS_A_TURN = 50;
/** So many messages are looked at for each question that is wanted. */
const LOOKED_AT = 20;

/**
 * What the newest questions of customers find first in the knowledge base with the base model and with the adapted one of `key`; only those whose first results differ.
 * @throws DeskmateError not_found when there is no such model (any more).
 */
export async function listAdaptChanges(db: ReadableDb, modelsDir: string, key: string, questionCount: number, modelId = DEFAULT_MODEL_ID): Promise<AdaptChange[]> {
  const table = readAdaptedTable(db, key);
  const base = loadStaticModel(path.join(modelsDir, modelId), verifyModel(modelsDir, modelId));
  if (table === undefined || base === undefined) throw new DeskmateError('not_found', 'No model has learned from this shop yet.');
  return compareFirst(db, base, createStaticModel(base.normalTokens, table, 1), questionCount);
}

async function compareFirst(db: ReadableDb, base: StaticModel, adapted: StaticModel, questionCount: number): Promise<AdaptChange[]> {
  const questions = newestQuestions(db, questionCount);
  const passages = prepared<{ text: string }>(db, `SELECT p.text FROM passages p JOIN articles a ON a.id = p.article_id WHERE a.deleted_at IS NULL ORDER BY p.seq DESC LIMIT ${COMPARED_PASSAGES}`).all().map(({ text }) => text);
  const rank = async (model: StaticModel) => {
    const vectors: Float32Array[] = [];
    for (const [at, text] of passages.entries()) {
      vectors.push(model.vector(text));
      // the backend answers others in between
      if (at % TEXTS_A_TURN === 0) await nextTurn();
    }
    return (question: string) => {
      const query = model.vector(question);
      const scores = vectors.map((vector) => vector.reduce((sum, x, at) => sum + x * (query[at] ?? 0), 0));
      return scores.map((score, at) => ({ score, at })).toSorted((a, b) => b.score - a.score || a.at - b.at).slice(0, SHOWN_RESULTS).map(({ at }) => passages[at] ?? '');
    };
  };
  const [before, after] = [await rank(base), await rank(adapted)];
  return questions.map((question) => ({ question, before: before(question), after: after(question) })).filter((change) => change.before.join('\n') !== change.after.join('\n'));
}

/** What asks for something in Chinese or English; thanks and good-byes would say little about search. */
const IS_QUESTION = /[?？]|[吗嗎呢]|什[么麼]|怎[么麼样樣]|多少|多久|几[个天号点件]|幾[個天號點件]|哪|能不能|可不可以|有没有|有沒有|是不是|\b(?:how|what|when|where|which|why|who)\b/i;

function newestQuestions(db: ReadableDb, count: number): string[] {
  const texts = prepared<{ text: string }>(db, "SELECT text FROM messages WHERE role = 'customer' AND length(trim(text)) BETWEEN 5 AND 200 ORDER BY seq DESC LIMIT ?").all(count * LOOKED_AT).map(({ text }) => text);
  return [...new Set(texts.filter((text) => IS_QUESTION.test(text)))].slice(0, count);
}
