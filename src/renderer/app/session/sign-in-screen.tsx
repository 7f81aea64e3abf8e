import { clsx } from 'clsx';
import { LockKeyhole } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { Rep, Session } from '../../../shared/contract/access.contract.ts';
import { isComposingKey } from '../../base/keys.ts';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { RepBadge } from '../../ui/rep-badge.tsx';
import { Gate } from '../gate-screens.tsx';
import { EntryNote, useIsWaiting } from './entry-problem.tsx';
import type { EntryProblem, SessionStore } from './session.store.ts';

/** Who is at the desk: by name and, where there is one, PIN. */
export function SignInScreen({ sessions, session }: { sessions: SessionStore; session: Session }) {
  const { t } = useTexts();
  const only = session.reps.length === 1 ? session.reps[0] : undefined;
  const [picked, setPicked] = useState<Rep | null>(only?.hasPin === true ? only : null);
  const [problem, setProblem] = useState<EntryProblem>(null);
  const pick = (rep: Rep): void => {
    setProblem(null);
    if (rep.hasPin) setPicked(rep);
    else void sessions.signIn(rep.id, null).then(setProblem);
  };
  return (
    <Gate title={t('signIn.title')}>
      {picked === null ? (
        <>
          <RepPicker reps={session.reps} onPick={pick} />
          <EntryNote problem={problem} />
        </>
      ) : <PinForm sessions={sessions} rep={picked} onOther={only === undefined ? () => setPicked(null) : null} />}
    </Gate>
  );
}

/** Type to filter, arrows to choose, Enter to take. */
function RepPicker({ reps, onPick }: { reps: readonly Rep[]; onPick: (rep: Rep) => void }) {
  const { t } = useTexts();
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const nameOf = (rep: Rep): string => (rep.name === '' ? t('people.unnamed') : rep.name);
  const shown = reps.filter((rep) => nameOf(rep).toLowerCase().includes(query.trim().toLowerCase()));
  const active = Math.min(index, shown.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposingKey(event.nativeEvent)) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const rep = shown[active];
    if (step !== 0 && shown.length > 0) setIndex((active + step + shown.length) % shown.length);
    else if (event.key === 'Enter' && rep !== undefined) onPick(rep);
    else return;
    event.preventDefault();
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of the screen */}
      <TextField autoFocus label={t('signIn.filter')} role="combobox" aria-expanded aria-controls="sign-in-reps" aria-activedescendant={shown[active] === undefined ? undefined : `sign-in-${shown[active].id}`} autoComplete="off" value={query} onChange={(event) => { setQuery(event.target.value); setIndex(0); }} onKeyDown={onKeyDown} help={t('signIn.help')} />
      <div id="sign-in-reps" role="listbox" aria-label={t('signIn.list')} className="quiet-scroll -mx-2 flex max-h-72 flex-col overflow-y-auto">
        {shown.map((rep, place) => (
          // The keys are the combobox's; a pointer may also click.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- see above
          <div key={rep.id} id={`sign-in-${rep.id}`} role="option" tabIndex={-1} aria-selected={place === active} onClick={() => onPick(rep)} className={clsx('flex h-9 shrink-0 items-center gap-3 rounded px-2', place === active ? 'bg-accent-tint' : 'hover:bg-raised')}>
            <RepBadge rep={rep} />
            <span className="min-w-0 flex-1 truncate">{nameOf(rep)}</span>
            {rep.hasPin && <span title={t('signIn.hasPin')} className="text-ink-3"><LockKeyhole size={14} aria-hidden /><span className="sr-only">{t('signIn.hasPin')}</span></span>}
            <span className="text-meta text-ink-3">{t(`people.role.${rep.role}`)}</span>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p role="status" className="text-ink-3">{t('signIn.none')}</p>}
    </>
  );
}

function PinForm({ sessions, rep, onOther }: { sessions: SessionStore; rep: Rep; onOther: (() => void) | null }) {
  const { t } = useTexts();
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<EntryProblem>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isWaiting = useIsWaiting(problem);
  const name = rep.name === '' ? t('people.unnamed') : rep.name;
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    const failed = await sessions.signIn(rep.id, pin);
    setIsBusy(false);
    setProblem(failed);
    setPin('');
  };
  return (
    <form className="flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); if (pin !== '' && !isBusy && !isWaiting) void submit(); }}>
      <div className="flex items-center gap-3"><RepBadge rep={rep} size="large" /><p className="truncate font-semibold">{name}</p></div>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the one field of the screen */}
      <TextField autoFocus label={t('signIn.pin', { name })} type="password" inputMode="numeric" autoComplete="off" value={pin} onChange={(event) => { setPin(event.target.value); if (problem?.kind === 'wrong') setProblem(null); }} />
      <EntryNote problem={problem} />
      <div className="flex items-center gap-2">
        <Button type="submit" tone="primary" disabled={pin === '' || isBusy || isWaiting}>{t('signIn.enter')}</Button>
        {onOther !== null && <Button tone="ghost" onClick={onOther}>{t('signIn.other')}</Button>}
      </div>
    </form>
  );
}
