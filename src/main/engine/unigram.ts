import { createTokenTrie, NO_NODE } from './unigram-trie.ts';

/** `vocab[id]` is a token and the logarithm of its probability; `unkId` stands for every character that no token holds. */
export type UnigramVocab = { vocab: readonly (readonly [string, number])[]; unkId: number };

export type Unigram = {
  /** Splits one word, `codePoints[from … to)`, and hands its tokens to `onToken(id, from, to)` in order. */
  split(codePoints: Int32Array, from: number, to: number, onToken: (id: number, from: number, to: number) => void): void;
};

/** A character that is no token costs this much more than the rarest token. */
const UNKNOWN_PENALTY = 10;

/**
 * The most probable tokens of a word (Kudo 2018, arXiv:1804.10959, §3.2), found as @huggingface/tokenizers 0.2 finds them down to ties: paths are compared
 * with the next token's score added, the rounding of doubles included, and of equal ones the path whose last token starts first wins.
 */
export function createUnigram({ vocab, unkId }: UnigramVocab): Unigram {
  const trie = createTokenTrie(vocab.map(([token]) => token));
  const scores = Float64Array.from(vocab, ([, score]) => score);
  const unkScore = scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY;
  scores[unkId] = unkScore;
  const lattice = createLattice();
  return {
    split(codePoints, from, to, onToken) {
      lattice.begin(to - from);
      for (let start = from; start < to; start++) {
        let hasSingle = false;
        let node = trie.root;
        for (let end = start; end < to; end++) {
          node = trie.child(node, codePoints[end] as number);
          if (node === NO_NODE) break;
          const id = trie.tokenAt(node);
          if (id < 0) continue;
          lattice.add(start - from, end + 1 - from, id, scores[id] as number);
          hasSingle ||= end === start;
        }
        if (!hasSingle) lattice.add(start - from, start + 1 - from, unkId, unkScore);
      }
      lattice.best((id, start, end) => onToken(id, start + from, end + from));
    },
  };
}

type Lattice = {
  begin(length: number): void;
  /** Places are added in the order of their starts, so everything that ends at `start` is there. */
  add(start: number, end: number, id: number, score: number): void;
  best(onToken: (id: number, start: number, end: number) => void): void;
};

const NONE = -1;

/** Places of the lattice, one per token that fits somewhere; reused from word to word, as long as the longest needed. */
type Places = { ids: Int32Array; starts: Int32Array; ends: Int32Array; backs: Int32Array; nexts: Int32Array; totals: Float64Array };

function createPlaces(capacity: number, old?: Places): Places {
  const wider = (array?: Int32Array): Int32Array => {
    const grown = new Int32Array(capacity);
    grown.set(array ?? []);
    return grown;
  };
  const totals = new Float64Array(capacity);
  totals.set(old?.totals ?? []);
  return { ids: wider(old?.ids), starts: wider(old?.starts), ends: wider(old?.ends), backs: wider(old?.backs), nexts: wider(old?.nexts), totals };
}

/** Place 0 is the beginning of the word; `firstAt` and `lastAt` hold the places that end at a character, linked by `nexts` in the order they were added. */
function createLattice(): Lattice {
  let places = createPlaces(256);
  let [firstAt, lastAt, path] = [new Int32Array(256), new Int32Array(256), new Int32Array(256)];
  let count = 0;
  let length = 0;

  /** The first of the best paths to `start` once `score` is added to each. */
  const bestBefore = (start: number, score: number): number => {
    const { totals, nexts } = places;
    let best = firstAt[start] as number;
    let bestTotal = (totals[best] as number) + score;
    for (let place = nexts[best] as number; place !== NONE; place = nexts[place] as number) {
      const total = (totals[place] as number) + score;
      if (total > bestTotal) [best, bestTotal] = [place, total];
    }
    return best;
  };
  return {
    begin(wordLength) {
      length = wordLength;
      if (length >= firstAt.length) [firstAt, lastAt, path] = [new Int32Array(length * 2), new Int32Array(length * 2), new Int32Array(length * 2)];
      firstAt.fill(NONE, 0, length + 1);
      [count, firstAt[0], lastAt[0], places.totals[0], places.nexts[0]] = [1, 0, 0, 0, NONE];
    },
    add(start, end, id, score) {
      if (count === places.ids.length) places = createPlaces(count * 2, places);
      const { ids, starts, ends, backs, nexts, totals } = places;
      const place = count++;
      const before = bestBefore(start, score);
      totals[place] = (totals[before] as number) + score;
      backs[place] = before;
      ids[place] = id;
      starts[place] = start;
      ends[place] = end;
      nexts[place] = NONE;
      if (firstAt[end] === NONE) firstAt[end] = place;
      else nexts[lastAt[end] as number] = place;
      lastAt[end] = place;
    },
    best(onToken) {
      const { ids, starts, ends, backs } = places;
      let steps = 0;
      for (let place = bestBefore(length, 0); place !== 0; place = backs[place] as number) path[steps++] = place;
      for (let step = steps - 1; step >= 0; step--) {
        const place = path[step] as number;
        onToken(ids[place] as number, starts[place] as number, ends[place] as number);
      }
    },
  };
}
