import { useState } from 'react';
import type { AppStatus } from '../../../shared/contract/app.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useTexts } from '../../base/texts.tsx';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';

type BackupState = { kind: 'idle' } | { kind: 'running' } | { kind: 'done'; path: string; bytes: number; openedBy: 'passphrase' | 'this_computer' | 'anyone' | 'key_file' } | { kind: 'failed'; sentence: string };

/** Where the store lies, what is in it, and a copy of it. */
export function StoreSettings({ client, status, isAllowed }: { client: Client; status: AppStatus; isAllowed: boolean }) {
  const { t, formats } = useTexts();
  const [backup, setBackup] = useState<BackupState>({ kind: 'idle' });
  const run = async (): Promise<void> => {
    setBackup({ kind: 'running' });
    try {
      setBackup({ kind: 'done', ...(await client.app.backup({})) });
    } catch (error) {
      const { code, sentence } = callFailure(error);
      setBackup({ kind: 'failed', sentence: sentence ?? t(`error.${code}`) });
    }
  };
  const counts = Object.fromEntries(Object.entries(status.counts).map(([name, count]) => [name, formats.number(count)]));
  return (
    <>
      <p className="text-ink-2">{t('settings.localOnly')} · {t('settings.storeDir')}{t('warning.colon')}<code className="break-all">{status.storeDir}</code></p>
      <p className="text-ink-2">{t('settings.counts', counts)}</p>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => void run()} disabled={backup.kind === 'running' || !isAllowed}>{t(backup.kind === 'running' ? 'settings.backupRunning' : 'settings.backup')}</Button>
        <span className="text-meta text-ink-3">{t('settings.backupHelp')}</span>
      </div>
      <p role="status" className="break-all empty:hidden">
        {backup.kind === 'done' && <span className="text-ok">✓ {t('settings.backupDone', { path: backup.path, size: formats.bytes(backup.bytes) })} · {t(`settings.openedBy.${backup.openedBy}`)}</span>}
        {backup.kind === 'failed' && <span className="text-high">▲ {backup.sentence}</span>}
      </p>
    </>
  );
}
