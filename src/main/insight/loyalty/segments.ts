import type { LoyaltySegment } from '../../../shared/contract/customer.contract.ts';

/** RFM scores, each 1–5, 5 the best. */
export interface RfmScores {
  recency: number;
  frequency: number;
  monetary: number;
}

const SEGMENT_BY_LETTER: Record<string, LoyaltySegment> = {
  C: 'champions',
  L: 'loyal',
  P: 'potential_loyalist',
  N: 'new',
  M: 'promising',
  A: 'needs_attention',
  S: 'about_to_sleep',
  X: 'cannot_lose',
  R: 'at_risk',
  H: 'hibernating',
  O: 'lost',
};

/** Row = recency 5…1; five groups = frequency 1…5; letter in the group = monetary 1…5 (the published 125-cell table). */
const TABLE = [
  'NNMMM MMMMM PPPAA PPLCC PPPCC',
  'NNMMM NNPMM PPPAL PPALC PPPCC',
  'NSMMM SHPAA SHPAL PPALL PPPLL',
  'HHSXX SHHRR SHHRR SRRRR SRRRR',
  'OOXXX OHHRR OHRRR ORRXR ORRXX',
].map((row) => row.split(' '));

/** The segment of a score triple. Scores outside 1–5 throw a RangeError. */
export function segmentFor({ recency, frequency, monetary }: RfmScores): LoyaltySegment {
  const letter = TABLE[5 - recency]?.[frequency - 1]?.[monetary - 1];
  const segment = letter === undefined ? undefined : SEGMENT_BY_LETTER[letter];
  if (!segment) throw new RangeError(`No RFM segment for ${recency}-${frequency}-${monetary}`);
  return segment;
}
