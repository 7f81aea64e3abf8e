import { expect, test } from 'vitest';
import { outboxEntrySchema } from '../../../shared/contract/conversation.contract.ts';
import { sampleId } from '../../testing/sample-ids.ts';
import { sampleMessages } from '../../testing/sample-shop.ts';
import { mergeMessages } from './merge-messages.ts';
import { transcriptItems } from './transcript-items.ts';

const conversationId = sampleId('C', 0);
const entry = (number: number, state: string, messageId: string | null) =>
  outboxEntrySchema.parse({ id: sampleId('X', number), conversationId, text: `r${number}`, state, attemptCount: 1, error: null, messageId, createdAt: 10 - number });

test('a line per day, each message with its delivery, unsent replies at the end in order', () => {
  const messages = sampleMessages(conversationId).slice(0, 4);
  const outbox = [entry(1, 'queued', null), entry(2, 'failed', null), entry(3, 'sent', messages[2]?.id ?? null), entry(4, 'sent', sampleId('M', 99))];
  const items = transcriptItems(messages, outbox, (at) => String(Math.floor(at / 86_400_000)));
  expect(items.map((item) => (item.kind === 'message' ? `${item.message.role}${item.delivery ? '+' : ''}` : item.kind === 'day' ? 'day' : item.entry.text))).toEqual(['day', 'bot', 'customer', 'rep+', 'day', 'customer', 'r4', 'r2', 'r1']);
});

test('mergeMessages: no doubles, oldest first, the newer copy wins', () => {
  const [first, second, third] = sampleMessages(conversationId);
  if (!first || !second || !third) throw new Error('three sample messages');
  const changed = { ...second, text: 'new' };
  expect(mergeMessages([first, second], [third, changed])).toEqual([first, changed, third]);
});
