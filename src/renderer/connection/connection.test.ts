import type { ClientContext, ClientLink } from '@orpc/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CALL_WAIT_MS, createConnection, type ConnectionState } from './connection.ts';
import type { Line, Transport } from './transport.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Offer = { accept(answer: string): { drop(): void }; refuse(): void };

/** A transport whose lines are opened and dropped by the test. */
function createLines() {
  const offers: Offer[] = [];
  const transport: Transport = {
    open: () =>
      new Promise<Line>((done, fail) => {
        offers.push({
          accept(answer) {
            const listeners: (() => void)[] = [];
            const link: ClientLink<ClientContext> = { call: async () => answer };
            const drop = () => listeners.forEach((listener) => listener());
            done({ link, onClose: (listener) => void listeners.push(listener), close: drop });
            return { drop };
          },
          refuse: () => fail(new Error('no')),
        });
      }),
    chooseFiles: async () => [],
    pathOf: async () => '',
    release: async () => {},
  };
  return { offers, transport };
}

it('tells its state and asks each call over the line of the moment', async () => {
  const { offers, transport } = createLines();
  const connection = createConnection(transport);
  const states: ConnectionState[] = [];
  connection.subscribeState((state) => states.push(state));
  const early = connection.client.settings.get({});
  const first = offers[0]!.accept('first');
  expect(await early).toBe('first');
  first.drop();
  const meanwhile = connection.client.settings.get({});
  await vi.advanceTimersByTimeAsync(0);
  offers[1]!.accept('second');
  expect(await meanwhile).toBe('second');
  expect(states).toEqual(['connecting', 'open', 'lost', 'open']);
  connection.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(offers).toHaveLength(2);
});

it('tries again with growing pauses', async () => {
  const { offers, transport } = createLines();
  const connection = createConnection(transport);
  const triesAt: number[] = [];
  for (let nowMs = 0; nowMs <= 12_000; nowMs += 100) {
    while (triesAt.length < offers.length) {
      offers[triesAt.length]!.refuse();
      triesAt.push(nowMs);
    }
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(triesAt).toEqual([0, 100, 300, 700, 1500, 3100, 6100, 9100]);
  expect(connection.state()).toBe('connecting');
  connection.close();
});

it('refuses a call that waited too long or was given up', async () => {
  const { transport } = createLines();
  const connection = createConnection(transport);
  const waiting = connection.client.settings.get({});
  const giveUp = new AbortController();
  const givenUp = connection.client.settings.get({}, { signal: giveUp.signal });
  const outcomes = Promise.allSettled([waiting, givenUp]);
  giveUp.abort(new Error('left'));
  await vi.advanceTimersByTimeAsync(CALL_WAIT_MS);
  expect((await outcomes).map((outcome) => outcome.status === 'rejected' && (outcome.reason as Error).message)).toEqual(['Deskmate is not answering; try again.', 'left']);
  connection.close();
});
