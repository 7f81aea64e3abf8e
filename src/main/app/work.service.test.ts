import { describe, expect, test } from 'vitest';
import type { ConversationId, RepId } from '../../shared/contract/ids.contract.ts';
import { workContract } from '../../shared/contract/work.contract.ts';
import { listAudit } from '../access/audit.repository.ts';
import { ensureDefaultRep } from '../access/rep.repository.ts';
import { addConversation } from '../conversations/conversation.fixture.ts';
import { getSummary, listSummaries } from '../conversations/conversation.repository.ts';
import { purgeDeletedNotes } from '../conversations/note.repository.ts';
import { insertMessage } from '../conversations/message.repository.ts';
import { noteAnswered, wakeDue } from '../conversations/snooze.repository.ts';
import { openTestStore } from '../db/open-test-store.ts';
import { createWorkService } from './work.service.ts';

const MINUTE = 60_000;

/** A real store with a rep and a lead, and a clock that the test moves. */
function openDesk() {
  const store = openTestStore();
  const { db } = store;
  let nowMs = store.ctx.nowMs + 10 * MINUTE;
  const context = () => ({ ...store.ctx, nowMs });
  const me = ensureDefaultRep(db, store.ctx, '小周').id;
  const lead = store.ctx.newId() as RepId;
  db.prepare("INSERT INTO reps (id, shop_id, name, role, certificate_level, created_at) VALUES (?, 'shop-1', '阿兰', 'lead', 'senior', ?)").run(lead, nowMs);
  let acting = me;
  const told: ConversationId[] = [];
  const work = createWorkService({ db, context, repId: () => acting, utcOffsetMs: () => 8 * 3_600_000, onConversation: (id) => told.push(id), onSetup: () => {} });
  return {
    store, db, work, context, me, lead, told,
    summary: (id: ConversationId) => getSummary(db, id, nowMs, { repId: acting, isLead: acting === lead }),
    queue: (change: Partial<Parameters<typeof listSummaries>[1]> = {}) => listSummaries(db, { state: 'open', limit: 10, nowMs, viewer: { repId: acting, isLead: acting === lead }, ...change }).map(({ customerName }) => customerName),
    at: (ms: number) => void (nowMs = ms),
    after: (ms: number) => void (nowMs += ms),
    actAs: (repId: RepId) => void (acting = repId),
    says: (id: ConversationId, text: string) => insertMessage(db, context(), { conversationId: id, externalId: `x${nowMs}`, role: 'customer', text, sentAt: nowMs, language: 'zh', piiSpans: [], isLive: true }),
  };
}

describe('snooze', () => {
  test('leaves the queue until its time, comes back marked, and is dealt with by an answer', () => {
    const desk = openDesk();
    const id = addConversation(desk.store, '林', [['customer', '在吗']]);
    const until = desk.context().nowMs + 60 * MINUTE;
    desk.work.snooze([id], until);
    expect([desk.queue(), desk.queue({ isSnoozed: true }), desk.summary(id).snoozedUntil, desk.work.counts()]).toEqual([[], ['林'], until, { mine: 0, unassigned: 0, all: 0, snoozed: 1 }]);
    desk.at(until);
    // due at once, also before the clock has gone round
    expect([desk.queue(), desk.summary(id)]).toEqual([['林'], expect.objectContaining({ snoozedUntil: null, wokenAt: until })]);
    expect(wakeDue(desk.db, desk.context())).toEqual([id]);
    expect(wakeDue(desk.db, desk.context())).toEqual([]);
    expect(desk.summary(id)).toMatchObject({ snoozedUntil: null, wokenAt: until, urgencyReasons: expect.arrayContaining(['snooze_due']) as string[] });
    noteAnswered(desk.db, id, desk.me);
    expect(desk.summary(id)).toMatchObject({ wokenAt: null, rep: { id: desk.me, name: '小周' } });
    expect(desk.work.history(id).events.map(({ kind, repName, values }) => [kind, repName, values])).toEqual([['snoozed', '小周', { until }], ['woken', '', {}]]);
  });

  test('a new message of the customer wakes it; undo then has nothing to bring back', () => {
    const desk = openDesk();
    const id = addConversation(desk.store, '林', [['customer', '在吗'], ['rep', '在']]);
    const { actionIds } = desk.work.snooze([id], desk.context().nowMs + MINUTE);
    desk.says(id, '急');
    expect(desk.summary(id)).toMatchObject({ snoozedUntil: null, wokenAt: null, unreadCount: 1 });
    expect(desk.work.undo(actionIds)).toEqual({ undoneCount: 0, keptCount: 1 });
  });

  test('a time that is over is refused, unsnooze and undo bring it back', () => {
    const desk = openDesk();
    const id = addConversation(desk.store, '林', [['customer', '在吗']]);
    expect(() => desk.work.snooze([id], desk.context().nowMs)).toThrow(expect.objectContaining({ code: 'bad_request' }));
    const { actionIds } = desk.work.snooze([id], desk.context().nowMs + MINUTE);
    expect(desk.work.undo(actionIds)).toEqual({ undoneCount: 1, keptCount: 0 });
    expect(desk.work.undo(actionIds)).toEqual({ undoneCount: 0, keptCount: 1 });
    desk.work.snooze([id], desk.context().nowMs + MINUTE);
    desk.work.unsnooze([id]);
    expect([desk.queue(), desk.work.unsnooze([id])]).toEqual([['林'], { actionIds: [] }]);
  });
});

