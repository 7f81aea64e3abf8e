import { createStore } from 'zustand/vanilla';
import type { Channel } from '../../../shared/contract/app.contract.ts';
import type { ChannelId } from '../../../shared/contract/ids.contract.ts';
import type { ImportKind, ImportOptions, ImportPreview } from '../../../shared/contract/import.contract.ts';
import { callFailure, type CallFailure } from '../../base/call-failure.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { FeedEvent } from '../../base/event-feed.ts';
import type { Client } from '../../connection/connection.ts';

export type ImportDraft = { path: string; kind: ImportKind | null; mapping: Record<string, string>; sheet: string | null; preview: ImportPreview };
export type ImportState = {
  step: { kind: 'choosing' } | { kind: 'reading'; path: string } | { kind: 'failed'; path: string; failure: CallFailure } | { kind: 'preview'; draft: ImportDraft; isBusy: boolean; failure: CallFailure | null };
  channels: readonly Channel[];
  channelFailure: CallFailure | null;
};
export type ImportStore = ReturnType<typeof createImportStore>;

/** One file on its way in, and the channels. */
export function createImportStore(client: Client) {
  const store = createStore<ImportState>(() => ({ step: { kind: 'choosing' }, channels: [], channelFailure: null }));
  const readChannels = coalesce(async () => {
    await client.channel.list({}).then((channels) => store.setState({ channels }), () => {});
  }, 150);
  const attemptChannel = async (run: () => Promise<Channel>): Promise<void> => {
    try {
      const channel = await run();
      store.setState(({ channels }) => ({ channelFailure: null, channels: [channel, ...channels.filter(({ id }) => id !== channel.id)] }));
    } catch (error) {
      store.setState({ channelFailure: callFailure(error) });
    }
    readChannels();
  };
  return {
    store,
    receive(event: FeedEvent) {
      if (event.type === 'feed.opened' || event.type === 'data.changed' || event.type === 'conversation.changed' || event.type === 'message.received') readChannels();
    },
    readChannels,
    reset: () => store.setState({ step: { kind: 'choosing' } }),
    startReplay: (input: { path?: string; speed: number; limit: number }) => attemptChannel(() => client.channel.startReplay(input)),
    startDemo: (input: Parameters<Client['channel']['startDemo']>[0]) => attemptChannel(() => client.channel.startDemo(input)),
    watchFile: (path: string) => attemptChannel(() => client.channel.addFile({ path })),
    stopChannel: (channelId: ChannelId) => attemptChannel(() => client.channel.stop({ channelId })),
    ...previewActions(client, store),
  };
}

type Store = { getState(): ImportState; setState(change: Partial<ImportState>): void };

export function optionsOf({ mapping, sheet, preview }: ImportDraft): ImportOptions {
  return { zoneOffsetMinutes: 480, ...(preview.columns.length > 0 ? { mapping } : {}), ...(sheet === null ? {} : { sheet }) };
}

function previewActions(client: Client, store: Store) {
  const draftNow = (): ImportDraft | null => {
    const { step } = store.getState();
    return step.kind === 'preview' ? step.draft : null;
  };
  /** Reads the preview again for another kind or sheet; the former preview stays on screen meanwhile. */
  const readAgain = async (change: { kind?: ImportKind; sheet?: string }): Promise<void> => {
    const draft = draftNow();
    if (draft === null) return;
    const kind = change.kind ?? draft.kind;
    const sheet = change.sheet ?? draft.sheet;
    store.setState({ step: { kind: 'preview', draft: { ...draft, kind, sheet }, isBusy: true, failure: null } });
    try {
      const preview = await client.import.preview({ path: draft.path, ...(kind === null ? {} : { kind }), ...(sheet === null ? {} : { options: { sheet } }) });
      if (draftNow()?.path === draft.path) store.setState({ step: { kind: 'preview', draft: { path: draft.path, kind: kind ?? preview.kind, sheet, mapping: preview.suggestedMapping, preview }, isBusy: false, failure: null } });
    } catch (error) {
      store.setState({ step: { kind: 'preview', draft, isBusy: false, failure: callFailure(error) } });
    }
  };
  return {
    async preview(path: string) {
      store.setState({ step: { kind: 'reading', path } });
      try {
        const preview = await client.import.preview({ path });
        const draft: ImportDraft = { path, kind: preview.kind, mapping: preview.suggestedMapping, sheet: preview.sheets[0] ?? null, preview };
        store.setState({ step: { kind: 'preview', draft, isBusy: false, failure: null } });
      } catch (error) {
        store.setState({ step: { kind: 'failed', path, failure: callFailure(error) } });
      }
    },
    chooseKind: (kind: ImportKind) => readAgain({ kind }),
    chooseSheet: (sheet: string) => readAgain({ sheet }),
    /** `field` null leaves the column out; a field taken by another column moves here. */
    mapColumn(column: string, field: string | null) {
      const draft = draftNow();
      if (draft === null) return;
      const mapping = Object.fromEntries(Object.entries(draft.mapping).filter(([name, taken]) => name !== column && taken !== field));
      store.setState({ step: { kind: 'preview', draft: { ...draft, mapping: field === null ? mapping : { ...mapping, [column]: field } }, isBusy: false, failure: null } });
    },
    async start(): Promise<void> {
      const draft = draftNow();
      if (draft === null || draft.kind === null) return;
      store.setState({ step: { kind: 'preview', draft, isBusy: true, failure: null } });
      try {
        await client.import.start({ path: draft.path, kind: draft.kind, options: optionsOf(draft) });
        store.setState({ step: { kind: 'choosing' } });
      } catch (error) {
        store.setState({ step: { kind: 'preview', draft, isBusy: false, failure: callFailure(error) } });
      }
    },
  };
}

/** Required fields that no column gives yet. */
export function missingFields({ mapping, preview }: ImportDraft): string[] {
  const given = new Set(Object.values(mapping));
  return preview.columns.length === 0 ? [] : preview.fields.filter(({ name, isRequired }) => isRequired && !given.has(name)).map(({ name }) => name);
}
