import { checkReply } from '../assist/guard/guard.ts';
import { normaliseForMatch } from '../text/normalise.ts';
import { ACTION_WORDS, APOLOGY, CHOICE, CLOSING, DEADLINE, FEELING, GIVING, GREETING, HOLD, QUESTION, REFUSAL, SLOT_WORDS, TURN } from './reply-words.ts';
import { ACTIONS, SLOTS, type Action, type Slot } from './practice.types.ts';
import { hashText } from './seeded.ts';

/** What a reply does, each with the words that do it (of the matching copy: simplified, lower case). */
export type ReplySigns = {
  text: string;
  hash: number;
  asks: { slot: Slot; quote: string }[];
  offers: { action: Action; quote: string }[];
  refuses: { action: Action; quote: string }[];
  deadline: string | null;
  choice: string | null;
  feeling: string | null;
  apology: string | null;
  banned: string | null;
  blame: string | null;
  isGreeting: boolean;
  isHold: boolean;
  isClosing: boolean;
};

const CLAUSE = /[^,，;；。.!！?？\n~]+(?:[.](?=\d)[^,，;；。!！?？\n~]+)*[?？]?/g;
/** Longer replies are read to here: nobody reads further either. */
const MAX_UNITS = 2000;
const BLAME_KINDS = new Set(['blame']);
const HARSH_KINDS = new Set(['banned', 'off-platform', 'review-bribery']);

function firstMatch(pattern: RegExp, text: string): string | null {
  return pattern.exec(text)?.[0] ?? null;
}

function actionsOf(clause: string): Action[] {
  return ACTIONS.filter((action) => ACTION_WORDS[action].test(clause));
}

/** Reads a rep's reply by documented words alone; pure. */
export function readReply(reply: string): ReplySigns {
  const source = reply.slice(0, MAX_UNITS).replaceAll('’', "'");
  const text = normaliseForMatch(source);
  const clauses = [...text.replace(TURN, ',').matchAll(CLAUSE)].map(([clause]) => clause.trim());
  const violations = checkReply(source);
  const refused = clauses.filter((clause) => REFUSAL.test(clause));
  const open = clauses.filter((clause) => !REFUSAL.test(clause));
  return {
    text,
    hash: hashText(text),
    asks: SLOTS.flatMap((slot) => {
      const quote = clauses.find((clause) => SLOT_WORDS[slot].test(clause) && QUESTION.test(clause) && !GIVING.test(clause));
      return quote === undefined ? [] : [{ slot, quote }];
    }),
    offers: ACTIONS.flatMap((action) => {
      const quote = open.find((clause) => ACTION_WORDS[action].test(clause));
      return quote === undefined ? [] : [{ action, quote }];
    }),
    refuses: refused.flatMap((quote) => actionsOf(quote).map((action) => ({ action, quote }))),
    deadline: firstMatch(DEADLINE, text),
    choice: firstMatch(CHOICE, text),
    feeling: firstMatch(FEELING, text),
    apology: firstMatch(APOLOGY, text),
    banned: violations.find(({ kind }) => HARSH_KINDS.has(kind))?.text ?? null,
    blame: violations.find(({ kind }) => BLAME_KINDS.has(kind))?.text ?? null,
    isGreeting: GREETING.test(text),
    isHold: HOLD.test(text),
    isClosing: CLOSING.test(text),
  };
}
