import { useState, type ReactNode } from 'react';
import type { AppStatus } from '../../shared/contract/app.contract.ts';
import type { CallFailure } from '../base/call-failure.ts';
import { useTexts } from '../base/texts.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import type { AppStore } from './app.store.ts';

/** A narrow sheet in the middle of an otherwise empty window. */
export function Gate({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTexts();
  return (
    <main id="main" className="flex h-full items-center justify-center p-6">
      <div className="flex w-96 max-w-full flex-col gap-3 rounded border border-line bg-surface p-6">
        <p className="text-meta text-ink-3">{t('app.name')}</p>
        <h1 className="text-title font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  );
}

export function OpeningScreen() {
  const { t } = useTexts();
  return (
    <main id="main" className="flex h-full items-center justify-center">
      <p role="status" className="text-ink-3">{t('app.loading')}</p>
    </main>
  );
}

/** The store is encrypted and closed: asks for the passphrase or the recovery code. */
export function UnlockScreen({ app }: { app: AppStore }) {
  const { t } = useTexts();
  const [secret, setSecret] = useState('');
  const [isRecovery, setIsRecovery] = useState(false);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    const failed = await app.unlock(isRecovery ? { code: secret.trim() } : { passphrase: secret });
    setIsBusy(false);
    setFailure(failed);
  };
  const isWrong = failure?.code === 'wrong_key' || failure?.code === 'bad_request';
  const problem = failure === null ? null : t(isWrong ? 'unlock.wrong' : `error.${failure.code}`);
  return (
    <Gate title={t('unlock.title')}>
      <p className="text-ink-2">{t('unlock.body')}</p>
      <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <TextField key={String(isRecovery)} label={t(isRecovery ? 'unlock.recovery' : 'unlock.passphrase')} type={isRecovery ? 'text' : 'password'} autoComplete="off" value={secret} onChange={(event) => { setSecret(event.target.value); setFailure(null); }} problem={problem} />
        <div className="flex items-center gap-2">
          <Button type="submit" tone="primary" disabled={secret === '' || isBusy}>{t(isBusy ? 'unlock.opening' : 'unlock.open')}</Button>
          <Button tone="ghost" onClick={() => { setIsRecovery(!isRecovery); setSecret(''); setFailure(null); }}>{t(isRecovery ? 'unlock.usePassphrase' : 'unlock.useRecovery')}</Button>
        </div>
      </form>
    </Gate>
  );
}

export function FailedScreen({ status, onRetry }: { status: AppStatus; onRetry: () => void }) {
  const { t } = useTexts();
  return (
    <Gate title={t('failed.title')}>
      {status.problem !== null && <p role="alert" className="text-high">{status.problem}</p>}
      <p className="text-ink-2">{t('failed.kept')} <code className="break-all">{status.storeDir}</code></p>
      <p className="text-ink-2">{t(status.problemCode === 'part_missing' ? 'failed.reinstall' : 'failed.todo')}</p>
      <div><Button tone="primary" onClick={onRetry}>{t('action.retry')}</Button></div>
    </Gate>
  );
}
