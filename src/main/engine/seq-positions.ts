const PAGE_SIZE = 4096;

/** seq → position in 4 bytes a row (a Map takes 40): pages of 4096 seqs, made when first touched. Seqs are whole numbers ≥ 0. */
export type SeqPositions = {
  /** −1 when the seq is not there. */
  get(seq: number): number;
  set(seq: number, position: number): void;
  delete(seq: number): void;
};

export function createSeqPositions(): SeqPositions {
  const pages = new Map<number, Int32Array>();
  // stored plus one, so that a fresh page reads "not there"
  const write = (seq: number, stored: number) => {
    const number = Math.floor(seq / PAGE_SIZE);
    let page = pages.get(number);
    if (page === undefined) pages.set(number, (page = new Int32Array(PAGE_SIZE)));
    page[seq % PAGE_SIZE] = stored;
  };
  return {
    get: (seq) => (pages.get(Math.floor(seq / PAGE_SIZE))?.[seq % PAGE_SIZE] ?? 0) - 1,
    set: (seq, position) => write(seq, position + 1),
    delete: (seq) => write(seq, 0),
  };
}
