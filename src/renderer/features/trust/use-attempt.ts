import { useState } from 'react';
import { callFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';

/** One call at a time: whether it runs, and what went wrong in one sentence of the reader's language, with the backend's own beside it. */
export function useAttempt(): { isBusy: boolean; problem: string | null; attempt: (work: () => Promise<unknown>) => void } {
  const { t } = useTexts();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = (work: () => Promise<unknown>): void => {
    if (isBusy) return;
    setIsBusy(true);
    setProblem(null);
    work().catch((error: unknown) => setProblem(t(`error.${callFailure(error).code}`))).finally(() => setIsBusy(false));
  };
  return { isBusy, problem, attempt };
}
