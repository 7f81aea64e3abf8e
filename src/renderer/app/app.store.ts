import { createStore } from 'zustand/vanilla';
import type { AppStatus, Settings } from '../../shared/contract/app.contract.ts';
import { NO_NOTICE_CHANGES } from '../../shared/contract/desktop.contract.ts';
import type { Job } from '../../shared/contract/job.contract.ts';
import type { JobId } from '../../shared/contract/ids.contract.ts';
import { callFailure, type CallFailure } from '../base/call-failure.ts';
import type { FeedEvent } from '../base/event-feed.ts';
import type { Client, Connection, ConnectionState } from '../connection/connection.ts';

export type Screen = 'desk' | 'today' | 'knowledge' | 'products' | 'import' | 'settings';
export type AppState = {
  connection: ConnectionState;
  status: AppStatus | null;
  settings: Settings;
  jobs: readonly Job[];
  screen: Screen;
  overlay: 'search' | 'palette' | 'keys' | null;
  isRecoveryNoted: boolean;
  /** Which page of Settings is up. */
  settingsPage: string;
  /** The question a macro is to be written for, when the rep came from the Desk. */
  writeFor: string | null;
};
export type AppStore = ReturnType<typeof createAppStore>;

const FIRST_SETTINGS: Settings = { language: 'system', theme: 'system', quietMode: 'full', repName: '', shopName: '', suggestionThreshold: null, idleLockMinutes: 0, notices: NO_NOTICE_CHANGES, updateFeed: null, keys: {}, recentCommands: [] };

/** The shell: status, settings, jobs, which screen is up. */
export function createAppStore(connection: Pick<Connection, 'client' | 'subscribeState'>) {
  const { client } = connection;
  const store = createStore<AppState>(() => ({ connection: 'connecting', status: null, settings: FIRST_SETTINGS, jobs: [], screen: 'desk', overlay: null, isRecoveryNoted: false, settingsPage: 'me', writeFor: null }));
  const readSettings = async (): Promise<void> => {
    store.setState({ settings: await client.settings.get({}) });
    // refused while nobody is at the desk; read again when somebody is
    store.setState({ jobs: await client.job.list({}) });
  };
  const setStatus = (status: AppStatus): void => {
    const wasReady = store.getState().status?.state === 'ready';
    store.setState({ status });
    if (status.state === 'ready' && !wasReady) void readSettings().catch(() => {});
  };
  const refresh = async (): Promise<void> => {
    try {
      setStatus(await client.app.status({}));
      if (store.getState().status?.state === 'ready') await readSettings();
    } catch {
      // The connection notice stands; the next opening of the feed reads again.
    }
  };
  return {
    store,
    start: () => connection.subscribeState((state) => store.setState({ connection: state })),
    receive(event: FeedEvent) {
      if (event.type === 'feed.opened') void refresh();
      else if (event.type === 'app.changed') setStatus(event.status);
      else if (event.type === 'settings.changed') store.setState({ settings: event.settings });
      else if (event.type === 'job.changed') store.setState(({ jobs }) => ({ jobs: [event.job, ...jobs.filter(({ id }) => id !== event.job.id)].toSorted((a, b) => b.startedAt - a.startedAt) }));
    },
    refresh,
    setStatus,
    goTo: (screen: Screen) => store.setState({ screen, overlay: null }),
    writeFor: (writeFor: string | null) => store.setState(writeFor === null ? { writeFor } : { writeFor, screen: 'knowledge' }),
    show: (overlay: AppState['overlay']) => store.setState({ overlay }),
    openSettings: (settingsPage: string) => store.setState({ screen: 'settings', overlay: null, settingsPage }),
    noteRecovery: () => store.setState({ isRecoveryNoted: true }),
    ...lockActions(client, setStatus),
    /** Shows the setting at once; on failure the former one returns. */
    async saveSettings(change: Partial<Settings>): Promise<CallFailure | null> {
      const before = store.getState().settings;
      store.setState({ settings: { ...before, ...change } });
      try {
        store.setState({ settings: await client.settings.set(change) });
        return null;
      } catch (error) {
        store.setState({ settings: before });
        return callFailure(error);
      }
    },
    async cancelJob(id: JobId) {
      await client.job.cancel({ id });
    },
  };
}

function lockActions(client: Client, setStatus: (status: AppStatus) => void) {
  return {
    async unlock(secret: { passphrase: string } | { code: string }): Promise<CallFailure | null> {
      try {
        setStatus(await ('code' in secret ? client.app.unlockWithRecoveryCode(secret) : client.app.unlock(secret)));
        return null;
      } catch (error) {
        return callFailure(error);
      }
    },
    async lock() {
      setStatus(await client.app.lock({}));
    },
  };
}
