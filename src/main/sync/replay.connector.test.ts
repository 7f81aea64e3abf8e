import { describe, expect, it } from 'vitest';
import { createReplayConnector, replaySteps, type StoredConversation } from './replay.connector.ts';

const conversations: StoredConversation[] = [
  {
    externalId: 'a', customerExternalId: 'lin', customerName: '林女士',
    messages: [
      { role: 'customer', text: '在吗', sentAt: 1000 },
      { role: 'rep', text: '在的', sentAt: 2000 },
      { role: 'customer', text: '退款', sentAt: 61_000 },
      { role: 'customer', text: '第二天', sentAt: 90_000_000 },
    ],
  },
  { externalId: 'b', customerExternalId: 'amy', customerName: 'Amy', messages: [{ role: 'customer', text: 'hi', sentAt: 5 }] },
];
const signal = new AbortController().signal;

describe('replaySteps', () => {
  it('keeps order and gaps, leaves the stored rep out, staggers conversations and shortens long pauses', () => {
    expect(replaySteps(conversations, 'R').map(({ offsetMs, message }) => [offsetMs, message.conversationExternalId, message.externalId, message.text])).toEqual([
      [0, 'R:a', 'R:0', '在吗'],
      [20_000, 'R:b', 'R:0', 'hi'],
      [60_000, 'R:a', 'R:2', '退款'],
      [660_000, 'R:a', 'R:3', '第二天'],
    ]);
  });
});

describe('createReplayConnector', () => {
  it('plays what is due at its speed and goes on from its cursor', async () => {
    let now = 1_000_000;
    const connector = createReplayConnector({ steps: replaySteps(conversations, 'R'), speed: 10, startedAt: 1_000_000 }, { nowMs: () => now });
    const first = await connector.pull(null, signal);
    expect([first.messages.map(({ text }) => text), first.cursor]).toEqual([['在吗'], '1']);
    now += 6000;
    const second = await connector.pull('1', signal);
    expect(second.messages.map(({ text, sentAt }) => [text, sentAt])).toEqual([['hi', 1_002_000], ['退款', 1_006_000]]);
    expect(connector.progress?.(second.cursor)).toEqual({ playedCount: 3, totalCount: 4 });
  });

  it('plays everything at once at speed 0', async () => {
    const connector = createReplayConnector({ steps: replaySteps(conversations, 'R'), speed: 0, startedAt: 1 }, { nowMs: () => 1 });
    expect((await connector.pull(null, signal)).messages).toHaveLength(4);
  });
});
