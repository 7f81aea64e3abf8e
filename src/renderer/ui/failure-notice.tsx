import { clsx } from 'clsx';
import type { CallFailure } from '../base/call-failure.ts';
import { useTexts } from '../base/texts.tsx';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** A failed read in place: what happened and was kept, the backend's own sentence, and a way to try again. `isFlush`: where the place around it keeps its own distance. */
export function FailureNotice({ text, failure, onRetry, isFlush = false }: { text: string; failure: CallFailure; onRetry?: () => void; isFlush?: boolean }) {
  const { t } = useTexts();
  return (
    <Notice tone="problem" className={clsx('rounded', !isFlush && 'm-3')} actions={onRetry && <Button size="compact" onClick={onRetry}>{t('action.retry')}</Button>}>
      {text} {failure.sentence ?? t(`error.${failure.code}`)}
    </Notice>
  );
}
