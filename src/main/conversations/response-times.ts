import type { MessageId } from '../../shared/contract/ids.contract.ts';
import type { ResponseStats } from '../../shared/contract/today.contract.ts';

/** A turn, or the moment the conversation was closed. */
export type ResponseTurn = { kind: 'customer' | 'closed'; at: number } | { kind: 'rep'; at: number; messageId: MessageId; repId: string | null };
export type TurnResponse = { messageId: MessageId; repId: string | null; askedAt: number; answeredAt: number; isFirst: boolean };

const FEWEST_FOR_P90 = 10;

/**
 * The answered waits of one conversation; `turns` oldest first. A wait begins with the oldest customer message that no rep has
 * answered and ends with the next message of any rep, whose it is. A bot's answer ends nothing (turns of bots are not given),
 * closing ends the wait without a response, and nights and snoozes count, since the customer waited through them.
 */
export function responsesOf(turns: readonly ResponseTurn[]): TurnResponse[] {
  const responses: TurnResponse[] = [];
  let askedAt: number | null = null;
  for (const turn of turns) {
    if (turn.kind === 'customer') askedAt ??= turn.at;
    else {
      if (turn.kind === 'rep' && askedAt !== null) responses.push({ messageId: turn.messageId, repId: turn.repId, askedAt, answeredAt: turn.at, isFirst: responses.length === 0 });
      askedAt = null;
    }
  }
  return responses;
}

/** Median and ninetieth percentile of waits in ms, between neighbours in proportion (Hyndman and Fan 1996, type 7). */
export function responseStats(waitsMs: readonly number[]): ResponseStats {
  const sorted = waitsMs.toSorted((a, b) => a - b);
  return { count: sorted.length, medianMs: quantile(sorted, 0.5), p90Ms: sorted.length < FEWEST_FOR_P90 ? null : quantile(sorted, 0.9) };
}

function quantile(sorted: readonly number[], ratio: number): number | null {
  const place = (sorted.length - 1) * ratio;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below === undefined || above === undefined ? null : below + (above - below) * (place - Math.floor(place));
}
