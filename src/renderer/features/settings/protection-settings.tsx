import { useState } from 'react';
import type { AppStatus } from '../../../shared/contract/app.contract.ts';
import { callFailure } from '../../base/call-failure.ts';
import { useShell } from '../../base/shell-context.tsx';
import { useTexts } from '../../base/texts.tsx';
import { useCopy } from '../../base/use-copy.ts';
import type { Client } from '../../connection/connection.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';

const MIN_LENGTH = 8;
const SHAPES = { file: ['△', 'text-mid'], passphrase: ['✓', 'text-ok'], keychain: ['✓', 'text-ok'] } as const;

/** How the store's key is kept, what that means, and how to keep it better. */
export function ProtectionSettings({ client, status, onStatus, isAllowed }: { client: Client; status: AppStatus; onStatus: (status: AppStatus) => void; isAllowed: boolean }) {
  const { t } = useTexts();
  const { toasts } = useShell();
  const [form, setForm] = useState<'passphrase' | 'keychain' | null>(null);
  const [recoveryCode, setRecoveryCode] = useState<string | null>(null);
  const protection = status.keyProtection;
  const [shape, colour] = protection === null ? ['△', 'text-mid'] : SHAPES[protection];
  const attempt = (run: () => Promise<AppStatus>): void =>
    void run().then(onStatus, (error: unknown) => toasts.problem({ key: `error.${callFailure(error).code}` }));
  const onDone = (code: string): void => {
    setRecoveryCode(code);
    setForm(null);
    void client.app.status({}).then(onStatus, () => {});
  };
  return (
    <>
      <p><span aria-hidden className={colour}>{shape} </span>{t(`settings.key.${protection ?? 'unknown'}`)}</p>
      {recoveryCode !== null && <RecoveryCode code={recoveryCode} onKept={() => setRecoveryCode(null)} />}
      {form === 'passphrase' && <PassphraseForm client={client} hasCurrent={protection === 'passphrase'} onDone={onDone} onCancel={() => setForm(null)} />}
      {form === 'keychain' && <KeychainForm onSubmit={(passphrase) => { setForm(null); attempt(() => client.app.useKeychain({ passphrase })); }} onCancel={() => setForm(null)} />}
      {form === null && (
        <div className="flex flex-wrap gap-2">
          <Button disabled={!isAllowed} onClick={() => setForm('passphrase')}>{t(protection === 'passphrase' ? 'settings.changePassphrase' : 'settings.setPassphrase')}</Button>
          {status.isKeychainAvailable && protection !== 'keychain' && <Button disabled={!isAllowed} onClick={() => (protection === 'passphrase' ? setForm('keychain') : attempt(() => client.app.useKeychain({})))}>{t('settings.useKeychain')}</Button>}
          {protection === 'passphrase' && <Button onClick={() => attempt(() => client.app.lock({}))}>{t('settings.lockNow')}</Button>}
        </div>
      )}
    </>
  );
}

function RecoveryCode({ code, onKept }: { code: string; onKept: () => void }) {
  const { t } = useTexts();
  const copy = useCopy();
  return (
    <div role="alert" className="flex flex-col gap-2 rounded border border-control bg-mid-tint p-3">
      <p className="font-semibold text-mid">{t('settings.recoveryTitle')}</p>
      <code className="text-title tracking-wider break-all select-all">{code}</code>
      <p>{t('settings.recoveryBody')}</p>
      <div className="flex gap-2">
        <Button onClick={() => copy(code)}>{t('action.copy')}</Button>
        <Button tone="primary" onClick={onKept}>{t('settings.recoveryKept')}</Button>
      </div>
    </div>
  );
}

function PassphraseForm({ client, hasCurrent, onDone, onCancel }: { client: Client; hasCurrent: boolean; onDone: (recoveryCode: string) => void; onCancel: () => void }) {
  const { t } = useTexts();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    setProblem(null);
    try {
      onDone((await client.app.setPassphrase({ current: hasCurrent ? current : null, next })).recoveryCode);
    } catch (error) {
      setProblem(t(`error.${callFailure(error).code}`));
    } finally {
      setIsBusy(false);
    }
  };
  const isReady = next.length >= MIN_LENGTH && next === again && (!hasCurrent || current !== '');
  return (
    <form className="flex max-w-96 flex-col gap-3" onSubmit={(event) => { event.preventDefault(); if (isReady) void submit(); }}>
      {hasCurrent && <TextField label={t('settings.currentPassphrase')} type="password" autoComplete="off" value={current} onChange={(event) => setCurrent(event.target.value)} />}
      <TextField label={t('settings.newPassphrase')} type="password" autoComplete="new-password" value={next} onChange={(event) => setNext(event.target.value)} problem={next !== '' && next.length < MIN_LENGTH ? t('settings.passphraseShort') : null} />
      <TextField label={t('settings.repeatPassphrase')} type="password" autoComplete="new-password" value={again} onChange={(event) => setAgain(event.target.value)} problem={again !== '' && again !== next ? t('settings.passphraseDiffers') : null} />
      {problem !== null && <p role="alert" className="text-high">{problem}</p>}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" disabled={!isReady || isBusy}>{t('action.save')}</Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}

/** The passphrase is asked for once more before the keychain takes over from it. */
function KeychainForm({ onSubmit, onCancel }: { onSubmit: (passphrase: string) => void; onCancel: () => void }) {
  const { t } = useTexts();
  const [current, setCurrent] = useState('');
  return (
    <form className="flex max-w-96 flex-col gap-3" onSubmit={(event) => { event.preventDefault(); onSubmit(current); }}>
      <TextField label={t('settings.currentPassphrase')} type="password" autoComplete="off" value={current} onChange={(event) => setCurrent(event.target.value)} />
      <div className="flex gap-2">
        <Button type="submit" tone="primary" disabled={current === ''}>{t('settings.useKeychain')}</Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
