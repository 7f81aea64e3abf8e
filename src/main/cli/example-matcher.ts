import type { EmbeddingModel } from '../engine/embedding-model.ts';
import type { RiskExample } from '../insight/risk/risk-examples.ts';
import type { SearchEngine } from '../search/search.types.ts';
import { dot, embedAll, unitVector, vectorOf } from '../tuning/vectors.ts';

/** Likeness to the labelled examples without an engine process and without a store. */
export type ExampleMatcher = Pick<SearchEngine, 'similarities'> & { examples: ReadonlyMap<string, RiskExample>; close(): Promise<void> };

/** Nothing is like anything. */
export const NO_MATCHER: ExampleMatcher = { examples: new Map(), similarities: () => Promise.resolve([]), close: () => Promise.resolve() };

/** Takes the model over: it is given back by `close`. */
export async function createExampleMatcher(model: EmbeddingModel, examples: readonly RiskExample[]): Promise<ExampleMatcher> {
  const vectors = await embedAll(model, examples.map(({ text }) => text));
  const rows = examples.map(({ id, text }) => ({ exampleId: id, vector: vectorOf(vectors, text) }));
  return {
    examples: new Map(examples.map((example) => [example.id, example])),
    async similarities(text) {
      const [row] = await model.embed([text], 'query');
      const asked = unitVector(row ?? new Int8Array());
      return rows.map(({ exampleId, vector }) => ({ exampleId, similarity: dot(asked, vector) }));
    },
    close: () => model.dispose(),
  };
}
