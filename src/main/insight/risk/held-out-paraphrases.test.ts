import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadEmbeddingModel } from '../../engine/embedding-model.ts';
import { WARN_RATIO } from './alert-state.ts';
import { scoreEscalation } from './cold-start.ts';
import { addContribution } from './escalation-score.ts';
import { nearestExampleContribution } from './nearest-examples.ts';
import { parseRiskExamples } from './risk-examples.ts';

function shipped(name: string) {
  return parseRiskExamples(readFileSync(new URL(`../../../../resources/risk-examples/escalation.${name}.jsonl`, import.meta.url), 'utf8'));
}

function cosine(a: Int8Array, b: Int8Array): number {
  let [dot, squaresA, squaresB] = [0, 0, 0];
  for (const [index, x] of a.entries()) {
    const y = b[index] ?? 0;
    dot += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return dot === 0 ? 0 : dot / Math.sqrt(squaresA * squaresB);
}

test('with the shipped model many held-out paraphrases warn and no calm sentence does', async () => {
  const model = await loadEmbeddingModel(fileURLToPath(new URL('../../../../models', import.meta.url)));
  const examples = [...shipped('zh'), ...shipped('en')];
  const heldOut = shipped('holdout');
  const exampleRows = await model.embed(examples.map(({ text }) => text));
  const heldOutRows = await model.embed(heldOut.map(({ text }) => text));
  await model.dispose();
  const warned = heldOut.filter(({ id, text }, index) => {
    const turn = { id, role: 'customer' as const, text, at: 0 };
    const row = heldOutRows[index] ?? new Int8Array();
    const near = examples.map((example, at) => ({ exampleId: example.id, label: example.label, text: example.text, similarity: cosine(exampleRows[at] ?? row, row) }));
    return addContribution(scoreEscalation([turn], { now: 0 }), nearestExampleContribution(turn, near)).p >= WARN_RATIO;
  });
  const recall = warned.filter(({ label }) => label === 'escalate').length / heldOut.filter(({ label }) => label === 'escalate').length;
  // a gate against regressions, not a measure of quality: the scale was chosen on these sentences too
  expect(recall).toBeGreaterThan(0.35);
  expect(warned.filter(({ label }) => label === 'calm')).toEqual([]);
});
