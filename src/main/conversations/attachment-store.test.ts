import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ATTACHMENT_CHUNK_BYTES, MAX_ATTACHMENT_BYTES, type AttachmentId } from '../../shared/contract/attachment.contract.ts';
import type { ConversationId } from '../../shared/contract/ids.contract.ts';
import { makeTestDir, openTestStore, type TestStore } from '../db/open-test-store.ts';
import { TINY, pdfBytes } from './attachment.fixture.ts';
import { parseAttachments } from './attachment-source.ts';
import { beginAttachment, finishAttachment, storeAttachment } from './attachment-store.ts';
import { attachToDraft, deleteLooseAttachments, getAttachment, insertChunk, readAttachment } from './attachment.repository.ts';
import { addConversation } from './conversation.fixture.ts';

function upload({ db, ctx }: TestStore, conversationId: ConversationId, name: string, bytes: Buffer): AttachmentId {
  const id = beginAttachment(db, ctx, { conversationId, name, byteCount: bytes.length });
  for (let ord = 0; ord * ATTACHMENT_CHUNK_BYTES < bytes.length; ord++) insertChunk(db, id, ord, bytes.subarray(ord * ATTACHMENT_CHUNK_BYTES, (ord + 1) * ATTACHMENT_CHUNK_BYTES));
  return id;
}

describe('a file in chunks', () => {
  test('comes out as it went in, and is known by its bytes', () => {
    const store = openTestStore();
    const conversationId = addConversation(store, 'lin', [['customer', '看图']]);
    const bytes = pdfBytes(ATTACHMENT_CHUNK_BYTES * 2 + 7);
    const id = upload(store, conversationId, '../发票.PDF', bytes);
    expect(finishAttachment(store.db, id)).toEqual({
      id, conversationId, name: '发票.PDF', mime: 'application/pdf', kind: 'file', byteCount: bytes.length, width: null, height: null, state: 'stored', reason: null, url: null, isComplete: true,
    });
    expect(Buffer.concat([...readAttachment(store.db, id)])).toEqual(bytes);
    expect(finishAttachment(store.db, id).isComplete).toBe(true);
  });

  test('a gap or a missing end is told; a program is dropped; a picture gets its size', () => {
    const store = openTestStore();
    const { db, ctx } = store;
    const conversationId = addConversation(store, 'lin', [['customer', '看图']]);
    const cut = beginAttachment(db, ctx, { conversationId, name: 'a.pdf', byteCount: ATTACHMENT_CHUNK_BYTES + 5 });
    insertChunk(db, cut, 0, pdfBytes(ATTACHMENT_CHUNK_BYTES));
    expect(() => finishAttachment(db, cut)).toThrow(expect.objectContaining({ code: 'bad_request' }));
    insertChunk(db, cut, 2, Buffer.alloc(5));
    expect(() => finishAttachment(db, cut)).toThrow(expect.objectContaining({ code: 'bad_request' }));
    const program = upload(store, conversationId, 'photo.png', Buffer.from('MZ\x90\0'));
    expect(() => finishAttachment(db, program)).toThrow(expect.objectContaining({ code: 'file_refused' }));
    expect(() => getAttachment(db, program)).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(finishAttachment(db, upload(store, conversationId, 'x', TINY.png))).toMatchObject({ mime: 'image/png', kind: 'image', width: 2, height: 3 });
  });

  test('a picture of far too many pixels is kept as a download', () => {
    const store = openTestStore();
    const conversationId = addConversation(store, 'lin', [['customer', '看图']]);
    const bomb = Buffer.from(TINY.png);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(finishAttachment(store.db, upload(store, conversationId, 'bomb.png', bomb))).toMatchObject({ mime: 'application/octet-stream', kind: 'file' });
  });
});

