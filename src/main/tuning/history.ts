import { questionOf } from '../assist/suggest.service.ts';
import { withoutBoilerplate } from '../assist/small-talk.ts';
import type { FinishedTurn } from '../conversations/exchange.repository.ts';

/** What a customer asked and what a rep then answered, both as the suggestions read them. `startedAt` is the conversation's first message. */
export type Exchange = { conversationId: string; startedAt: number; repliedAt: number; question: string; reply: string };
/** `smallTalk`: nothing was asked; `courtesies`: the reply is said to everybody, so finding it says nothing. */
export type ExchangeCounts = { conversations: number; exchanges: number; skipped: { smallTalk: number; courtesies: number } };

/** Every run of a rep's messages with the customer's turn before it; `turns` conversation by conversation, in time order. */
export function exchangesOf(turns: Iterable<FinishedTurn>): { exchanges: Exchange[]; counts: ExchangeCounts } {
  const counts: ExchangeCounts = { conversations: 0, exchanges: 0, skipped: { smallTalk: 0, courtesies: 0 } };
  const exchanges: Exchange[] = [];
  const end = (conversation: readonly FinishedTurn[]) => {
    if (conversation.length === 0) return;
    counts.conversations += 1;
    for (const exchange of exchangesIn(conversation)) {
      if (exchange.question === '') counts.skipped.smallTalk += 1;
      else if (withoutBoilerplate(exchange.reply) === '') counts.skipped.courtesies += 1;
      else exchanges.push(exchange);
    }
  };
  let current: FinishedTurn[] = [];
  for (const turn of turns) {
    if (current[0] !== undefined && current[0].conversationId !== turn.conversationId) {
      end(current);
      current = [];
    }
    current.push(turn);
  }
  end(current);
  counts.exchanges = exchanges.length;
  return { exchanges, counts };
}

function exchangesIn(turns: readonly FinishedTurn[]): Exchange[] {
  const exchanges: Exchange[] = [];
  for (let at = 1; at < turns.length; at++) {
    const [first, before, reply] = [turns[0], turns[at - 1], turns[at]];
    if (first === undefined || reply?.role !== 'rep' || before?.role !== 'customer') continue;
    const stop = turns.findIndex(({ role }, place) => place > at && role === 'customer');
    const run = turns.slice(at, stop === -1 ? undefined : stop);
    exchanges.push({ conversationId: first.conversationId, startedAt: first.sentAt, repliedAt: run.at(-1)?.sentAt ?? reply.sentAt, question: questionOf(turns.slice(0, at)), reply: run.map(({ text }) => text).join('\n') });
  }
  return exchanges;
}

/** `cutAt`: everything asked was asked at or after it, everything known was answered before. */
export type SplitHistory = { asked: Exchange[]; known: Exchange[]; cutAt: number };

/**
 * The newest conversations, until they hold this share (0–1) of all exchanges, are asked; of the others what was answered before the
 * first of them began is known. No conversation is on both sides, and nothing is known that was not known then. Undefined when either
 * side would be empty.
 */
export function splitByTime(exchanges: readonly Exchange[], share: number): SplitHistory | undefined {
  const newestFirst = [...Map.groupBy(exchanges, ({ conversationId }) => conversationId).values()].toSorted((a, b) => (b[0]?.startedAt ?? 0) - (a[0]?.startedAt ?? 0));
  const asked: Exchange[] = [];
  for (const conversation of newestFirst) {
    if (asked.length >= share * exchanges.length) break;
    asked.push(...conversation);
  }
  const cutAt = Math.min(...asked.map(({ startedAt }) => startedAt));
  const askedIds = new Set(asked.map(({ conversationId }) => conversationId));
  const known = exchanges.filter(({ conversationId, repliedAt }) => !askedIds.has(conversationId) && repliedAt < cutAt);
  return asked.length === 0 || known.length === 0 ? undefined : { asked, known, cutAt };
}
