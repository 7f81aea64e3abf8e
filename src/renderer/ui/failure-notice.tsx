import type { CallFailure } from '../base/call-failure.ts';
import { useTexts } from '../base/texts.tsx';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** A failed read in place: what happened and was kept, the backend's own sentence, and a way to try again. */
export function FailureNotice({ text, failure, onRetry }: { text: string; failure: CallFailure; onRetry?: () => void }) {
  const { t } = useTexts();
  return (
    <Notice tone="problem" className="m-3 rounded" actions={onRetry && <Button size="compact" onClick={onRetry}>{t('action.retry')}</Button>}>
      {text} {failure.sentence ?? t(`error.${failure.code}`)}
    </Notice>
  );
}
