import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingReply } from './connector.ts';
import { createFileConnector } from './file.connector.ts';

let dir: string;
let file: string;
let skipped: { offset: number; reason: string }[];
const signal = new AbortController().signal;
const connector = () => createFileConnector(file, (offset, reason) => skipped.push({ offset, reason }));
const line = (id: string, text: string) => `${JSON.stringify({ conv_id: 'c1', msg_id: id, ts: 1000, role: 'customer', author: 'lin', author_name: '林女士', text })}\n`;
const message = (id: string, text: string) => ({ conversationExternalId: 'c1', customerExternalId: 'lin', customerName: '林女士', externalId: id, role: 'customer', text, sentAt: 1000 });

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'deskmate-sync-'));
  file = path.join(dir, 'live.jsonl');
  skipped = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('pull', () => {
  it('reads whole lines only, goes on from its cursor and names the lines it skips', async () => {
    writeFileSync(file, `${line('1', '在吗')}{"conv_id":1}\nnot json\n${line('2', '退款').slice(0, -1)}`);
    const first = await connector().pull(null, signal);
    expect(first.messages).toEqual([message('1', '在吗')]);
    expect(skipped.map(({ reason }) => reason)).toEqual([expect.stringContaining('conv_id'), 'not valid JSON']);
    appendFileSync(file, '\n');
    expect((await connector().pull(first.cursor, signal)).messages).toEqual([message('2', '退款')]);
  });

  it('starts over when the file was replaced by a shorter one', async () => {
    writeFileSync(file, line('1', 'a'.repeat(200)));
    const { cursor } = await connector().pull(null, signal);
    writeFileSync(file, line('2', 'b'));
    expect((await connector().pull(cursor, signal)).messages).toEqual([message('2', 'b')]);
  });

  it('passes a line longer than a megabyte by without holding it', async () => {
    writeFileSync(file, `${line('1', 'x'.repeat(2_500_000))}${line('2', 'after')}`);
    const texts: string[] = [];
    let cursor: string | null = null;
    for (let isMore = true; isMore; ) {
      const batch = await connector().pull(cursor, signal);
      texts.push(...batch.messages.map(({ text }) => text));
      cursor = batch.cursor;
      isMore = batch.hasMore;
    }
    expect(texts).toEqual(['after']);
    expect(skipped.length).toBeGreaterThan(0);
  });

  it('says so when the file is gone', async () => {
    await expect(connector().pull(null, signal)).rejects.toMatchObject({ code: 'channel_failed', retryable: true });
  });
});

describe('send', () => {
  const reply: OutgoingReply = { id: '01HZZZZZZZZZZZZZZZZZZZZZZZ', conversationExternalId: 'c1', text: '您好\n第二行' };

  it('appends one durable line and finds it again, also after a line cut short by a crash', async () => {
    writeFileSync(`${file}.out.jsonl`, '{"id":"01CUT","exte');
    expect(await connector().findSent(reply, signal)).toBeNull();
    expect(await connector().send(reply, signal)).toEqual({ kind: 'sent', externalId: `reply:${reply.id}` });
    expect(await connector().findSent(reply, signal)).toBe(`reply:${reply.id}`);
    const lines = readFileSync(`${file}.out.jsonl`, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines[1]!)).toEqual({ id: reply.id, external_id: `reply:${reply.id}`, conv_id: 'c1', text: reply.text });
  });
});
