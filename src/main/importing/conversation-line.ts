import { parseAttachments } from '../conversations/attachment-source.ts';
import type { JsonValue } from '../files/read-json-lines.ts';
import { detectLanguage } from '../text/language.ts';
import { findPii } from '../text/pii.ts';
import { createCellNamer } from './column-mapping.ts';
import { contentKey, createRepeatCounter } from './content-key.ts';
import { CONVERSATION_FIELDS, TURN_FIELDS, type ConversationRow, type TurnRow } from './conversation.fields.ts';
import { parseRow, type CellContext } from './field-table.ts';
import type { ImportedMessage } from './imported-message.repository.ts';
import { cellsOf, isJsonObject, type JsonObject } from './json-cells.ts';

/** One conversation as a file tells it. */
export type ImportedConversation = {
  externalId: string;
  channel: string;
  customerExternalId: string;
  customerName: string | null;
  openedAt: number;
  csat: number | null;
  /** Null when the file does not say: a past conversation is closed then. */
  state: 'open' | 'closed' | null;
  messages: ImportedMessage[];
};

export const DEFAULT_CHANNEL = 'import';

/** Whose conversation it is when the file names no customer; two such conversations never share one. */
export function unknownCustomer(conversationExternalId: string): string {
  return `conversation:${conversationExternalId}`;
}

/** A message with its language and the places of personal identifiers. */
export function importedMessage(externalId: string, role: ImportedMessage['role'], text: string, sentAt: number, attachments: ImportedMessage['attachments'] = []): ImportedMessage {
  return { externalId, role, text, sentAt, language: detectLanguage(text), piiSpans: findPii(text), attachments };
}

const nameConversation = createCellNamer(CONVERSATION_FIELDS);
const nameTurn = createCellNamer(TURN_FIELDS);

/** Reads (with the files of its turns when `folder` says where they lie) `{"id","channel","customerId","openedAt","turns":[{"id","role","text","at"}],"csat"?}`; the reason names the turn and the field. */
export function parseConversation(object: JsonObject, turns: readonly JsonValue[], context: CellContext, folder: string | null = null): { ok: true; conversation: ImportedConversation } | { ok: false; reason: string } {
  const outer = parseRow(CONVERSATION_FIELDS, nameConversation(cellsOf(object, '')), context);
  if (!outer.ok) return outer;
  const rows = parseTurns(turns, outer.row, context, folder);
  if (!rows.ok) return rows;
  const [first] = rows.turns;
  if (first === undefined) return { ok: false, reason: 'turns: it is empty; a conversation needs at least one turn.' };
  const openedAt = outer.row.openedAt ?? first.at;
  const externalId = outer.row.id ?? contentKey(outer.row.customerId, openedAt, first.role, first.text);
  const messages = keyedMessages(externalId, rows.turns);
  if (!messages.ok) return messages;
  const { channel, customerId, customerName, csat, state } = outer.row;
  return {
    ok: true,
    conversation: { externalId, channel: channel ?? DEFAULT_CHANNEL, customerExternalId: customerId ?? unknownCustomer(externalId), customerName, openedAt, csat, state, messages: messages.messages },
  };
}

type TimedTurn = TurnRow & { at: number; attachments: ImportedMessage['attachments'] };

/** A turn without a time has the time of the one before it, the first one that of the opening. */
function parseTurns(turns: readonly JsonValue[], outer: ConversationRow, context: CellContext, folder: string | null): { ok: true; turns: TimedTurn[] } | { ok: false; reason: string } {
  const timed: TimedTurn[] = [];
  let lastAt = outer.openedAt;
  for (const [index, turn] of turns.entries()) {
    if (!isJsonObject(turn)) return { ok: false, reason: `turns[${index}]: it must be an object such as {"role":"customer","text":"…"}.` };
    const parsed = parseRow(TURN_FIELDS, nameTurn(cellsOf(turn, '')), context);
    if (!parsed.ok) return { ok: false, reason: `turns[${index}].${parsed.reason}` };
    const at = parsed.row.at ?? lastAt;
    if (at === null) return { ok: false, reason: `turns[${index}].at: it is empty, and the conversation has no openedAt either; needed is a date such as 2025-03-04 05:06, ISO 8601 or epoch ms.` };
    timed.push({ ...parsed.row, at, attachments: folder === null ? [] : parseAttachments(turn['attachments'], folder) });
    lastAt = at;
  }
  return { ok: true, turns: timed };
}

/** Turns without an id get one from their content; a repeated id with the same content is one message. */
function keyedMessages(conversation: string, turns: readonly TimedTurn[]): { ok: true; messages: ImportedMessage[] } | { ok: false; reason: string } {
  const byId = new Map<string, { index: number; message: ImportedMessage }>();
  const nextKey = createMessageKeys();
  for (const [index, turn] of turns.entries()) {
    const externalId = turn.id ?? nextKey(conversation, turn.at, turn.role, turn.text);
    const known = byId.get(externalId);
    if (known === undefined) byId.set(externalId, { index, message: importedMessage(externalId, turn.role, turn.text, turn.at, turn.attachments) });
    else if (known.message.text !== turn.text || known.message.role !== turn.role) {
      return { ok: false, reason: `turns[${index}].id: ${externalId.slice(0, 60)} is the id of turns[${known.index}] already, which says something else; every turn needs its own.` };
    }
  }
  return { ok: true, messages: [...byId.values()].map(({ message }) => message) };
}

/** Keys for messages without an id: sha256 of conversation, time, role, text and how many equal ones came before, so that importing again adds nothing. */
export function createMessageKeys(): (conversation: string, sentAt: number, role: string, text: string) => string {
  const countBefore = createRepeatCounter();
  return (conversation, sentAt, role, text) => contentKey(conversation, sentAt, role, text, countBefore(conversation, sentAt, role, text));
}
