import { describe, expect, test } from 'vitest';
import type { AttachmentId } from '../../shared/contract/attachment.contract.ts';
import type { MessageId, OutboxId } from '../../shared/contract/ids.contract.ts';
import { upsertAfterSale } from '../customers/after-sale.repository.ts';
import { findCustomer } from '../customers/customer.repository.ts';
import { openTestStore, type TestStore } from '../db/open-test-store.ts';
import { TINY } from './attachment.fixture.ts';
import { storeAttachment } from './attachment-store.ts';
import { attachToDraft, listDraftAttachments } from './attachment.repository.ts';
import { addConversation } from './conversation.fixture.ts';
import { getSummary } from './conversation.repository.ts';
import { findDraft, saveDraft } from './draft.repository.ts';
import { deleteEvidence, listEvidence, upsertEvidence } from './evidence.repository.ts';
import { addExtras, moveReplyExtras } from './message-extras.ts';
import { insertMessage, listMessages } from './message.repository.ts';
import { insertReply, listOutbox, listUnsent, takeBack } from './outbox.repository.ts';

const id = '01K00000000000000000000001' as OutboxId;

function withFiles(store: TestStore) {
  const conversationId = addConversation(store, 'lin', [['customer', '衣服破了\n怎么办'], ['rep', '我看看']]);
  const [first] = listMessages(store.db, { conversationId, limit: 9 }).messages;
  const file = (name: string): AttachmentId => storeAttachment(store.db, store.ctx, conversationId, { kind: 'bytes', name, bytes: TINY.png });
  return { conversationId, quoted: first!.id, quote: { messageId: first!.id, role: 'customer', text: '衣服破了\n怎么办' } as const, file };
}

describe('a reply with files that answers a message', () => {
  test('takes both out of the draft, keeps them in the outbox and in the sent message', () => {
    const store = openTestStore();
    const { db, ctx } = store;
    const { conversationId, quoted, quote, file } = withFiles(store);
    const [sent, later] = [file('a.png'), file('b.png')];
    for (const one of [sent, later]) attachToDraft(db, conversationId, one, 1);
    saveDraft(db, { conversationId, text: '', caret: 0, marks: [], replyTo: quote }, 1);
    expect(findDraft(db, conversationId)).toEqual({ conversationId, text: '', caret: 0, marks: [], replyTo: quote, updatedAt: 1 });

    insertReply(db, { id, conversationId, text: '', suggestionIds: [], attachmentIds: [sent], replyToId: quoted }, 2);
    const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
    expect([findDraft(db, conversationId), names(listDraftAttachments(db, conversationId)), getSummary(db, conversationId, 1).hasDraft]).toEqual([undefined, ['b.png'], true]);
    expect([names(listUnsent(db)[0]?.attachments), listOutbox(db, conversationId)[0]?.replyTo]).toEqual([['a.png'], quote]);

    const message = insertMessage(db, ctx, { conversationId, externalId: 'sent', role: 'rep', text: '', sentAt: ctx.nowMs + 9e6, language: 'zh', piiSpans: [], isLive: true });
    moveReplyExtras(db, id, message!.message.id);
    const shown = listMessages(db, { conversationId, limit: 9 }).messages.at(-1);
    expect([names(shown?.attachments), shown?.replyTo, getSummary(db, conversationId, 1).lastFileKind]).toEqual([['a.png'], quote, 'image']);
  });

  test('taken back, it is the draft it was', () => {
    const store = openTestStore();
    const { db } = store;
    const { conversationId, quoted, quote, file } = withFiles(store);
    const a = file('a.png');
    attachToDraft(db, conversationId, a, 1);
    insertReply(db, { id, conversationId, text: '请看图', suggestionIds: [], attachmentIds: [a], replyToId: quoted }, 2);
    expect(listDraftAttachments(db, conversationId)).toEqual([]);
    expect(takeBack(db, id, 3)).toEqual({ conversationId, text: '请看图', caret: 3, marks: [], replyTo: quote, updatedAt: 3 });
    expect(listDraftAttachments(db, conversationId).map((one) => one.id)).toEqual([a]);
  });

  test('a draft of the very words of a queued reply goes when the reply is told again', () => {
    const store = openTestStore();
    const { db } = store;
    const { conversationId } = withFiles(store);
    const reply = { id, conversationId, text: '好的', suggestionIds: [] };
    insertReply(db, reply, 1);
    saveDraft(db, { conversationId, text: '好的', caret: 2, marks: [] }, 2);
    insertReply(db, reply, 3);
    expect([findDraft(db, conversationId), listOutbox(db, conversationId).length]).toEqual([undefined, 1]);
    saveDraft(db, { conversationId, text: '好的，另外', caret: 2, marks: [] }, 4);
    insertReply(db, reply, 5);
    expect(findDraft(db, conversationId)?.text).toBe('好的，另外');
  });
});