describe('close', () => {
  test('many at once with a reason; one undo opens them all, waiting since the oldest unanswered message', () => {
    const desk = openDesk();
    const ids = ['甲', '乙'].map((name) => addConversation(desk.store, name, [['customer', '在吗']], { isLive: true }));
    const before = ids.map((id) => desk.summary(id));
    const { actionIds } = desk.work.close(ids, 'solved', '电话里说清楚了');
    expect(actionIds).toHaveLength(2);
    expect(ids.map((id) => desk.summary(id))).toEqual(before.map((row) => ({ ...row, state: 'closed', disposition: 'solved', waitingSince: null, unreadCount: 0, urgency: 0, urgencyReasons: [], urgencyParts: [] })));
    expect(desk.told).toEqual(ids);
    desk.work.undo(actionIds);
    expect(ids.map((id) => desk.summary(id))).toEqual(before);
    expect(listAudit(desk.db).map(({ action, repId }) => [action, repId])).toEqual([['conversation.undone', desk.me], ['conversation.undone', desk.me], ['conversation.closed', desk.me], ['conversation.closed', desk.me]]);
    // what was written stays with the conversation
    expect(JSON.stringify(listAudit(desk.db))).not.toContain('电话');
  });

  test('a closed one takes another reason without closing again; a message of the customer opens it', () => {
    const desk = openDesk();
    const id = addConversation(desk.store, '林', [['customer', '在吗']]);
    const closing = desk.work.close([id], null, null);
    desk.work.close([id], 'duplicate', null);
    expect(desk.summary(id)).toMatchObject({ state: 'closed', disposition: 'duplicate' });
    desk.after(MINUTE);
    desk.says(id, '还有一个问题');
    expect(desk.work.undo(closing.actionIds)).toEqual({ undoneCount: 0, keptCount: 1 });
    expect(desk.summary(id)).toMatchObject({ state: 'open', disposition: 'duplicate' });
    desk.work.reopen([id]);
    expect(desk.summary(id)).toMatchObject({ state: 'open', disposition: null });
  });

  test('the list of reasons: renamed, put out of use, added to; nothing else is taken', () => {
    const desk = openDesk();
    const id = addConversation(desk.store, '林', [['customer', '在吗']]);
    desk.work.saveDisposition({ code: 'duplicate', titleZh: null, titleEn: null, isActive: false });
    const list = desk.work.saveDisposition({ code: null, titleZh: '团购', titleEn: 'Group order', isActive: true });
    expect(list).toHaveLength(20);
    expect(list.at(-1)).toMatchObject({ titleZh: '团购', titleEn: 'Group order', isActive: true });
    expect(list.find(({ code }) => code === 'duplicate')).toEqual({ code: 'duplicate', titleZh: null, titleEn: null, isActive: false });
    desk.work.close([id], list.at(-1)?.code ?? '', null);
    expect(() => desk.work.close([id], 'no such', null)).toThrow(expect.objectContaining({ code: 'bad_request' }));
    expect(() => desk.work.saveDisposition({ code: null, titleZh: '甲', titleEn: null, isActive: true })).toThrow(expect.objectContaining({ code: 'bad_request' }));
  });
});

