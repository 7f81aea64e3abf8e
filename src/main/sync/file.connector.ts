import { existsSync, statSync, watch, type FSWatcher } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { messageRoleSchema } from '../../shared/contract/conversation.contract.ts';
import { DeskmateError } from '../platform/errors.ts';
import { parseAttachments } from '../conversations/attachment-source.ts';
import type { Connector, IncomingMessage, OutgoingReply, PulledBatch } from './connector.ts';
import { writeReplyFiles } from './reply-files.ts';

const lineSchema = z.object({
  conv_id: z.string().min(1).max(200),
  msg_id: z.string().min(1).max(200),
  ts: z.union([z.number().int().nonnegative(), z.iso.datetime({ offset: true })]),
  role: messageRoleSchema,
  /** Who the customer of the conversation is, on any line; else the author of a customer's line. */
  customer_id: z.string().min(1).max(200).optional(),
  author: z.string().max(200).optional(),
  author_name: z.string().max(200).optional(),
  text: z.string().max(100_000),
  /** The message of this conversation it answers. */
  reply_to: z.string().max(200).optional(),
  attachments: z.array(z.unknown()).optional(),
});
const sentLineSchema = z.object({ id: z.string(), external_id: z.string() });

const MAX_BATCH_BYTES = 1024 * 1024;
const POLL_MS = 1000;
const NEWLINE = 10;

/** Rows a pull left out: the line's byte offset and what is wrong with it. */
export type SkippedLine = (offset: number, reason: string) => void;

/**
 * One JSONL file as a channel: new lines are new messages (docs/formats.md, one message a line), replies are appended to
 * `<file>.out.jsonl`, their files written into `<file>.out.files`. The cursor is the byte offset after the last whole line read.
 */
export function createFileConnector(file: string, onSkipped: SkippedLine): Connector {
  const outFile = `${file}.out.jsonl`;
  return {
    pull: (cursor) => pullLines(file, Number(cursor ?? '0'), onSkipped),
    live(onHint, signal) {
      const timer = setInterval(onHint, POLL_MS);
      const watcher = watchQuietly(file, onHint);
      signal.addEventListener('abort', () => {
        clearInterval(timer);
        watcher?.close();
      });
    },
    async send(reply) {
      const externalId = `reply:${reply.id}`;
      const attachments = await writeReplyFiles(`${file}.out.files`, reply);
      const line = { id: reply.id, external_id: externalId, conv_id: reply.conversationExternalId, text: reply.text, ...(attachments.length === 0 ? {} : { attachments }), ...(reply.replyToExternalId === undefined ? {} : { reply_to: reply.replyToExternalId }) };
      await appendDurably(outFile, `${JSON.stringify(line)}\n`);
      return { kind: 'sent', externalId };
    },
    findSent: (reply) => findReply(outFile, reply),
    canQuote: true,
  };
}

async function pullLines(file: string, offset: number, onSkipped: SkippedLine): Promise<PulledBatch> {
  if (!existsSync(file)) throw new DeskmateError('channel_failed', `The file ${path.basename(file)} is not there any more.`, { retryable: true });
  const size = statSync(file).size;
  // a file that got shorter was replaced: read it from the start, ids keep what is stored from doubling
  const start = size < offset ? 0 : offset;
  const bytes = await readRange(file, start, Math.min(size - start, MAX_BATCH_BYTES));
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end === 0 && bytes.length === MAX_BATCH_BYTES) {
    onSkipped(start, 'a line longer than 1 MB');
    return { messages: [], cursor: String(start + bytes.length), hasMore: true };
  }
  const messages: IncomingMessage[] = [];
  let at = 0;
  for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
    const parsed = line.trim() === '' ? undefined : parseLine(line, path.dirname(file));
    if (typeof parsed === 'string') onSkipped(start + at, parsed);
    else if (parsed !== undefined) messages.push(parsed);
    at += Buffer.byteLength(line) + 1;
  }
  return { messages, cursor: String(start + end), hasMore: start + end < size && end > 0 };
}

function parseLine(line: string, folder: string): IncomingMessage | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not valid JSON';
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  const row = parsed.data;
  return {
    conversationExternalId: row.conv_id,
    customerExternalId: row.customer_id ?? (row.role === 'customer' && row.author ? row.author : `conversation:${row.conv_id}`),
    ...(row.role === 'customer' && row.author_name ? { customerName: row.author_name } : {}),
    externalId: row.msg_id,
    role: row.role,
    text: row.text.toWellFormed(),
    sentAt: typeof row.ts === 'number' ? row.ts : Date.parse(row.ts),
    ...extrasOf(row, folder),
  };
}

function extrasOf(row: z.infer<typeof lineSchema>, folder: string): Pick<IncomingMessage, 'attachments' | 'replyToExternalId'> {
  const attachments = parseAttachments(row.attachments, folder);
  return { ...(attachments.length === 0 ? {} : { attachments }), ...(row.reply_to === undefined ? {} : { replyToExternalId: row.reply_to }) };
}

async function readRange(file: string, start: number, length: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function appendDurably(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a+', 0o600);
  try {
    // a line cut short by a crash must not swallow this one
    const { size } = await handle.stat();
    const last = size === 0 ? NEWLINE : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0];
    await handle.write(last === NEWLINE ? line : `\n${line}`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function findReply(outFile: string, reply: OutgoingReply): Promise<string | null> {
  if (!existsSync(outFile)) return null;
  for (const line of (await readFile(outFile, 'utf8')).split('\n')) {
    if (!line.includes(reply.id)) continue;
    try {
      const parsed = sentLineSchema.safeParse(JSON.parse(line));
      if (parsed.success && parsed.data.id === reply.id) return parsed.data.external_id;
    } catch {
      // a line cut short by a crash was not delivered
    }
  }
  return null;
}

function watchQuietly(file: string, onHint: () => void): FSWatcher | undefined {
  try {
    return watch(file, onHint).on('error', () => {});
  } catch {
    return undefined;
  }
}
