import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import type { SegmentStep } from '../../shared/contract/customer-history.contract.ts';
import { todaySummarySchema, type Response, type ResponseStats, type TodaySummary } from '../../shared/contract/today.contract.ts';
import type { FakeOs } from './recording-contract.ts';
import { sampleId } from './sample-ids.ts';
import { SAMPLE_NOW, sampleConversations } from './sample-shop.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Midnight before `SAMPLE_NOW` in the sample's zone. */
const SAMPLE_MIDNIGHT = Date.UTC(2026, 10, 21, 16);

/** For the sample only: middle of the sorted waits, and the ninth tenth from ten on. */
function stats(waits: readonly number[]): ResponseStats {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (ratio: number): number | null => sorted[Math.floor((sorted.length - 1) * ratio)] ?? null;
  return { count: sorted.length, medianMs: at(0.5), p90Ms: sorted.length < 10 ? null : at(0.9) };
}

/** A morning from 06:00 on, with a rush at nine. */
export function sampleToday(): TodaySummary {
  const rows = sampleConversations();
  const responses = [[6, 2], [7, 5], [8, 14], [9, 22]].flatMap(([hour = 0, count = 0]) =>
    Array.from({ length: count }, (_, index): Response => {
      const row = rows[(hour + index) % rows.length]!;
      const answeredAt = SAMPLE_MIDNIGHT + hour * HOUR + index * 2 * MINUTE;
      return { conversationId: row.id, customerName: row.customerName, messageId: sampleId('Q', hour * 100 + index) as Response['messageId'], askedAt: answeredAt - (20 + ((index * 37) % 90) * (hour - 4)) * 1000, answeredAt, isFirst: index % 3 === 0 };
    }));
  const of = (some: readonly Response[]) => {
    const waits = (list: readonly Response[]): number[] => list.map(({ askedAt, answeredAt }) => answeredAt - askedAt);
    return { first: stats(waits(some.filter(({ isFirst }) => isFirst))), all: stats(waits(some)) };
  };
  const place = (index: number) => ({ conversationId: rows[index]!.id as ConversationId, customerName: rows[index]!.customerName, at: SAMPLE_NOW - index * 7 * MINUTE });
  const hours = [...Map.groupBy(responses, ({ answeredAt }) => SAMPLE_MIDNIGHT + Math.floor((answeredAt - SAMPLE_MIDNIGHT) / HOUR) * HOUR)];
  return todaySummarySchema.parse({
    fromAt: SAMPLE_MIDNIGHT, ...of(responses), hours: hours.map(([startAt, some]) => ({ startAt, ...of(some) })), responses,
    answered: rows.map((_, index) => place(index)), closed: [place(3), place(7), place(9)], suggestionsUsed: [place(0), place(0), place(1), place(4)],
  });
}

export function emptyToday(): TodaySummary {
  const nothing = { count: 0, medianMs: null, p90Ms: null };
  return { fromAt: SAMPLE_MIDNIGHT, first: nothing, all: nothing, hours: [], responses: [], answered: [], closed: [], suggestionsUsed: [] };
}

const SAMPLE_STEPS: readonly SegmentStep[] = [{ at: SAMPLE_NOW - 540 * 86_400_000, segment: 'new' }, { at: SAMPLE_NOW - 360 * 86_400_000, segment: 'potential_loyalist' }, { at: SAMPLE_NOW - 90 * 86_400_000, segment: 'champions' }];

export type FakePictures = { today: () => TodaySummary; segmentSteps: readonly SegmentStep[] | null };
export const createFakePictures = (): FakePictures => ({ today: sampleToday, segmentSteps: SAMPLE_STEPS });

/** `today` and `customerHistory` of the contract. */
export function fakePictureHandlers(os: FakeOs, pictures: FakePictures) {
  return {
    today: { summary: os.today.summary.handler(() => pictures.today()) },
    customerHistory: { segmentSteps: os.customerHistory.segmentSteps.handler(() => (pictures.segmentSteps === null ? null : [...pictures.segmentSteps])) },
  };
}
