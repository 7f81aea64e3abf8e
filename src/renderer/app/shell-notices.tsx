import { useStore } from 'zustand';
import { useTexts } from '../base/texts.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import type { AppStore } from './app.store.ts';

/** One line each: the connection, the engine, what an unclean stop left behind. */
export function ShellNotices({ app }: { app: AppStore }) {
  const { t } = useTexts();
  const { connection, status, isRecoveryNoted } = useStore(app.store);
  const recovery = status?.recovery;
  const engineState = status?.engine.state;
  return (
    <>
      {connection === 'lost' && <Notice tone="problem">{t('notice.lost')}</Notice>}
      {connection !== 'lost' && (engineState === 'down' || engineState === 'restarting') && (
        <Notice tone="watch" actions={<Button size="compact" onClick={() => app.openSettings('health')}>{t('notice.settings')}</Button>}>{t('notice.engineDown')}</Notice>
      )}
      {recovery?.wasUnclean === true && !isRecoveryNoted && (
        <Notice tone="info" actions={<Button size="compact" onClick={app.noteRecovery}>{t('notice.dismiss')}</Button>}>
          {t('notice.recovered')}
          {recovery.unknownReplyCount > 0 && ` ${t('notice.recoveredReplies', { count: recovery.unknownReplyCount })}`}
          {recovery.interruptedJobCount > 0 && ` ${t('notice.recoveredJobs', { count: recovery.interruptedJobCount })}`}
        </Notice>
      )}
    </>
  );
}
