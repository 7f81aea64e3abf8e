import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { conversationIdSchema, outboxIdSchema, type ConversationId, type OutboxId } from '../../../shared/contract/ids.contract.ts';
import type { Client } from '../../connection/connection.ts';
import { sampleId } from '../../testing/sample-ids.ts';
import { createComposerStore } from './composer.store.ts';
import type { UnsavedDraft } from './draft-saver.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Waiting = { run: () => Promise<unknown>; done: (value: unknown) => void; fail: (error: unknown) => void };

type StoredReply = { id: OutboxId; conversationId: ConversationId; text: string };

/** Drafts and replies as the store keeps them (draft.repository, outbox.repository). */
function createStoredDrafts() {
  const drafts = new Map<ConversationId, UnsavedDraft>();
  const outbox: StoredReply[] = [];
  const save = (draft: UnsavedDraft): void => void (draft.text === '' ? drafts.delete(draft.conversationId) : drafts.set(draft.conversationId, draft));
  const procedures: Record<string, (input: never) => unknown> = {
    'draft.get': ({ conversationId }: UnsavedDraft) => drafts.get(conversationId) ?? null,
    'draft.save': (draft: UnsavedDraft) => save(draft),
    'outbox.list': ({ conversationId }: UnsavedDraft) => outbox.filter((reply) => reply.conversationId === conversationId),
    'outbox.send': (reply: StoredReply) => {
      const isNew = !outbox.some(({ id }) => id === reply.id);
      if (isNew) outbox.push(reply);
      if (isNew || drafts.get(reply.conversationId)?.text === reply.text) drafts.delete(reply.conversationId);
    },
    'outbox.takeBack': ({ id }: StoredReply) => {
      const [reply] = outbox.splice(outbox.findIndex((one) => one.id === id), 1);
      if (reply === undefined) throw Object.assign(new Error('gone'), { code: 'not_found' });
      const later = drafts.get(reply.conversationId)?.text;
      const text = later === undefined ? reply.text : `${reply.text}\n${later}`;
      save({ conversationId: reply.conversationId, text, caret: text.length, marks: [] });
      return drafts.get(reply.conversationId);
    },
    'attachment.ofDraft': () => [],
    'suggestion.check': () => [],
  };
  return { drafts, outbox, call: async (path: string, input: unknown): Promise<unknown> => procedures[path]?.(input as never) };
}

/** A line as a socket is one: calls arrive in order, answers take their time, and a cut loses what was not yet answered, carried out or not. */
function flakyLine(backend: ReturnType<typeof createStoredDrafts>) {
  let waiting: Waiting[] = [];
  const answer = async ({ run, done, fail }: Waiting): Promise<void> => {
    try {
      done(await run());
    } catch (error) {
      fail(error);
    }
  };
  const call = (path: readonly string[], input: unknown): Promise<unknown> =>
    new Promise((done, fail) => {
      waiting.push({ run: () => backend.call(path.join('.'), input), done, fail });
    });
  const proxy = (path: readonly string[]): unknown => new Proxy(() => {}, { get: (_target, name) => proxy([...path, String(name)]), apply: (_target, _self, [input]: unknown[]) => call(path, input) });
  return {
    client: proxy([]) as Client,
    async deliver(count: number): Promise<void> {
      for (let left = count; left > 0 && waiting.length > 0; left -= 1) await answer(waiting.shift()!);
    },
    /** The first `carriedOut` calls reach the backend, but no answer comes back for any. */
    async cut(carriedOut: number): Promise<void> {
      const lost = waiting;
      waiting = [];
      for (const { run } of lost.slice(0, carriedOut)) await run().catch(() => {});
      for (const { fail } of lost) fail(new Error('the line was lost'));
    },
  };
}

