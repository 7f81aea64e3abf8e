import type { CustomerId } from '../../shared/contract/ids.contract.ts';
import { DeskmateError } from '../platform/errors.ts';
export function createEraseService(_deps: unknown) {
  return {
    preview: (_customer: string): never => { throw new DeskmateError('internal', 'x'); },
    erase: (_id: CustomerId): never => { throw new DeskmateError('internal', 'x'); },
  };
}
