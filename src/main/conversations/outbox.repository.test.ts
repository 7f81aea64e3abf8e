import { describe, expect, test } from 'vitest';
import type { OutboxId, SuggestionId } from '../../shared/contract/ids.contract.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { addConversation } from './conversation.fixture.ts';
import { findDraft, saveDraft } from './draft.repository.ts';
import { insertReply, listOutbox, listUnsent, markUnknownReplies, setOutboxState, takeBack } from './outbox.repository.ts';

const REPLY = '01K00000000000000000000001' as OutboxId;
const SUGGESTION = '01K00000000000000000000002' as SuggestionId;

function openStoreWithDraft() {
  const store = openTestStore();
  const conversationId = addConversation(store, '小林', [['customer', '发货了吗']]);
  saveDraft(store.db, { conversationId, text: '今天发', caret: 3, marks: [{ start: 0, end: 3, suggestionId: SUGGESTION }] }, 5);
  return { ...store, conversationId };
}

describe('drafts', () => {
  test('the newest text wins, an empty one deletes', () => {
    const { db, conversationId } = openStoreWithDraft();
    expect(findDraft(db, conversationId)).toEqual({ conversationId, text: '今天发', caret: 3, marks: [{ start: 0, end: 3, suggestionId: SUGGESTION }], updatedAt: 5 });
    saveDraft(db, { conversationId, text: '明天发', caret: 1, marks: [] }, 6);
    expect(findDraft(db, conversationId)).toEqual({ conversationId, text: '明天发', caret: 1, marks: [], updatedAt: 6 });
    saveDraft(db, { conversationId, text: '', caret: 0, marks: [] }, 7);
    expect(findDraft(db, conversationId)).toBeUndefined();
  });
});

describe('outbox', () => {
  test('the same id twice is the same reply, and only the first clears the draft', () => {
    const { db, conversationId } = openStoreWithDraft();
    const reply = insertReply(db, { id: REPLY, conversationId, text: '今天发', suggestionIds: [SUGGESTION] }, 10);
    expect(reply).toEqual({ id: REPLY, conversationId, text: '今天发', state: 'queued', attemptCount: 0, error: null, messageId: null, createdAt: 10, suggestionIds: [SUGGESTION] });
    expect(findDraft(db, conversationId)).toBeUndefined();
    saveDraft(db, { conversationId, text: '下一句', caret: 0, marks: [] }, 11);
    expect(insertReply(db, { id: REPLY, conversationId, text: 'other', suggestionIds: [] }, 12)).toEqual(reply);
    expect(findDraft(db, conversationId)?.text).toBe('下一句');
    expect(listOutbox(db, conversationId)).toEqual([reply]);
  });

  test('an id that is taken in another conversation is refused, and the draft there stays', () => {
    const store = openStoreWithDraft();
    const other = addConversation(store, '小王', [['customer', '在吗']]);
    saveDraft(store.db, { conversationId: other, text: '在的', caret: 2, marks: [] }, 6);
    insertReply(store.db, { id: REPLY, conversationId: store.conversationId, text: '今天发', suggestionIds: [] }, 10);
    expect(() => insertReply(store.db, { id: REPLY, conversationId: other, text: '在的', suggestionIds: [] }, 11)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect([findDraft(store.db, other)?.text, listOutbox(store.db, other)]).toEqual(['在的', []]);
  });

  test('a sent reply stays sent; unsent ones are listed; a cut-off send becomes unknown', () => {
    const { db, conversationId } = openStoreWithDraft();
    insertReply(db, { id: REPLY, conversationId, text: 'a', suggestionIds: [] }, 10);
    expect(setOutboxState(db, REPLY, { state: 'sending', isAttempt: true }, 11)).toMatchObject({ state: 'sending', attemptCount: 1 });
    expect(markUnknownReplies(db, 12)).toBe(1);
    expect(listUnsent(db)).toEqual([expect.objectContaining({ id: REPLY, state: 'unknown' })]);
    expect(setOutboxState(db, REPLY, { state: 'failed', error: 'no network' }, 13)).toMatchObject({ state: 'failed', error: 'no network' });
    setOutboxState(db, REPLY, { state: 'sent' }, 14);
    expect(setOutboxState(db, REPLY, { state: 'failed', error: 'late' }, 15)).toMatchObject({ state: 'sent', error: null });
    expect(listUnsent(db)).toEqual([]);
  });

  test('a reply taken back comes before the draft begun since', () => {
    const { db, conversationId } = openStoreWithDraft();
    insertReply(db, { id: REPLY, conversationId, text: '今天发', suggestionIds: [] }, 10);
    saveDraft(db, { conversationId, text: '下一句', caret: 1, marks: [{ start: 0, end: 3, suggestionId: SUGGESTION }] }, 11);
    const draft = takeBack(db, REPLY, 12);
    expect(draft).toEqual({ conversationId, text: '今天发\n下一句', caret: 5, marks: [{ start: 4, end: 7, suggestionId: SUGGESTION }], updatedAt: 12 });
    expect([findDraft(db, conversationId), listOutbox(db, conversationId)]).toEqual([draft, []]);
  });

  test.each(['sending', 'sent'] as const)('a reply that is %s is not taken back', (state) => {
    const { db, conversationId } = openStoreWithDraft();
    insertReply(db, { id: REPLY, conversationId, text: 'a', suggestionIds: [] }, 10);
    setOutboxState(db, REPLY, { state }, 11);
    expect(() => takeBack(db, REPLY, 12)).toThrow(expect.objectContaining({ code: 'conflict' }));
  });
});
