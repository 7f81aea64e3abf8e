import { z } from 'zod';

/** How a customer feels, in order: 0 calm, 1 annoyed, 2 angry, 3 threatening, 4 leaving (lost). domain: emotion 0–4. */
export const EMOTIONS = ['calm', 'annoyed', 'angry', 'threatening', 'leaving'] as const;
export type EmotionName = (typeof EMOTIONS)[number];

/** The sixteen intents of the shop, by the ids of the core pack. */
export const INTENTS = [
  'seven-day-return', 'freight-insurance', 'price-protection', 'trade-in', 'repair', 'refund-only', 'resend', 'exchange',
  'invoice', 'logistics', 'size', 'scheduled-shipping', 'big-promo', 'quality', 'cancel-or-address', 'complaint',
] as const;
export type IntentId = (typeof INTENTS)[number];

/** What a rep may ask for; a customer tells each hidden fact once, when asked for it. */
export const SLOTS = [
  'order', 'waybill', 'item', 'reason', 'condition', 'date', 'photo', 'amount', 'age', 'size', 'body', 'fit', 'use', 'address', 'phone',
  'title', 'tax', 'email', 'urgency', 'wish', 'promo', 'colour',
] as const;
export type Slot = (typeof SLOTS)[number];

/** What a rep may offer to do. */
export const ACTIONS = [
  'resend', 'refund', 'return', 'exchange', 'repair', 'coupon', 'part-refund', 'price-difference', 'chase', 'intercept', 'cancel',
  'change-address', 'schedule', 'invoice', 'freight', 'trade-in', 'lead',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Moments a customer has words for. */
export const SITUATIONS = [
  'greeted', 'stalling', 'hold', 'asked_again', 'on_card', 'no_fact', 'empty_apology', 'action', 'deadline', 'doubt', 'premature', 'refused',
  'insulted', 'blamed', 'same_reply', 'unsolved', 'unmoved', 'wait', 'threaten', 'calmed', 'accept', 'leave', 'give_up',
] as const;
export type Situation = (typeof SITUATIONS)[number];

export type PracticeLanguage = 'zh' | 'en';
/** Wordings by emotion; an emotion without any takes those of the nearest lower one, else of the nearest higher one. */
export type Wordings = Partial<Record<EmotionName, readonly string[]>>;
export type ReplyBank = { language: PracticeLanguage; situations: Readonly<Record<Situation, Wordings>> };

/** Acceptable when the action was offered, one of the words was said and a deadline was named: each only where asked for. */
export type Outcome = { id: string; action?: Action | undefined; words?: readonly string[] | undefined; deadline?: boolean | undefined; needs?: readonly Slot[] | undefined };
/** Something the customer brings up by themselves after this many replies. */
export type Twist = { after: number; lines: readonly string[] };

/** What the rep sees of the order; `paidDaysAgo` counts back from the day of the conversation. */
export type OrderCard = { id: string; product: string; sku?: string | undefined; quantity: number; paidDaysAgo: number; paidYuan: number; status: string; waybill?: string | undefined };
export type Persona = { customer: string; name: string; tier?: string | undefined; style: 'plain' | 'terse' | 'chatty' | 'hurried'; patienceSeconds: number; emotion: number; trust: number };

/** One live customer: who, what for, what they hide and what they would accept. */
export type Scenario = {
  id: string;
  intent: IntentId;
  language: PracticeLanguage;
  difficulty: number;
  title: string;
  twin?: string | undefined;
  persona: Persona;
  order?: OrderCard | undefined;
  goal: string;
  /** Several ways to begin, each a burst of messages. */
  openings: readonly (readonly string[])[];
  /** Slots the rep sees on the order card; asking for them costs trust. */
  card: readonly Slot[];
  facts: Readonly<Partial<Record<Slot, readonly string[]>>>;
  outcomes: readonly Outcome[];
  lines: Readonly<Partial<Record<Situation, Wordings>>>;
  twists: readonly Twist[];
  maxTurns: number;
};

export type CustomerCorpus = { scenarios: readonly Scenario[]; banks: Readonly<Record<PracticeLanguage, ReplyBank>> };

export const practiceStateSchema = z.object({
  scenarioId: z.string(),
  seed: z.int().nonnegative(),
  emotion: z.int().min(0).max(4),
  /** 0–100; an acceptable outcome is accepted from 60. */
  trust: z.int().min(0).max(100),
  revealed: z.array(z.enum(SLOTS)),
  offered: z.array(z.enum(ACTIONS)),
  /** Outcomes of which the words were said. */
  heard: z.array(z.string()),
  hasDeadline: z.boolean(),
  /** Replies read so far. */
  turnCount: z.int().nonnegative(),
  emptyApologyCount: z.int().nonnegative(),
  waitCount: z.int().nonnegative(),
  /** Hashes of the last replies, to notice the same one twice. */
  replyHashes: z.array(z.int()),
  /** Hashes of wordings already used. */
  saidHashes: z.array(z.int()),
  end: z.enum(['accepted', 'left', 'gave-up']).nullable(),
});
/** Everything a customer remembers; plain JSON. */
export type PracticeState = z.infer<typeof practiceStateSchema>;

export type ReasonKind =
  | 'names-feeling' | 'gives-deadline' | 'gives-choice' | 'offers-outcome' | 'offers-action' | 'asks-needed' | 'asks-on-card' | 'asks-again' | 'empty-apology'
  | 'third-apology' | 'banned-words' | 'blames' | 'refuses' | 'same-reply' | 'greeting-only' | 'waited' | 'answers-nothing' | 'too-many-turns';
/** Why a customer moved: points of trust and the words of the reply that did it (null for what was not said). */
export type ReactionReason = { kind: ReasonKind; trust: number; quote: string | null };

export type Reaction = {
  state: PracticeState;
  /** What the customer writes now, one message each; empty when they say nothing. */
  lines: string[];
  /** −1, 0 or 1. */
  emotionStep: number;
  why: ReactionReason[];
  situation: Situation | 'facts' | 'silent';
  /** True when the customer agreed to wait: patience is longer now. */
  isWaiting: boolean;
};