const ids = [1, 2, 3].map((number) => conversationIdSchema.parse(sampleId('C', number)));
type Step = { kind: 'type' | 'send' | 'incoming' | 'take back' } | { kind: 'switch' | 'deliver' | 'cut' | 'wait'; count: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>({ kind: 'type' }) },
  { weight: 4, arbitrary: fc.constant<Step>({ kind: 'send' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'incoming' }) },
  { weight: 4, arbitrary: fc.nat(2).map((count): Step => ({ kind: 'switch', count })) },
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 30 }).map((count): Step => ({ kind: 'deliver', count })) },
  { weight: 2, arbitrary: fc.nat(12).map((count): Step => ({ kind: 'cut', count })) },
  { weight: 4, arbitrary: fc.constantFrom(1, 350, 900, 2500).map((count): Step => ({ kind: 'wait', count })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'take back' }) },
);

type World = { backend: ReturnType<typeof createStoredDrafts>; line: ReturnType<typeof flakyLine>; composer: ReturnType<typeof createComposerStore>; typed: Map<ConversationId, string[]> };

function typeWord({ composer, typed }: World, conversationId: ConversationId, text: string): void {
  const words = typed.get(conversationId) ?? [];
  const word = `〔${ids.indexOf(conversationId)}.${words.length}〕`;
  typed.set(conversationId, [...words, word]);
  composer.change(text + word, text.length + word.length, false);
}

function takeBackFirst({ backend, composer, line }: World, conversationId: ConversationId | null): void {
  const queued = backend.outbox.find((reply) => reply.conversationId === conversationId);
  if (queued !== undefined) void composer.takeBack(() => line.client.outbox.takeBack({ id: queued.id })).catch(() => {});
}

async function takeStep(world: World, next: Step): Promise<void> {
  const { line, composer } = world;
  const { conversationId, isReady, text } = composer.store.getState();
  switch (next.kind) {
    case 'type':
      if (conversationId !== null && isReady) typeWord(world, conversationId, text);
      return;
    case 'send':
      void composer.send();
      break;
    case 'switch':
      void composer.open(ids[next.count]!);
      break;
    case 'incoming':
      // a message of the customer makes the rep's page move the caret at most
      composer.moveCaret(0);
      break;
    case 'deliver':
      await line.deliver(next.count);
      break;
    case 'cut':
      await line.cut(next.count);
      composer.reconnected();
      break;
    case 'take back':
      takeBackFirst(world, conversationId);
      break;
    case 'wait':
      await vi.advanceTimersByTimeAsync(next.count);
  }
  await vi.advanceTimersByTimeAsync(0);
}

/** Lets everything settle on a sound line. */
async function settle({ line, composer }: World): Promise<void> {
  composer.reconnected();
  for (let round = 0; round < 60; round += 1) {
    await vi.advanceTimersByTimeAsync(400);
    await line.deliver(1000);
  }
}

function newWorld(): World {
  const backend = createStoredDrafts();
  const line = flakyLine(backend);
  let last = 0;
  const composer = createComposerStore(line.client, { now: () => 0, newOutboxId: (): OutboxId => outboxIdSchema.parse(sampleId('X', (last += 1))) });
  return { backend, line, composer, typed: new Map() };
}

const wordsIn = (text: string): string[] => text.match(/〔\d+\.\d+〕/g) ?? [];

test('whatever comes between: a draft never moves, is never lost, is never sent twice (property)', async () => {
  const holds = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 45 }), async (steps) => {
    const world = newWorld();
    void world.composer.open(ids[0]!);
    for (const next of steps) await takeStep(world, next);
    await settle(world);
    const found = new Map<ConversationId, string[]>();
    for (const id of ids) {
      void world.composer.open(id);
      await settle(world);
      const state = world.composer.store.getState();
      expect([state.conversationId, state.isReady]).toEqual([id, true]);
      const sent = world.backend.outbox.filter((entry) => entry.conversationId === id).flatMap((entry) => wordsIn(entry.text));
      found.set(id, [...sent, ...wordsIn(state.text)].toSorted());
      // what is stored is what is shown
      expect(wordsIn(world.backend.drafts.get(id)?.text ?? '')).toEqual(wordsIn(state.text));
    }
    for (const id of ids) expect(found.get(id)).toEqual((world.typed.get(id) ?? []).toSorted());
  });
  await fc.assert(holds, { numRuns: 250 });
}, 60_000);
