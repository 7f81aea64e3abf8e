import { useNow } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import type { EntryProblem } from './session.store.ts';

/** Why the desk did not open; counts down while nothing may be tried. Takes its line up even when empty, so that nothing jumps. */
export function EntryNote({ problem }: { problem: EntryProblem }) {
  const { t, formats } = useTexts();
  const nowMs = useNow();
  const words = (): string => {
    if (problem === null) return '';
    if (problem.kind === 'failed') return problem.failure.sentence ?? t(`error.${problem.failure.code}`);
    if (problem.kind === 'wrong' || problem.retryAt <= nowMs) return t('signIn.wrong');
    return t('signIn.wait', { duration: formats.duration(problem.retryAt - nowMs) });
  };
  return <p role="alert" className="min-h-5 text-high">{words()}</p>;
}

/** True while tries are refused anyway. */
export function useIsWaiting(problem: EntryProblem): boolean {
  const nowMs = useNow();
  return problem?.kind === 'wait' && problem.retryAt > nowMs;
}
