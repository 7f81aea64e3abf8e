import { useState } from 'react';
import { useTexts } from '../../base/texts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { groupsToConfirm, isSameGroup } from './passphrase-strength.ts';
import { StepButtons, StepSheet } from './step-sheet.tsx';

/** Shows the recovery code once, then hides it and asks two of its groups back. */
export function RecoveryCodeForm({ code, onDone }: { code: string; onDone: () => void }) {
  const { t } = useTexts();
  const [isWritten, setIsWritten] = useState(false);
  if (isWritten) return <Confirm code={code} onShow={() => setIsWritten(false)} onDone={onDone} />;
  return (
    <StepSheet title={t('welcome.recovery.title')} body={t('settings.recoveryBody')}>
      <ol aria-label={t('unlock.recovery')} className="grid grid-cols-4 gap-2">
        {code.split('-').map((group, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a group may come twice; its place is what tells them apart
          <li key={place} className="flex items-baseline gap-2 rounded border border-line bg-raised px-2 py-1"><span aria-hidden className="text-meta text-ink-3">{place + 1}</span><code className="text-title tracking-wider select-all">{group}</code></li>
        ))}
      </ol>
      <StepButtons onBack={null}><Button tone="primary" onClick={() => setIsWritten(true)}>{t('welcome.recovery.written')}</Button></StepButtons>
    </StepSheet>
  );
}

function Confirm({ code, onShow, onDone }: { code: string; onShow: () => void; onDone: () => void }) {
  const { t } = useTexts();
  const groups = code.split('-');
  const [first, second] = groupsToConfirm(groups);
  const [typed, setTyped] = useState({ first: '', second: '' });
  const [isWrong, setIsWrong] = useState(false);
  const submit = (): void => {
    if (isSameGroup(typed.first, groups[first] ?? '') && isSameGroup(typed.second, groups[second] ?? '')) onDone();
    else setIsWrong(true);
  };
  const field = (name: 'first' | 'second', place: number) => (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first of the two fields that the step is about
    <TextField autoFocus={name === 'first'} label={t('welcome.recovery.group', { number: place + 1 })} autoComplete="off" spellCheck={false} maxLength={8} value={typed[name]} onChange={(event) => { setTyped({ ...typed, [name]: event.target.value }); setIsWrong(false); }} />
  );
  return (
    <StepSheet title={t('welcome.recovery.title')} body={t('welcome.recovery.confirm', { first: first + 1, second: second + 1 })}>
      <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <div className="grid grid-cols-2 gap-4">{field('first', first)}{field('second', second)}</div>
        {isWrong && <p role="alert" className="text-high">{t('welcome.recovery.differs')}</p>}
        <StepButtons onBack={null}>
          <Button onClick={onShow}>{t('welcome.recovery.show')}</Button>
          <Button type="submit" tone="primary" disabled={typed.first === '' || typed.second === ''}>{t('welcome.next')}</Button>
        </StepButtons>
      </form>
    </StepSheet>
  );
}