describe('files that a channel or an import brings', () => {
  test('bytes, a file beside, an address; nothing outside the folder', () => {
    const dir = makeTestDir();
    const folder = path.join(dir, 'in');
    mkdirSync(path.join(folder, 'img'), { recursive: true });
    writeFileSync(path.join(folder, 'img', 'a.png'), TINY.png);
    writeFileSync(path.join(folder, 'empty.txt'), '');
    writeFileSync(path.join(folder, 'big.bin'), Buffer.alloc(MAX_ATTACHMENT_BYTES + 1));
    writeFileSync(path.join(dir, 'secret.txt'), 'key');
    symlinkSync(path.join(dir, 'secret.txt'), path.join(folder, 'link.txt'));
    linkSync(path.join(folder, 'img', 'a.png'), path.join(folder, 'hard.png'));
    const told = [
      { name: '衣服.gif', base64: TINY.gif.toString('base64') }, { path: 'img/a.png' }, { name: 'x', path: 'hard.png' }, { url: 'https://cdn.example/p/1.jpg?x=1' },
      { path: '../secret.txt' }, { path: path.join(dir, 'secret.txt') }, { path: 'link.txt' }, { path: 'img' }, { path: 'none.png' }, { path: 'big.bin' },
    ];
    const store = openTestStore();
    const conversationId = addConversation(store, 'lin', [['customer', '看图']]);
    const kept = parseAttachments(told, folder).map((source) => getAttachment(store.db, storeAttachment(store.db, store.ctx, conversationId, source)));
    expect(kept.map(({ name, kind, state, reason, url }) => [name, kind, state, reason ?? url])).toEqual([
      ['衣服.gif', 'image', 'stored', null], ['a.png', 'image', 'stored', null], ['x', 'image', 'stored', null], ['1.jpg', 'file', 'remote', 'https://cdn.example/p/1.jpg?x=1'],
      ['secret.txt', 'file', 'missing', 'not_allowed'], ['secret.txt', 'file', 'missing', 'not_allowed'], ['link.txt', 'file', 'missing', 'not_allowed'], ['img', 'file', 'missing', 'not_allowed'],
      ['none.png', 'file', 'missing', 'not_there'], ['big.bin', 'file', 'missing', 'too_large'],
    ]);
    expect(parseAttachments([{ base64: '*' }, 7, { path: 'empty.txt' }, {}], folder).map((source) => (source.kind === 'missing' ? source.reason : source.kind))).toEqual(['broken', 'broken', 'empty', 'not_there']);
    expect([parseAttachments('no', folder), parseAttachments(Array.from({ length: 30 }, () => ({})), folder).length]).toEqual([[], 10]);
  });

  test('a program is told of, not kept', () => {
    const store = openTestStore();
    const conversationId = addConversation(store, 'lin', [['customer', '看图']]);
    const id = storeAttachment(store.db, store.ctx, conversationId, { kind: 'bytes', name: 'setup.exe', bytes: Buffer.from('MZ\x90\0') });
    expect(getAttachment(store.db, id)).toMatchObject({ name: 'setup.exe', state: 'missing', reason: 'not_allowed' });
    expect([...readAttachment(store.db, id)]).toEqual([]);
  });
});

test('what nothing points at goes after a day, drafts and media of macros stay', () => {
  const store = openTestStore();
  const { db, ctx } = store;
  const conversationId = addConversation(store, 'lin', [['customer', '看图']]);
  const kept = upload(store, conversationId, 'kept.pdf', pdfBytes(20));
  attachToDraft(db, conversationId, kept, 1);
  const loose = upload(store, conversationId, 'loose.pdf', pdfBytes(20));
  const media = beginAttachment(db, ctx, { conversationId: null, name: 'chart.png', byteCount: 5 });
  const left = () => db.prepare('SELECT id FROM attachments ORDER BY id').pluck().all();
  expect([deleteLooseAttachments(db, ctx.nowMs + 60_000), left()]).toEqual([0, [kept, loose, media]]);
  expect([deleteLooseAttachments(db, ctx.nowMs + 25 * 3_600_000), left()]).toEqual([1, [kept, media]]);
  expect(db.prepare('SELECT count(*) FROM attachment_chunks').pluck().get()).toBe(1);
});