test('an incoming message keeps its files and finds what it answers by the channel’s number, in its own conversation only', () => {
  const store = openTestStore();
  const { db, ctx } = store;
  const { conversationId, quote } = withFiles(store);
  addConversation(store, 'wang', [['customer', '别人的']]);
  const add = (externalId: string, replyToExternalId: string) => {
    const stored = insertMessage(db, ctx, { conversationId, externalId, role: 'customer', text: '这个', sentAt: ctx.nowMs + 9e6, language: 'zh', piiSpans: [], isLive: true });
    return addExtras(db, ctx, stored!.message, { attachments: [{ kind: 'bytes', name: 'x.gif', bytes: TINY.gif }], replyToExternalId });
  };
  expect([add('m7', 'm0').replyTo, add('m8', 'of nobody').replyTo, add('m9', 'm0').attachments?.map(({ mime }) => mime)]).toEqual([quote, undefined, ['image/gif']]);
});

test('evidence: one mark a file and case, of this customer only; the mark goes, the file stays', () => {
  const store = openTestStore();
  const { db, ctx } = store;
  const { file } = withFiles(store);
  const other = addConversation(store, 'wang', [['customer', '在吗']]);
  for (const name of ['lin', 'wang']) upsertAfterSale(db, ctx, { customerExternalId: `id of ${name}`, externalId: `AS ${name}`, type: '维修' });
  const [customerId, otherId] = ['lin', 'wang'].map((name) => findCustomer(db, `id of ${name}`)!.id) as [never, never];
  const a = file('a.png');
  const evidence = { customerId, afterSaleExternalId: 'AS lin', attachmentId: a, kind: 'label' as const };
  expect(upsertEvidence(db, ctx, evidence)).toBe(upsertEvidence(db, ctx, { ...evidence, kind: 'damage' }));
  const [only, ...rest] = listEvidence(db, customerId);
  expect([rest, only]).toEqual([[], { id: only!.id, afterSaleExternalId: 'AS lin', kind: 'damage', addedAt: ctx.nowMs, attachment: expect.objectContaining({ id: a, name: 'a.png' }) as unknown }]);
  expect(() => upsertEvidence(db, ctx, { ...evidence, afterSaleExternalId: 'AS wang' })).toThrow(expect.objectContaining({ code: 'not_found' }));
  expect(() => upsertEvidence(db, ctx, { ...evidence, customerId: otherId, afterSaleExternalId: 'AS wang' })).toThrow(expect.objectContaining({ code: 'bad_request' }));
  const foreign = storeAttachment(db, ctx, other, { kind: 'remote', name: 'r.png', url: 'https://a.example/r.png' });
  expect(() => upsertEvidence(db, ctx, { ...evidence, customerId: otherId, afterSaleExternalId: 'AS wang', attachmentId: foreign })).toThrow(expect.objectContaining({ code: 'bad_request' }));
  deleteEvidence(db, customerId, only!.id);
  expect([listEvidence(db, customerId), () => deleteEvidence(db, customerId, 'x')]).toEqual([[], expect.any(Function)]);
  expect(db.prepare('SELECT count(*) FROM attachments WHERE id = ?').pluck().get(a)).toBe(1);
});

test('an id that is nobody’s message quotes nothing', () => {
  const store = openTestStore();
  const { conversationId } = withFiles(store);
  saveDraft(store.db, { conversationId, text: '您好', caret: 0, marks: [], replyTo: { messageId: '01K00000000000000000000009' as MessageId, role: 'customer', text: '' } }, 1);
  expect(findDraft(store.db, conversationId)).toEqual({ conversationId, text: '您好', caret: 0, marks: [], updatedAt: 1 });
});
