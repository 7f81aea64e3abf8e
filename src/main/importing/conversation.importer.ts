import path from 'node:path';
import { parseAttachments, type AttachmentSource } from '../conversations/attachment-source.ts';
import { ensureChannel } from '../conversations/channel.repository.ts';
import { closeConversation, ensureConversation, findConversationByExternalId, reopenConversation, setCsat, type Conversation } from '../conversations/conversation.repository.ts';
import type { ChannelId, ConversationId } from '../../shared/contract/ids.contract.ts';
import type { OpenedFile } from '../files/open-file.ts';
import { createSeenKeys } from './content-key.ts';
import { createMessageKeys, DEFAULT_CHANNEL, importedMessage, parseConversation, unknownCustomer, type ImportedConversation } from './conversation-line.ts';
import { MESSAGE_FIELDS, type MessageRow } from './conversation.fields.ts';
import { parseRow } from './field-table.ts';
import { BATCH_ROW_COUNT, type ImportItem, type ImportRecord } from './import-batch.ts';
import type { UpsertOutcome } from '../db/content-hash.ts';
import { upsertImportedMessage, type ImportedMessage } from './imported-message.repository.ts';
import type { ImportEnv } from './importer.ts';
import { cellContext, mappedRows, type MappedRow } from './table-source.ts';

type NumberedRow = { line: number; row: MessageRow; attachments: readonly AttachmentSource[] };

/**
 * Conversations from JSON lines (one conversation, or one message, a line) or from a table of one message a row.
 * A record is a conversation in the first shape, a message in the others. Past conversations are closed and unread nowhere.
 */
export async function* importConversations(file: OpenedFile, env: ImportEnv): AsyncGenerator<ImportItem> {
  const conversations = createSeenKeys();
  const messages = createMessageRecords(env);
  const context = cellContext(env.options);
  const folder = path.dirname(file.path);
  for await (const item of mappedRows(file, { kind: 'conversations', mapping: env.options.mapping, sheet: env.options.sheet })) {
    if (item.kind === 'rejected') {
      yield item;
      continue;
    }
    const turns = item.object?.['turns'];
    if (item.object !== null && Array.isArray(turns)) {
      yield* messages.flush();
      yield conversationRecord(item as MappedRow & { object: object }, parseConversation(item.object, turns, context, folder), conversations, env);
      continue;
    }
    const parsed = parseRow(MESSAGE_FIELDS, item.cells, context);
    if (parsed.ok) yield* messages.add({ line: item.line, row: parsed.row, attachments: parseAttachments(item.object?.['attachments'], folder) });
    else yield { kind: 'rejected', line: item.line, reason: parsed.reason };
  }
  yield* messages.flush();
}

function conversationRecord({ line, object }: MappedRow, parsed: ReturnType<typeof parseConversation>, seen: ReturnType<typeof createSeenKeys>, env: ImportEnv): ImportItem {
  if (!parsed.ok) return { kind: 'rejected', line, reason: parsed.reason };
  const { conversation } = parsed;
  const met = seen.meet(`${conversation.channel}\0${conversation.externalId}`, JSON.stringify(object), line);
  if (met.kind === 'same') return { kind: 'record', line, weight: 1, write: () => 'unchanged' };
  if (met.kind === 'other') {
    return { kind: 'rejected', line, reason: `id: the conversation ${conversation.externalId.slice(0, 60)} is on line ${met.line} already, and line ${line} says something else. Keep one of them, or write one message a line.` };
  }
  return { kind: 'record', line, weight: Math.min(conversation.messages.length + weightOf(conversation.messages.flatMap(({ attachments = [] }) => attachments)), BATCH_ROW_COUNT), write: () => writeConversation(env, conversation) };
}

const BYTES_OF_ONE_ROW = 64 * 1024;

/** Bytes held until their batch is written count as rows, or 500 photos would stand in memory at once. */
function weightOf(attachments: readonly AttachmentSource[]): number {
  return attachments.reduce((sum, source) => sum + (source.kind === 'bytes' ? Math.ceil(source.bytes.length / BYTES_OF_ONE_ROW) : 0), 0);
}

function writeConversation(env: ImportEnv, conversation: ImportedConversation): UpsertOutcome {
  const { db, ctx } = env;
  const { id, isNew, before } = openConversation(env, conversation);
  const lastAt = Math.max(...conversation.messages.map(({ sentAt }) => sentAt));
  let hasChanged = settleConversation(env, id, before, conversation, lastAt);
  for (const message of conversation.messages) {
    if (upsertImportedMessage(db, ctx, id, message) !== 'unchanged') hasChanged = true;
  }
  if (isNew) return 'added';
  return hasChanged ? 'updated' : 'unchanged';
}

const channelIds = new WeakMap<ImportEnv, Map<string, ChannelId>>();

/** The channel of imports under this name, looked up once a file. */
function channelOf(env: ImportEnv, title: string): ChannelId {
  const known = channelIds.get(env) ?? new Map<string, ChannelId>();
  channelIds.set(env, known);
  const id = known.get(title) ?? ensureChannel(env.db, env.ctx, { kind: 'import', title }).id;
  known.set(title, id);
  return id;
}