describe('labels', () => {
  test('are made once per name, filter the queue, and come back with their conversations', () => {
    const desk = openDesk();
    const [first, second] = ['甲', '乙'].map((name) => addConversation(desk.store, name, [['customer', '在吗']]));
    if (first === undefined || second === undefined) throw new Error('two conversations');
    const label = desk.work.createLabel({ name: 'VIP 团购' });
    expect(desk.work.createLabel({ name: 'ｖｉｐ　团购' })).toEqual(label);
    expect(desk.work.createLabel({ name: '加急' }).shape).not.toBe(label.shape);
    const { actionIds } = desk.work.label([first, second], label.id, true);
    desk.work.label([second], label.id, false);
    expect([desk.queue({ labelId: label.id }), desk.summary(first).labels]).toEqual([['甲'], [label]]);
    expect(desk.work.deleteLabel(label.id)).toEqual({ conversationCount: 1 });
    expect([desk.queue({ labelId: label.id }), desk.summary(first).labels, desk.work.setup().labels.length]).toEqual([[], [], 1]);
    desk.work.restoreLabel(label.id);
    expect(desk.summary(first).labels).toEqual([label]);
    // the second was changed since, so it is left as it is
    expect(desk.work.undo(actionIds)).toEqual({ undoneCount: 1, keptCount: 1 });
    expect([desk.summary(first).labels, desk.summary(second).labels]).toEqual([[], []]);
  });
});

