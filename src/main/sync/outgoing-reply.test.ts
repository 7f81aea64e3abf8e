import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Attachment } from '../../shared/contract/attachment.contract.ts';
import type { OutboxEntry } from '../../shared/contract/conversation.contract.ts';
import { TINY } from '../conversations/attachment.fixture.ts';
import { createFileConnector } from './file.connector.ts';
import { outgoingReply, quoteLine } from './outgoing-reply.ts';

const attachment = { id: 'a', name: '尺码/表.png', mime: 'image/png', kind: 'image', byteCount: TINY.png.length, width: 2, height: 3, state: 'stored', reason: null, url: null } as unknown as Attachment;
const entry = { id: '01HZZZZZZZZZZZZZZZZZZZZZZZ', conversationId: 'c', text: '请看', attachments: [attachment] } as unknown as OutboxEntry;
const readFile = (): Iterable<Uint8Array> => [TINY.png.subarray(0, 10), TINY.png.subarray(10)];
const signal = new AbortController().signal;

describe('outgoingReply', () => {
  it('names what it answers where the channel can, else says it in the first line', () => {
    const parts = { conversationExternalId: 'c1', quoted: { externalId: 'm7', text: '\n 什么时候发货？\n急' }, readFile };
    const file = { name: '尺码/表.png', mime: 'image/png', byteCount: TINY.png.length, read: expect.any(Function) as () => Iterable<Uint8Array> };
    expect(outgoingReply(entry, { ...parts, canQuote: true })).toEqual({ id: entry.id, conversationExternalId: 'c1', text: '请看', files: [file], replyToExternalId: 'm7' });
    expect(outgoingReply(entry, { ...parts, canQuote: false })).toEqual({ id: entry.id, conversationExternalId: 'c1', text: '«什么时候发货？»\n请看', files: [file] });
    expect(outgoingReply({ ...entry, text: '', attachments: [] }, { ...parts, canQuote: false }).text).toBe('«什么时候发货？»');
  });

  it.each([['', ''], ['\n\n', ''], ['«甲»乙', '«甲乙»'], ['长'.repeat(80), `«${'长'.repeat(60)}…»`], ['😀'.repeat(61), `«${'😀'.repeat(60)}…»`]])('%j is quoted as %j', (text, line) => {
    expect(quoteLine(text)).toBe(line);
  });
});

describe('a file channel', () => {
  it('writes the files beside its replies, the same ones at a second try, and reads files and quotes of its lines', async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-sync-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const file = path.join(dir, 'live.jsonl');
    writeFileSync(path.join(dir, 'photo.png'), TINY.png);
    const line = { conv_id: 'c1', msg_id: '2', ts: 1000, role: 'customer', author: 'lin', text: '', reply_to: '1', attachments: [{ path: 'photo.png' }, { name: 'a.gif', base64: TINY.gif.toString('base64') }, { path: '/etc/passwd' }] };
    writeFileSync(file, `${JSON.stringify(line)}\n`);
    const connector = createFileConnector(file, () => {});
    const { messages } = await connector.pull(null, signal);
    expect(messages[0]).toMatchObject({ replyToExternalId: '1', attachments: [{ kind: 'file', name: 'photo.png' }, { kind: 'bytes', name: 'a.gif' }, { kind: 'missing', reason: 'not_allowed' }] });

    const reply = outgoingReply(entry, { conversationExternalId: 'c1', canQuote: connector.canQuote === true, quoted: { externalId: '2', text: '' }, readFile });
    await connector.send(reply, signal);
    await connector.send(reply, signal);
    const written = { name: '尺码/表.png', mime: 'image/png', path: `live.jsonl.out.files/${entry.id}-1-表.png` };
    const lines = readFileSync(`${file}.out.jsonl`, 'utf8').trimEnd().split('\n').map((one) => JSON.parse(one) as unknown);
    expect(lines[0]).toEqual({ id: entry.id, external_id: `reply:${entry.id}`, conv_id: 'c1', text: '请看', attachments: [written], reply_to: '2' });
    expect(readFileSync(path.join(dir, written.path))).toEqual(TINY.png);
  });
});
