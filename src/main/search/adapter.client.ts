import { DeskmateError } from '../platform/errors.ts';
import { callPort, servePort } from '../platform/port-call.ts';
import type { Fork } from '../platform/port.ts';
import type { AdapterHandlers, AdapterListenerHandlers, AdaptReply, AdaptRequest } from './adapter-server.ts';

/** The table, two moments of it and the pairs take some 150 MB; a heap that grows beyond this is a fault. */
const FLAGS = ['--max-old-space-size=768'];

/** `onSources` is told once whose words are learned from. */
type AdapterTold = { onProgress: (doneSteps: number) => void; onSources: (conversationIds: readonly string[]) => void };

/**
 * One training in a process of its own, which is ended when the signal fires.
 * @throws DeskmateError cancelled; engine_down when the process dies; or what the training throws.
 */
export async function runAdapter(fork: Fork, request: AdaptRequest, { onProgress, onSources }: AdapterTold, signal: AbortSignal): Promise<AdaptReply> {
  signal.throwIfAborted();
  const child = fork('adapter', { execArgv: FLAGS, env: { DESKMATE_PASSPHRASE: '', NODE_OPTIONS: '' } });
  const caller = callPort<AdapterHandlers>(child.port);
  const listener: AdapterListenerHandlers = { progressed: ({ doneSteps }) => onProgress(doneSteps), learnsFrom: ({ conversationIds }) => onSources(conversationIds) };
  servePort(child.port, listener);
  const cancel = () => {
    caller.close(new DeskmateError('cancelled', 'The learning was cancelled.'));
    child.kill();
  };
  child.onExit(() => caller.close(new DeskmateError('engine_down', 'The part that learns the words of the shop stopped; nothing was changed.', { retryable: true })));
  signal.addEventListener('abort', cancel);
  try {
    return await caller.call('adapt', request);
  } finally {
    signal.removeEventListener('abort', cancel);
    child.kill();
  }
}