describe('notes', () => {
  test('are the author’s to change; each change can be taken back; a deleted one goes for good in time', () => {
    const desk = openDesk();
    const id = addConversation(desk.store, '林', [['customer', '在吗']]);
    const added = desk.work.addNote(id, '这位客户上次也破在袖口');
    const note = desk.work.history(id).notes[0];
    if (note === undefined) throw new Error('a note');
    expect(note).toMatchObject({ text: '这位客户上次也破在袖口', repName: '小周', isMine: true, kind: 'note', lines: [] });
    const edited = desk.work.editNote(note.id, '改过');
    desk.actAs(desk.lead);
    expect(desk.work.history(id).notes).toMatchObject([{ text: '改过', isMine: false, editedAt: desk.context().nowMs }]);
    expect(() => desk.work.deleteNote(note.id)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect([desk.work.undo([...edited.actionIds, ...added.actionIds]), desk.work.history(id).notes.length]).toEqual([{ undoneCount: 0, keptCount: 2 }, 1]);
    desk.actAs(desk.me);
    desk.work.undo(edited.actionIds);
    expect(desk.work.history(id).notes).toMatchObject([{ text: '这位客户上次也破在袖口', editedAt: null }]);
    desk.work.undo(added.actionIds);
    expect(desk.work.history(id).notes).toEqual([]);
    desk.work.addNote(id, '第二条');
    desk.work.deleteNote(desk.work.history(id).notes[0]!.id);
    purgeDeletedNotes(desk.db, desk.context().nowMs + 1);
    expect(JSON.stringify([desk.db.prepare('SELECT text FROM notes').all(), desk.db.prepare('SELECT before, after FROM work_actions').all()])).not.toMatch(/第二条|改过/);
    // the customer never gets it
    expect(desk.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
  });
});

describe('assign and hand over', () => {
  test('mine, nobody’s and all; a rep who is not here is refused', () => {
    const desk = openDesk();
    const [first] = ['甲', '乙'].map((name) => addConversation(desk.store, name, [['customer', '在吗']]));
    if (first === undefined) throw new Error('a conversation');
    desk.work.assign([first], desk.me);
    expect([desk.queue({ owner: 'me' }), desk.queue({ owner: 'nobody' }), desk.work.counts()]).toEqual([['甲'], ['乙'], { mine: 1, unassigned: 1, all: 2, snoozed: 0 }]);
    expect(() => desk.work.assign([first], 'nobody' as RepId)).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  test('the lead sees it first with the summary as a note, until answered; undo gives it back', () => {
    const desk = openDesk();
    const angry = addConversation(desk.store, '急', [['customer', '在吗']]);
    desk.db.prepare("UPDATE conversations SET risk_p = 1, risk_band = 'alert' WHERE id = ?").run(angry);
    const id = addConversation(desk.store, '林', [['customer', '订单号 DD202601188200 到底能不能修？'], ['rep', '今天18点前答复您。']]);
    const { lines, suggestedRepId } = desk.work.handoverDraft(id);
    expect([lines.map(({ kind, text }) => [kind, text]), suggestedRepId]).toEqual([[['ask', '订单号 DD202601188200 到底能不能修？'], ['promise', '今天18点前答复您。'], ['slot', 'DD202601188200']], desk.lead]);
    const { actionIds } = desk.work.handOver({ conversationId: id, repId: desk.lead, lines, comment: '请定赔付' });
    expect(desk.queue()).toEqual(['急', '林']);
    desk.actAs(desk.lead);
    expect([desk.queue(), desk.summary(id).urgencyReasons[0]]).toEqual([['林', '急'], 'handed_over']);
    expect(desk.work.history(id)).toMatchObject({ notes: [{ kind: 'handover', text: '请定赔付', lines, repName: '小周', isMine: false }], events: [{ kind: 'handed_over', values: { repId: desk.lead, toName: '阿兰' } }] });
    noteAnswered(desk.db, id, desk.lead);
    expect([desk.queue(), desk.summary(id).handedOverAt]).toEqual([['急', '林'], null]);
    desk.work.undo(actionIds);
    expect([desk.summary(id).rep, desk.work.history(id).notes]).toEqual([null, []]);
  });

  test('to no lead by name: every lead has it first, the rep has not', () => {
    const desk = openDesk();
    const id = addConversation(desk.store, '林', [['customer', '在吗'], ['rep', '在']]);
    desk.work.handOver({ conversationId: id, repId: null, lines: [], comment: '' });
    expect(desk.summary(id).urgencyReasons).toEqual([]);
    desk.actAs(desk.lead);
    expect(desk.summary(id).urgencyReasons).toEqual(['handed_over']);
  });
});

describe('agenda', () => {
  test('promises that fall due and conversations that come back, soonest first; a promise is ticked off and on', () => {
    const desk = openDesk();
    const id = addConversation(desk.store, '林', [['customer', '在吗'], ['rep', '我1小时内给您答复。']]);
    const sleeping = addConversation(desk.store, '王', [['customer', '在吗'], ['rep', '明年给您发货']]);
    const until = desk.context().nowMs + 30 * MINUTE;
    desk.work.snooze([sleeping], until);
    const agenda = desk.work.agenda();
    expect(agenda).toEqual({
      promises: [{ conversationId: id, customerName: '林', messageId: expect.any(String) as string, quote: '我1小时内给您答复。', saidAt: desk.store.ctx.nowMs + MINUTE, dueAt: desk.store.ctx.nowMs + 61 * MINUTE }],
      snoozed: [{ conversationId: sleeping, customerName: '王', until }],
    });
    const promise = { messageId: agenda.promises[0]!.messageId, quote: agenda.promises[0]!.quote };
    desk.work.settlePromise({ ...promise, isSettled: true });
    expect(desk.work.agenda().promises).toEqual([]);
    desk.work.settlePromise({ ...promise, isSettled: false });
    expect(desk.work.agenda().promises).toHaveLength(1);
  });
});

test('what nobody has is not found, whatever is asked', () => {
  const desk = openDesk();
  const id = 'nope' as ConversationId;
  const calls = [() => desk.work.close([id], null, null), () => desk.work.snooze([id], desk.context().nowMs + 1), () => desk.work.assign([id], null), () => desk.work.markUnread([id], true), () => desk.work.addNote(id, 'x'), () => desk.work.handoverDraft(id)];
  for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'not_found' }));
  expect(Object.keys(workContract).filter((name) => !(name in desk.work))).toEqual([]);
});
