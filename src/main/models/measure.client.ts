import { DeskmateError } from '../platform/errors.ts';
import { callPort } from '../platform/port-call.ts';
import type { Fork } from '../platform/port.ts';
import type { MeasureHandlers, MeasureRequest } from './measure-folder.ts';
import type { ModelMeasure } from './measure-model.ts';

/** How a model that nobody has run before is measured. */
export type MeasureFolder = (request: MeasureRequest, signal?: AbortSignal) => Promise<ModelMeasure>;

/**
 * Measures in a process of its own: a file that brings the native runtime down brings nothing else down. It is ended when the signal fires.
 * @throws DeskmateError cancelled; file_refused when the process dies; or what the measuring throws.
 */
export function createMeasurer(fork: Fork): MeasureFolder {
  return async (request, signal) => {
    const child = fork('measure', { env: { DESKMATE_PASSPHRASE: '', NODE_OPTIONS: '' } });
    const caller = callPort<MeasureHandlers>(child.port);
    const cancel = () => {
      caller.close(new DeskmateError('cancelled', 'Adding the model was cancelled.'));
      child.kill();
    };
    child.onExit(() => caller.close(new DeskmateError('file_refused', 'The model stopped the program that tried it, so it was not added. Choose another model.')));
    signal?.addEventListener('abort', cancel);
    try {
      return await caller.call('measure', request);
    } finally {
      signal?.removeEventListener('abort', cancel);
      child.kill();
    }
  };
}
