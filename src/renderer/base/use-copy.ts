import { useShell } from './shell-context.tsx';

/** Copies text and says so. */
export function useCopy(): (text: string) => void {
  const { toasts } = useShell();
  return (text) =>
    void navigator.clipboard.writeText(text).then(
      () => toasts.show({ key: 'action.copied' }),
      () => toasts.problem({ key: 'toast.copyFailed' }),
    );
}
