import type { EmbedPurpose } from '../engine/embedding-model.ts';
import type { IndexKind } from './index-writer.ts';

/** `suggest` looks for rows that share the rarest words of a message; `lookup` is a person's search box: rows with every word come first. */
export type SearchMode = 'suggest' | 'lookup';

/** One question to the engine: `message` is what customers wrote, `reply` what reps did. `text` is as the person wrote it; the engine normalises it. `mode` is `suggest` when left out. */
export type SearchRequest = { text: string; kinds: readonly IndexKind[]; limit: number; mode?: SearchMode };

/**
 * One fused candidate. `words` and `meaning` are this query's scores of the two arms, each min-max scaled to 0–1;
 * `cosine` is the similarity on the reference scale (−1–1, null when the row has no vector yet); `score` is the weighted sum, 0–1.
 */
export type SearchCandidate = { kind: IndexKind; seq: number; score: number; words: number; meaning: number; cosine: number | null; bm25: number; matchedWords: string[] };

/** Wall time of each stage of one search. */
export type SearchTimingsMs = { embed: number; words: number; vectors: number; fuse: number };

export type SearchResult = { candidates: SearchCandidate[]; isWordsOnly: boolean; timingsMs?: SearchTimingsMs };

/** What the rest of the backend knows of the engine; the client behind it restarts the process when it dies. */
export type SearchEngine = {
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchResult>;
  /** Unit-length int8 rows of the model's dims, in the order of the texts, which are passages when `purpose` is left out. */
  embed(texts: readonly string[], signal?: AbortSignal, purpose?: EmbedPurpose): Promise<Int8Array[]>;
  /** Cosines of the text to each example of a named set, registered once per start with `registerExamples`. */
  similarities(text: string, set: string): Promise<{ exampleId: string; similarity: number }[]>;
  registerExamples(set: string, examples: readonly { id: string; text: string }[]): Promise<void>;
};
