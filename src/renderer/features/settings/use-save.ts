import type { Settings } from '../../../shared/contract/app.contract.ts';
import type { CallFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';

/** Saves and tells when it failed; the former setting is shown again by then. */
export function useSave(onSave: (change: Partial<Settings>) => Promise<CallFailure | null>): (change: Partial<Settings>) => void {
  const { toasts } = useShell();
  return (change) => void onSave(change).then((failure) => { if (failure !== null) toasts.problem({ key: failure.code === 'forbidden' ? 'error.forbidden' : 'settings.saveFailed' }, failure.code === 'forbidden' ? null : failure.sentence); });
}