/** Finds it first: making sure of an unknown customer for a known conversation would leave an empty customer behind. */
function openConversation(env: ImportEnv, conversation: Pick<ImportedConversation, 'externalId' | 'channel' | 'customerExternalId' | 'customerName' | 'openedAt'>): { id: ConversationId; isNew: boolean; before: Conversation | undefined } {
  const { db, ctx } = env;
  const channelId = channelOf(env, conversation.channel);
  const before = findConversationByExternalId(db, channelId, conversation.externalId);
  if (before !== undefined) return { id: before.id, isNew: false, before };
  const { externalId, customerExternalId, customerName, openedAt } = conversation;
  const { id } = ensureConversation(db, ctx, { channelId, externalId, customerExternalId, openedAt, ...(customerName === null ? {} : { customerName }) });
  return { id, isNew: true, before };
}

type Settled = { state: 'open' | 'closed' | null; csat: number | null };

/** Closes or opens as the file says (a past conversation of which it says nothing is closed) and keeps its rating; true when that changed a stored conversation. */
function settleConversation({ db }: ImportEnv, id: ConversationId, before: Conversation | undefined, told: Settled, lastAt: number): boolean {
  const stored = before === undefined ? { state: 'open' as const, csat: null } : before;
  const state = told.state ?? before?.state ?? 'closed';
  if (state !== stored.state) {
    if (state === 'closed') closeConversation(db, id, { disposition: null, closedAt: lastAt });
    else reopenConversation(db, id);
  }
  const csat = told.csat ?? stored.csat;
  if (csat !== null && csat !== stored.csat) setCsat(db, id, csat);
  return state !== stored.state || csat !== stored.csat;
}

/** Rows held back while nobody has said whose conversation they belong to. */
const MAX_HELD_ROWS = 50;

/** Records of one message each. The first rows of a conversation wait for the one that names its customer. */
function createMessageRecords(env: ImportEnv): { add(row: NumberedRow): ImportItem[]; flush(): ImportItem[] } {
  const seen = createSeenKeys();
  const nextKey = createMessageKeys();
  let held: NumberedRow[] = [];
  const recordOf = (numbered: NumberedRow, customer: RowCustomer | null): ImportItem => messageRecord(numbered, customer, { env, seen, nextKey });
  const release = (customer: RowCustomer | null): ImportItem[] => {
    const rows = held;
    held = [];
    return rows.map((row) => recordOf(row, customer));
  };
  return {
    add(numbered) {
      const isOther = held[0] !== undefined && held[0].row.conv_id !== numbered.row.conv_id;
      const before = isOther ? release(null) : [];
      held.push(numbered);
      const customer = customerOf(numbered.row);
      return customer !== null || held.length > MAX_HELD_ROWS ? [...before, ...release(customer)] : before;
    },
    flush: () => release(null),
  };
}

type RowCustomer = { id: string; name: string | null };

function customerOf(row: MessageRow): RowCustomer | null {
  const id = row.customer_id ?? (row.role === 'customer' ? row.author : null);
  return id === null ? null : { id, name: row.role === 'customer' ? row.author_name : null };
}

type MessageKeys = { env: ImportEnv; seen: ReturnType<typeof createSeenKeys>; nextKey: ReturnType<typeof createMessageKeys> };

function messageRecord({ line, row, attachments }: NumberedRow, found: RowCustomer | null, { env, seen, nextKey }: MessageKeys): ImportItem {
  const channel = row.channel ?? DEFAULT_CHANNEL;
  const customer = customerOf(row) ?? found;
  const conversation = {
    externalId: row.conv_id, channel, customerExternalId: customer?.id ?? unknownCustomer(row.conv_id), customerName: customer?.name ?? null, openedAt: row.ts, state: row.state, csat: row.csat,
  };
  const message = importedMessage(row.msg_id ?? nextKey(`${channel}\0${row.conv_id}`, row.ts, row.role, row.text), row.role, row.text, row.ts, attachments);
  if (row.msg_id !== null) {
    const met = seen.meet(`${channel}\0${row.conv_id}\0${row.msg_id}`, JSON.stringify([row.role, row.text, row.ts]), line);
    if (met.kind === 'same') return { kind: 'record', line, weight: 1, write: () => 'unchanged' };
    if (met.kind === 'other') return { kind: 'rejected', line, reason: `msg_id: ${row.msg_id.slice(0, 60)} is on line ${met.line} already, and line ${line} says something else. Every message of a conversation needs its own.` };
  }
  const record: ImportRecord = { kind: 'record', line, weight: Math.min(1 + weightOf(attachments), BATCH_ROW_COUNT), write: () => writeMessage(env, conversation, message) };
  return record;
}

function writeMessage(env: ImportEnv, conversation: Omit<ImportedConversation, 'messages'>, message: ImportedMessage): UpsertOutcome {
  const { id, before } = openConversation(env, conversation);
  const hasSettled = settleConversation(env, id, before, conversation, message.sentAt);
  const outcome = upsertImportedMessage(env.db, env.ctx, id, message);
  return outcome === 'unchanged' && hasSettled ? 'updated' : outcome;
}
