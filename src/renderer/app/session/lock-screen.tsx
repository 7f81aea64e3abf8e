import { useState } from 'react';
import type { Rep, Session } from '../../../shared/contract/access.contract.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { RepBadge } from '../../ui/rep-badge.tsx';
import { Gate } from '../gate-screens.tsx';
import { EntryNote, useIsWaiting } from './entry-problem.tsx';
import type { EntryProblem, SessionStore } from './session.store.ts';

/** Covers the screen: nothing of the shop is in the document behind it. */
export function LockScreen({ sessions, session, rep }: { sessions: SessionStore; session: Session; rep: Rep }) {
  const { t } = useTexts();
  const isBare = !rep.hasPin && !session.canUsePassphrase;
  return (
    <Gate title={t('lock.title')}>
      <div className="flex items-center gap-3">
        <RepBadge rep={rep} size="large" />
        <div className="min-w-0">
          <p className="truncate font-semibold">{rep.name === '' ? t('people.unnamed') : rep.name}</p>
          <p className="text-ink-2">{t('lock.body')}</p>
        </div>
      </div>
      {isBare ? <BareLock sessions={sessions} /> : <LockForm sessions={sessions} session={session} rep={rep} />}
      {session.reps.length > 1 && <div><Button tone="ghost" className="-ml-3" onClick={() => void sessions.signOut().catch(() => {})}>{t('lock.switch')}</Button></div>}
    </Gate>
  );
}

function BareLock({ sessions }: { sessions: SessionStore }) {
  const { t } = useTexts();
  const [problem, setProblem] = useState<EntryProblem>(null);
  return (
    <>
      <p className="text-ink-2">{t('lock.noPin')}</p>
      <EntryNote problem={problem} />
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing to do here */}
      <div><Button tone="primary" autoFocus onClick={() => void sessions.unlock({ pin: null, passphrase: null }).then(setProblem)}>{t('lock.continue')}</Button></div>
    </>
  );
}

function LockForm({ sessions, session, rep }: { sessions: SessionStore; session: Session; rep: Rep }) {
  const { t } = useTexts();
  const [isPin, setIsPin] = useState(rep.hasPin);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<EntryProblem>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isWaiting = useIsWaiting(problem) && isPin;
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    const failed = await sessions.unlock(isPin ? { pin: secret, passphrase: null } : { pin: null, passphrase: secret });
    setIsBusy(false);
    setProblem(failed);
    setSecret('');
  };
  const swap = (): void => {
    setIsPin(!isPin);
    setSecret('');
    setProblem(null);
  };
  return (
    <form className="flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); if (secret !== '' && !isBusy && !isWaiting) void submit(); }}>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of the screen */}
      <TextField key={String(isPin)} autoFocus label={isPin ? t('signIn.pin', { name: rep.name === '' ? t('people.unnamed') : rep.name }) : t('unlock.passphrase')} type="password" inputMode={isPin ? 'numeric' : 'text'} autoComplete="off" value={secret} onChange={(event) => { setSecret(event.target.value); if (problem?.kind === 'wrong') setProblem(null); }} />
      <EntryNote problem={problem} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" tone="primary" disabled={secret === '' || isBusy || isWaiting}>{t('lock.open')}</Button>
        {rep.hasPin && session.canUsePassphrase && <Button tone="ghost" onClick={swap}>{t(isPin ? 'lock.usePassphrase' : 'lock.usePin')}</Button>}
      </div>
    </form>
  );
}
