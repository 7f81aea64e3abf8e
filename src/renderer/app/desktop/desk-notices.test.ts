import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../../shared/contract/conversation.contract.ts';
import { NO_NOTICE_CHANGES } from '../../../shared/contract/desktop.contract.ts';
import { repIdSchema } from '../../../shared/contract/ids.contract.ts';
import { createI18n } from '../../base/texts.tsx';
import { sampleConversations, SAMPLE_NOW } from '../../testing/sample-shop.ts';
import { isQuietAt, isUrgent, newsBetween, newsOfReply, type DeskView } from './desk-notices.ts';
import { wordNotices } from './notice-words.ts';

const me = repIdSchema.parse('01J000000000000000000000ME');
const other = { id: repIdSchema.parse('01J0000000000000000000007H'), name: '小周' };
const [first, second] = sampleConversations() as [ConversationSummary, ConversationSummary];
const calm: ConversationSummary = { ...first, rep: null, risk: { p: 0.1, band: 'none' }, waitingSince: SAMPLE_NOW, urgencyReasons: ['waiting'], wokenAt: null };
const alarming: ConversationSummary = { ...calm, risk: { p: 0.7, band: 'alert' } };
const view = (rows: ConversationSummary[], atMs = SAMPLE_NOW, promises: DeskView['promises'] = []): DeskView => ({ atMs, meId: me, rows, promises });
const kinds = (before: DeskView | null, now: DeskView) => newsBetween(before, now).map(({ kind, conversationId }) => [kind, conversationId]);

test('urgent is a high warning or a handover that waits, of this rep or of nobody', () => {
  const handed: ConversationSummary = { ...calm, urgencyReasons: ['handed_over'] };
  expect([calm, alarming, handed, { ...alarming, waitingSince: null }, { ...alarming, rep: other }, { ...alarming, rep: { id: me, name: '' } }].map((row) => isUrgent(row, me))).toEqual([false, true, true, false, false, true]);
});

test('what came up between two readings is news once; the first reading is none', () => {
  expect(kinds(null, view([alarming]))).toEqual([]);
  expect(kinds(view([]), view([alarming]))).toEqual([['urgent', first.id]]);
  expect(kinds(view([calm]), view([alarming]))).toEqual([['risk', first.id]]);
  expect(kinds(view([alarming]), view([alarming]))).toEqual([]);
  expect(kinds(view([calm]), view([{ ...alarming, rep: other }]))).toEqual([]);
  expect(kinds(view([calm]), view([{ ...calm, wokenAt: SAMPLE_NOW }]))).toEqual([['due', first.id]]);
  expect(kinds(view([{ ...calm, wokenAt: SAMPLE_NOW }]), view([{ ...calm, wokenAt: SAMPLE_NOW }]))).toEqual([]);
});

test('a promise is news when its time comes, not before and not again', () => {
  const promise = { conversationId: second.id, customerName: second.customerName, messageId: 'x' as never, quote: '明天给你答复', saidAt: 0, dueAt: SAMPLE_NOW };
  const at = (from: number, to: number) => kinds(view([], SAMPLE_NOW + from, [promise]), view([], SAMPLE_NOW + to, [promise]));
  expect([at(-2, -1), at(-1, 0), at(0, 5)]).toEqual([[], [['due', second.id]], []]);
});

test('only a reply that failed is news', () => {
  const entry = { id: 'o' as never, conversationId: first.id, text: '您好', attemptCount: 3, error: null, messageId: null, createdAt: 0 };
  expect([newsOfReply({ ...entry, state: 'sending' }, [first]), newsOfReply({ ...entry, state: 'failed' }, [first])?.customerName]).toEqual([null, first.customerName]);
});

test('quiet hours hold over midnight, and each minute is quiet or not, never both ways', () => {
  const night = { quietHours: { fromMinute: 1260, toMinute: 540 } };
  expect([1259, 1260, 0, 539, 540].map((minute) => isQuietAt(night, minute))).toEqual([false, true, true, true, false]);
  const minute = fc.integer({ min: 0, max: 1439 });
  fc.assert(fc.property(minute, minute, minute, (fromMinute, toMinute, at) => fromMinute === toMinute || isQuietAt({ quietHours: { fromMinute, toMinute } }, at) !== isQuietAt({ quietHours: { fromMinute: toMinute, toMinute: fromMinute } }, at)));
  expect(isQuietAt(NO_NOTICE_CHANGES, 0)).toBe(false);
});

test('in private no name and no word of a conversation is shown, whatever they are', () => {
  const t = createI18n('zh-Hans').getFixedT('zh-Hans') as unknown as Parameters<typeof wordNotices>[2];
  const news = (customerName: string, text: string) => ({ kind: 'urgent' as const, tag: 'x', conversationId: first.id, customerName, text });
  fc.assert(fc.property(fc.string(), fc.string(), (name, text) => JSON.stringify(wordNotices([news(name, text)], { isPrivate: true }, t)) === JSON.stringify([{ tag: 'x', title: '有会话急需处理', body: '点击打开', conversationId: first.id }])));
  expect(wordNotices([news('林女士', '衣服\n破了')], { isPrivate: false }, t)).toEqual([{ tag: 'x', title: '有会话急需处理：林女士', body: '衣服 破了', conversationId: first.id }]);
  expect(wordNotices(Array.from({ length: 4 }, () => news('林女士', '衣服')), { isPrivate: false }, t)).toEqual([{ tag: 'many', title: '4 个会话等你处理', body: '点击打开', conversationId: null }]);
});
