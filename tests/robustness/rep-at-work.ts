// A rep who types, sends and judges suggestions through the contract, and keeps a book of what was acknowledged.
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { ConversationId, OutboxId, SuggestionId } from '../../src/shared/contract/ids.contract.ts';
import type { Suggestion } from '../../src/shared/contract/suggestion.contract.ts';
import type { Client } from '../../src/renderer/connection/connection.ts';
import { systemClock } from '../../src/main/platform/clock.ts';
import { createIdMaker } from '../../src/main/platform/ids.ts';
import { drawIndex, type SeededRandom } from '../../bench/seeded-random.ts';

/** What the store must hold in the end. */
export type RepBook = {
  /** Texts a draft may have: the last acknowledged one, and later ones whose answer never came; null is no draft. */
  drafts: Map<ConversationId, (string | null)[]>;
  sent: Map<OutboxId, { conversationId: ConversationId; text: string }>;
  /** `<suggestion> <action>` of everything that was acknowledged. */
  feedback: Set<string>;
  ackedSaveCount: number;
  refusedCount: number;
  /** Refusals that no restart explains. */
  surprises: string[];
};

export type RepAtWork = { book: RepBook; stop(): Promise<void> };

type Rep = { client: () => Client; random: SeededRandom; book: RepBook; inserted: Map<ConversationId, SuggestionId[]>; newId: () => string; saveNumber: number };

/** What the page may meet while parts of the app are down; anything else is a fault. */
const EXPECTED_CODES = new Set(['locked', 'store_busy', 'engine_down']);
const SEND_TRIES = 60;
const LOOKS = 30;

export function startRep(client: () => Client, random: SeededRandom, pauseMs: () => number): RepAtWork {
  const book: RepBook = { drafts: new Map(), sent: new Map(), feedback: new Set(), ackedSaveCount: 0, refusedCount: 0, surprises: [] };
  const rep: Rep = { client, random, book, inserted: new Map(), newId: createIdMaker(systemClock), saveNumber: 0 };
  let isStopped = false;
  const running = (async () => {
    let open: ConversationId[] = [];
    while (!isStopped) {
      if (open.length < 6 || random() < 0.02) open = (await tried(rep, () => client().conversation.list({})))?.map(({ id }) => id) ?? open;
      const conversationId = open[drawIndex(random, open.length)];
      if (conversationId !== undefined) await actIn(rep, conversationId);
      await sleep(pauseMs());
    }
  })();
  const stop = async () => {
    isStopped = true;
    await running;
  };
  onTestFinished(() => void stop());
  return { book, stop };
}

function actIn(rep: Rep, conversationId: ConversationId): Promise<void> {
  const drawn = rep.random();
  if (drawn < 0.6) return type(rep, conversationId);
  return drawn < 0.8 ? judge(rep, conversationId) : send(rep, conversationId);
}

async function type(rep: Rep, conversationId: ConversationId): Promise<void> {
  const text = `您好，第 ${++rep.saveNumber} 稿：已经在为您查询，请稍等。`;
  const may = rep.book.drafts.get(conversationId) ?? [null];
  rep.book.drafts.set(conversationId, [...may, text]);
  const saved = await tried(rep, () => rep.client().draft.save({ conversationId, text, caret: text.length, marks: [] }));
  if (saved === undefined) return;
  rep.book.drafts.set(conversationId, [text]);
  rep.book.ackedSaveCount++;
}

async function judge(rep: Rep, conversationId: ConversationId): Promise<void> {
  const shown = await findShown(rep, conversationId);
  if (shown === undefined) return;
  if (rep.random() < 0.4) {
    const dismissed = await tried(rep, () => rep.client().suggestion.dismiss({ id: shown.id, reason: '不合适' }));
    if (dismissed !== undefined) rep.book.feedback.add(`${shown.id} dismissed`);
    return;
  }
  const inserted = await tried(rep, () => rep.client().suggestion.insert({ id: shown.id }));
  if (inserted === undefined) return;
  rep.book.feedback.add(`${shown.id} inserted`);
  rep.inserted.set(conversationId, [...(rep.inserted.get(conversationId) ?? []), shown.id]);
}

/** A suggestion nobody has judged; looks a few times while it is being matched, as the page does on every event. */
async function findShown(rep: Rep, conversationId: ConversationId): Promise<Suggestion | undefined> {
  for (let look = 0; look < LOOKS; look++) {
    const set = await tried(rep, () => rep.client().suggestion.current({ conversationId }));
    const shown = set?.suggestions.find(({ status }) => status === 'shown');
    if (shown !== undefined || set?.state !== 'matching') return shown;
    await sleep(50);
  }
  return undefined;
}

/** As the page does: the same id again until it is acknowledged. */
async function send(rep: Rep, conversationId: ConversationId): Promise<void> {
  const id = rep.newId() as OutboxId;
  const suggestionIds = rep.inserted.get(conversationId) ?? [];
  const reply = { id, conversationId, text: `回复 ${id}：已为您登记，请放心。`, suggestionIds };
  for (let tryNumber = 0; tryNumber < SEND_TRIES; tryNumber++) {
    const entry = await tried(rep, () => rep.client().outbox.send(reply));
    if (entry !== undefined) {
      rep.book.sent.set(id, { conversationId, text: reply.text });
      rep.book.drafts.set(conversationId, [null]);
      for (const used of suggestionIds) rep.book.feedback.add(`${used} sent`);
      rep.inserted.delete(conversationId);
      return;
    }
    await sleep(100);
  }
  rep.book.surprises.push(`a reply was never acknowledged in ${SEND_TRIES} tries`);
}

/** The answer, or undefined for a call that a restart cut off. */
async function tried<T>(rep: Rep, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    rep.book.refusedCount++;
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code !== undefined && !EXPECTED_CODES.has(code)) rep.book.surprises.push(`${code}: ${(error as Error).message}`);
    return undefined;
  }
}
