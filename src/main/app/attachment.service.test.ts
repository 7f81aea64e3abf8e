import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ATTACHMENT_CHUNK_BYTES, type AttachmentId } from '../../shared/contract/attachment.contract.ts';
import type { ConversationId, OutboxId } from '../../shared/contract/ids.contract.ts';
import { makeTestDir } from '../db/open-test-store.ts';
import { pdfBytes, TINY } from '../conversations/attachment.fixture.ts';
import { systemClock } from '../platform/clock.ts';
import { createIdMaker } from '../platform/ids.ts';
import { openTestPage, startTestApp, testAppOptions, type TestPage } from './app.fixture.ts';

const newId = createIdMaker(systemClock);
const WITHIN = { timeout: 15_000, interval: 20 };

/** A started app with one conversation of a file channel, whose customer sent a picture. */
async function openChannel(): Promise<{ page: TestPage; live: string; conversationId: ConversationId; dir: string }> {
  const dir = makeTestDir();
  const live = path.join(dir, 'shop', 'live.jsonl');
  mkdirSync(path.dirname(live));
  writeFileSync(path.join(dir, 'shop', 'photo.png'), TINY.png);
  const line = (message: object) => `${JSON.stringify({ conv_id: 'c1', ts: Date.now(), role: 'customer', author: 'lin', ...message })}\n`;
  writeFileSync(live, line({ msg_id: '1', text: '袖子破了', attachments: [{ path: 'photo.png' }] }) + line({ msg_id: '2', text: '看到了吗', reply_to: '1' }));
  const page = openTestPage(await startTestApp(testAppOptions(path.join(dir, 'store'))));
  await page.client.channel.addFile({ path: live });
  await vi.waitFor(async () => expect((await page.client.conversation.list({})).length).toBe(1), WITHIN);
  const [conversation] = await page.client.conversation.list({});
  return { page, live, conversationId: conversation!.id, dir };
}

async function upload(page: TestPage, conversationId: ConversationId, name: string, bytes: Buffer): Promise<AttachmentId> {
  const { id } = await page.client.attachment.begin({ conversationId, name, byteCount: bytes.length });
  for (let ord = 0; ord * ATTACHMENT_CHUNK_BYTES < bytes.length; ord++) {
    await page.client.attachment.append({ id, ord, base64: bytes.subarray(ord * ATTACHMENT_CHUNK_BYTES, (ord + 1) * ATTACHMENT_CHUNK_BYTES).toString('base64') });
  }
  return id;
}

describe('files over the contract', () => {
  it('come with a message, go with a reply that answers it, and are written for the channel', async () => {
    const { page, live, conversationId } = await openChannel();
    const { messages } = await page.client.conversation.messages({ conversationId });
    expect(messages.map(({ text, attachments, replyTo }) => [text, attachments?.map(({ name, kind, width }) => [name, kind, width]), replyTo?.text])).toEqual([
      ['袖子破了', [['photo.png', 'image', 2]], undefined], ['看到了吗', undefined, '袖子破了'],
    ]);
    const { base64, isLast } = await page.client.attachment.read({ id: messages[0]!.attachments![0]!.id, ord: 0 });
    expect([Buffer.from(base64, 'base64').equals(TINY.png), isLast]).toEqual([true, true]);

    const bytes = pdfBytes(ATTACHMENT_CHUNK_BYTES + 99);
    const fileId = await upload(page, conversationId, '维修说明.pdf', bytes);
    expect(await page.client.attachment.ofDraft({ conversationId })).toEqual([]);
    expect(await page.client.attachment.finish({ id: fileId })).toMatchObject({ name: '维修说明.pdf', mime: 'application/pdf', byteCount: bytes.length });
    expect((await page.client.attachment.ofDraft({ conversationId })).map(({ id }) => id)).toEqual([fileId]);
    expect((await page.client.conversation.get({ conversationId })).hasDraft).toBe(true);

    const reply = { id: newId() as OutboxId, conversationId, text: '', suggestionIds: [], attachmentIds: [fileId], replyToId: messages[1]!.id };
    await page.client.outbox.send(reply);
    await page.client.outbox.send(reply);
    await vi.waitFor(async () => expect((await page.client.outbox.list({ conversationId })).map(({ state }) => state)).toEqual(['sent']), WITHIN);
    expect(await page.client.attachment.ofDraft({ conversationId })).toEqual([]);
    const sent = (await page.client.conversation.messages({ conversationId })).messages.at(-1);
    expect([sent?.role, sent?.attachments?.map(({ name }) => name), sent?.replyTo?.text]).toEqual(['rep', ['维修说明.pdf'], '看到了吗']);
    const [line, ...rest] = readFileSync(`${live}.out.jsonl`, 'utf8').trimEnd().split('\n').map((one) => JSON.parse(one) as { attachments: { path: string }[]; reply_to: string });
    expect([rest, line!.reply_to]).toEqual([[], '2']);
    expect(readFileSync(path.join(path.dirname(live), line!.attachments[0]!.path)).equals(bytes)).toBe(true);
    expect(existsSync(path.join(path.dirname(live), 'live.jsonl.out.files'))).toBe(true);
  });

  it('are refused when they are not what was announced, another conversation’s, or a program', async () => {
    const { page, live, conversationId } = await openChannel();
    writeFileSync(live, `${readFileSync(live, 'utf8')}${JSON.stringify({ conv_id: 'c2', msg_id: '1', ts: Date.now(), role: 'customer', author: 'wang', text: '在吗' })}\n`);
    await vi.waitFor(async () => expect((await page.client.conversation.list({})).length).toBe(2), WITHIN);
    const other = (await page.client.conversation.list({})).find(({ id }) => id !== conversationId)!.id;
    const { id } = await page.client.attachment.begin({ conversationId, name: 'a.txt', byteCount: 5 });
    await expect(page.client.attachment.append({ id, ord: 0, base64: 'AAAA' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(page.client.attachment.append({ id, ord: 1, base64: 'AAAA' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(page.client.attachment.finish({ id })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(page.client.attachment.read({ id, ord: 0 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(page.client.attachment.begin({ conversationId, name: 'a', byteCount: 20 * 1024 * 1024 + 1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const program = await upload(page, conversationId, 'photo.png', Buffer.from('MZ\x90\0\0'));
    await expect(page.client.attachment.finish({ id: program })).rejects.toMatchObject({ code: 'file_refused' });

    const mine = await upload(page, conversationId, 'a.pdf', pdfBytes(30));
    await page.client.attachment.finish({ id: mine });
    await expect(page.client.attachment.attach({ conversationId: other, id: mine })).rejects.toMatchObject({ code: 'bad_request' });
    const stolen = { id: newId() as OutboxId, conversationId: other, text: '给你', suggestionIds: [], attachmentIds: [mine] };
    await expect(page.client.outbox.send(stolen)).rejects.toMatchObject({ code: 'bad_request' });
    expect([await page.client.outbox.list({ conversationId: other }), (await page.client.attachment.ofDraft({ conversationId })).length]).toEqual([[], 1]);
    expect(await page.client.attachment.detach({ conversationId, id: mine })).toEqual([]);
    expect((await page.client.attachment.attach({ conversationId, id: mine })).length).toBe(1);
  });
});
