/** A small app over the real contract, for what hosts must do whatever the app is. */
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/websocket';
import type { AppEvent, Settings } from '../../src/shared/contract/app.contract.ts';
import { settingsSchema } from '../../src/shared/contract/app.contract.ts';
import { customerIdSchema } from '../../src/shared/contract/ids.contract.ts';
import { contract } from '../../src/shared/contract/contract.ts';
import type { AppOptions } from '../../src/main/app/app.types.ts';
import { servePage } from '../../src/main/app/page-port.ts';
import { callPort } from '../../src/main/platform/port-call.ts';
import type { Port } from '../../src/main/platform/port.ts';

export function createFixtureApp(options: AppOptions) {
  let settings: Settings = settingsSchema.parse({});
  const listeners = new Set<(event: AppEvent) => void>();
  const api = implement(contract);
  const router = {
    settings: {
      get: api.settings.get.handler(() => settings),
      set: api.settings.set.handler(({ input }) => {
        settings = { ...settings, ...(input as Partial<Settings>) };
        for (const listener of listeners) listener({ type: 'settings.changed', settings });
        return settings;
      }),
    },
    app: {
      events: api.app.events.handler(async function* ({ signal }) {
        const queue: AppEvent[] = [];
        let wake = () => {};
        const listener = (event: AppEvent) => {
          queue.push(event);
          wake();
        };
        listeners.add(listener);
        signal?.addEventListener('abort', () => wake());
        try {
          while (signal?.aborted !== true) {
            const next = queue.shift();
            if (next !== undefined) yield next;
            else await new Promise<void>((done) => (wake = done));
          }
        } finally {
          listeners.delete(listener);
        }
      }),
    },
    draft: {
      // answers how many event streams are being read, to see that a cancelled one has ended
      get: api.draft.get.handler(({ input }) => ({ conversationId: input.conversationId, text: String(listeners.size), caret: 0, marks: [], updatedAt: 0 })),
    },
    customer: {
      // a secret sealed and opened again by the host
      erasePreview: api.customer.erasePreview.handler(async () => {
        const opened = await options.secretBox?.decrypt(await options.secretBox.encrypt(Buffer.from('key')));
        return { customerId: customerIdSchema.parse('0'.repeat(26)), externalId: '', name: opened?.toString() ?? 'no keychain', counts: {} };
      }),
    },
    search: {
      // the engine answers over a port of its own
      query: api.search.query.handler(async ({ input }) => {
        const engine = options.fork('engine');
        const text = await callPort<{ echo: (text: string) => string }>(engine.port).call('echo', input.text);
        const exited = new Promise((done) => engine.onExit(done));
        engine.kill();
        await exited;
        return { hits: [{ kind: 'macro' as const, id: '1', text, title: '', score: 1, source: '', conversationId: null, updatedAt: null, matchedWords: [] }], isWordsOnly: true };
      }),
    },
  };
  const handler = new RPCHandler(router);
  return { connect: (port: Port) => servePage(handler, port, {}), close: async () => {} };
}
