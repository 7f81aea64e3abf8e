import type { MessageId } from '../../shared/contract/ids.contract.ts';
import type { HandoverLine } from '../../shared/contract/work.contract.ts';
import { findPromises } from '../text/deadlines.ts';
import { splitSentences } from '../text/sentences.ts';
import { findSlots } from '../text/slots.ts';
import type { Turn } from './message.repository.ts';

export type HandoverFacts = {
  /** Oldest first. */
  turns: readonly Turn[];
  /** What the matched knowledge says the customer wants, and the turn it was matched on; null when nothing matched well. */
  intent: { name: string; messageId: MessageId } | null;
  knownOrders: readonly string[];
  /** Reasons of the newest warning, strongest first. */
  risks: readonly { feature: string; values: Record<string, string | number>; messageId: MessageId | null; quote: string | null }[];
  utcOffsetMs: number;
};

const MAX_QUOTE_CHARACTERS = 300;
const MAX_SLOTS = 12;
const MAX_PROMISES = 8;
const MAX_RISKS = 3;

/** What a lead should know, taken from the turns themselves: intent, slots, promises of the rep, the customer's last ask, reasons of risk. Nothing is made up; each line quotes its turn. */
export function handoverLines(facts: HandoverFacts): HandoverLine[] {
  return [...intentLines(facts), ...askLines(facts), ...promiseLines(facts), ...riskLines(facts), ...slotLines(facts)];
}

function lineOf(kind: HandoverLine['kind'], turn: Pick<Turn, 'id' | 'sentAt'>, text: string, quote: string, more: Partial<HandoverLine> = {}): HandoverLine {
  return { kind, code: null, values: {}, text: cut(text), messageId: turn.id, quote: cut(quote), at: turn.sentAt, dueAt: null, ...more };
}

function cut(text: string): string {
  const characters = [...text.trim()];
  return characters.length <= MAX_QUOTE_CHARACTERS ? characters.join('') : `${characters.slice(0, MAX_QUOTE_CHARACTERS - 1).join('')}…`;
}

function intentLines({ intent, turns }: HandoverFacts): HandoverLine[] {
  const turn = turns.find(({ id }) => id === intent?.messageId);
  return intent === null || turn === undefined ? [] : [lineOf('intent', turn, intent.name, turn.text)];
}

/** The last question of the customer's last turn, or all of that turn when it asks nothing by form. */
function askLines({ turns }: HandoverFacts): HandoverLine[] {
  const turn = turns.findLast(({ role, text }) => role === 'customer' && text.trim() !== '');
  if (turn === undefined) return [];
  const question = splitSentences(turn.text).findLast(({ text }) => /[?？]|[吗呢]$|多久|什么时候|怎么|能不能|\b(?:when|how|can|could|will|where|why)\b/i.test(text));
  return [lineOf('ask', turn, question?.text ?? turn.text, turn.text)];
}

function promiseLines({ turns, utcOffsetMs }: HandoverFacts): HandoverLine[] {
  return turns
    .filter(({ role }) => role === 'rep')
    .flatMap((turn) => findPromises(turn.text, turn.sentAt, utcOffsetMs).map(({ text, dueAt }) => lineOf('promise', turn, text, text, { dueAt })))
    .slice(-MAX_PROMISES);
}

function riskLines({ risks, turns }: HandoverFacts): HandoverLine[] {
  return risks.slice(0, MAX_RISKS).map(({ feature, values, messageId, quote }) => {
    const turn = turns.find(({ id }) => id === messageId);
    return { kind: 'risk', code: feature, values, text: feature, messageId, quote: quote === null ? (turn === undefined ? null : cut(turn.text)) : cut(quote), at: turn?.sentAt ?? null, dueAt: null };
  });
}

/** The newest mention of each value, at most twelve. */
function slotLines({ turns, knownOrders }: HandoverFacts): HandoverLine[] {
  const lines = new Map<string, HandoverLine>();
  for (const turn of turns.toReversed()) {
    if (turn.role !== 'customer') continue;
    const sentences = splitSentences(turn.text);
    for (const slot of findSlots(turn.text, knownOrders)) {
      const key = `${slot.kind} ${slot.value.toLowerCase()}`;
      const sentence = sentences.find(({ start, end }) => start <= slot.start && slot.start < end);
      if (!lines.has(key)) lines.set(key, lineOf('slot', turn, slot.value, sentence?.text ?? turn.text, { code: slot.kind }));
    }
  }
  return [...lines.values()].slice(0, MAX_SLOTS);
}
